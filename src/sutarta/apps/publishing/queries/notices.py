"""What a notice is made of."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Consultation, Stage
from sutarta.apps.consultations.queries import comparison, public
from sutarta.apps.consultations.queries.public import HEAVY_VERSION
from sutarta.apps.ledger.queries import logs
from sutarta.apps.mail.queries import receiving
from sutarta.apps.publishing.announcing import Announcement, Edition, Facts, announcement
from sutarta.apps.publishing.models import Notice
from sutarta.apps.publishing.queries import publications
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.core import deadlines
from sutarta.core.deadlines.grammar import Language
from sutarta.formats.calendars import Event


def consultations_of(group: Group) -> QuerySet[Consultation]:
    """Consultations of the group with strategy, version and deadlines, announced or not."""
    found = Consultation.objects.filter(group=group).defer(*HEAVY_VERSION)
    found = found.select_related("group", "strategy", "version__strategy", "notice")
    return found.prefetch_related("deadlines")


def written(
    consultation: Consultation,
    language: Language,
    at: datetime,
    words: dict[str, str] | None = None,
) -> Announcement:
    """The notice in that language as it stands, or with `words` that are not stored yet."""
    return announcement(facts(consultation, language, at, words))


def facts(
    consultation: Consultation,
    language: Language,
    at: datetime,
    words: dict[str, str] | None = None,
) -> Facts:
    """What the notice says, from rows; at most sixteen questions, however large the versions."""
    is_own = deadlines.nearest_language(consultation.strategy.language) == language
    deadline = consultation.deadline if consultation.deadlines.all() else None
    title, said = _spoken(consultation, language, is_own, stored(consultation, language, words))
    return Facts(
        group=consultation.group,
        language=language,
        own_language=is_own,
        number=consultation.number,
        title=title,
        strategy=consultation.strategy.title,
        edition=_edition(consultation.version, language, is_own),
        opens_at=consultation.opens_at if at < consultation.opens_at else None,
        deadline=deadline.value if deadline else None,
        link=public.page_address(consultation),
        contact_name=consultation.contact_name,
        contact_email=consultation.contact_email,
        contact_phone=consultation.contact_phone,
        letters_to=receiving.address_of(consultation.group, consultation.number),
        answers_by=consultation.answers_by,
        at=at,
        announced=consultation.announced_at is not None,
        closed=bool(deadline) and consultation.stage(at) in {Stage.CLOSED, Stage.ANSWERED},
        stands=bool(deadline) and _stands(consultation),
        log=_log(consultation.group),
        words=said,
    )


def _log(group: Group) -> str:
    """As it is printed: the log's name, and the fingerprint of the key it signs with."""
    log = logs.in_force(group)
    return f"{log.origin} {logs.fingerprint(logs.keys(log)[-1].public)}" if log else ""


def _stands(consultation: Consultation) -> bool:
    """Whether the record of publications shows that the group's rule is kept."""
    if consultation.announced_at is None:
        return False
    return publications.standing(consultation, publications.of(consultation)).state == "KEPT"


def stored(
    consultation: Consultation, language: Language, words: dict[str, str] | None = None
) -> dict[str, str]:
    """The group's own words for the notice in that language; `words` in their place."""
    if words is not None:
        return words
    notice: Notice | None = getattr(consultation, "notice", None)
    return dict(notice.words.get(language, {})) if notice else {}


def _spoken(
    consultation: Consultation, language: Language, is_own: bool, words: dict[str, str]
) -> tuple[str, dict[str, str]]:
    """Title, and the parts with what the consultation itself says of them in that language."""
    if is_own:
        own = {"about": consultation.summary, "decides": consultation.deciders}
        return consultation.title, {**words, **own}
    rendition = consultation.renditions.filter(language=language, is_easy=False).first()
    if rendition is None:
        return consultation.title, words
    return rendition.title, {**words, "about": words.get("about", "").strip() or rendition.text}


def _edition(version: Version | None, language: Language, is_own: bool) -> Edition | None:
    if version is None:
        return None
    before = comparison.before(version)
    changes, address = None, ""
    if before is not None:
        changes = len(comparison.compared(before, version).changes)
        numbers = [version.strategy.number, version.number, before.number]
        address = groups.address(version.group) + reverse("consultations:compare", args=numbers)
    with translation.override(language):
        reason = str(version.get_reason_display())
    return Edition(
        number=version.number,
        published_on=timezone.localdate(version.published_at),
        reason=reason,
        note=version.note if is_own else "",
        before=before.number if before else None,
        changes=changes,
        compare=address,
    )


def event(consultation: Consultation) -> Event:
    """The deadline in force as an event, in the reader's language."""
    rows = list(consultation.deadlines.all())
    deadline, address = consultation.deadline, public.page_address(consultation)
    until = deadlines.say(deadline.value, deadlines.nearest_language(get_language()))
    words = _("%(group)s takes proposals until %(until)s. Read the text and speak here: %(link)s")
    said = {"group": consultation.group.name, "until": until, "link": address}
    return Event(
        uid=f"{consultation.pk}-deadline@sutarta",
        sequence=len(rows) - 1,
        ends_at=deadline.closes_at,
        changed_at=deadline.set_at,
        title=_("Deadline: %(title)s") % {"title": consultation.title},
        words="\n".join(filter(None, [words % said, wording.eu_line(consultation.group)])),
        url=address,
    )
