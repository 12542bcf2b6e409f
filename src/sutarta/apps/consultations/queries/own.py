"""Everything kept about one submission, for its author: in words, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Arrival, Erasure, Submission
from sutarta.apps.consultations.queries import arrivals, receipts, retention, sealed, translations
from sutarta.apps.consultations.rules import retention as rules
from sutarta.apps.mail.models import Letter
from sutarta.apps.ui.wording import local_date, local_date_time, nr
from sutarta.core.canonical import instant

SCHEMA = "sutarta.own-data/1"


@dataclass(frozen=True)
class Held:
    """One thing we keep. until: a sentence; ends: the day, where there is one."""

    what: str
    value: str
    why: str
    until: str
    ends: date | None = None


def of(submission: Submission) -> list[Held]:
    """In the order a person asks: what I said, who I am, what hangs on it."""
    return [*_said(submission), *_who(submission), *_hanging(submission)]


def asked(submission: Submission) -> QuerySet[Erasure]:
    """Erasures the author asked for by this page, the newest first."""
    return submission.erasures.filter(asked_by=None).order_by("-asked_at", "-id")


def letters(submission: Submission) -> QuerySet[Letter]:
    """Our letters that bring this very page; nobody else's hold its secret."""
    secret = receipts.secret_for(submission.group, submission.request_key)
    return Letter.objects.filter(group=submission.group, text__contains=secret).order_by(
        "created_at"
    )


def as_data(submission: Submission) -> dict[str, object]:
    """The same for programs: every stored field about the author, with instants in UTC."""
    return {
        "schema": SCHEMA,
        "number": submission.number,
        "consultation": submission.consultation.number,
        "channel": str(submission.channel),
        "kind": str(submission.kind),
        "language": submission.language,
        "received_at": instant(submission.received_at),
        "visibility": str(submission.visibility),
        "ward": submission.ward.name if submission.ward else "",
        "for_whom": list(submission.for_whom),
        "words": _words(receipts.Text.of(submission)),
        "former_words": [
            {**_words(receipts.Text.of(row)), "replaced_at": instant(row.replaced_at)}
            for row in submission.former_texts.order_by("replaced_at")
        ],
        "translations": [
            translations.as_data(row)
            for row in submission.translations.order_by("language")
        ],
        "author": {
            name: getattr(submission, name)
            for name in ("author_name", "organisation", "show_name", "email", "phone",
                         "post_address")
        },
        "files": [
            {"name": row.name, "type": row.media_type, "bytes": row.size, "sha256": row.digest}
            for row in submission.attachments.filter(removed_at=None).order_by("added_at")
        ],
        "letters": [
            {"kind": row.kind, "subject": row.subject, "at": instant(row.created_at)}
            for row in letters(submission)
        ],
        "letters_received": [
            {
                "received_at": instant(row.letter.received_at),
                "sent_at": instant(row.sent_at) if row.sent_at else None,
                "subject": row.subject,
                "bytes": row.letter.size,
                "sha256": row.letter.digest,
            }
            for row in _sealed_letters(submission)
        ],
        "notes_of_staff": submission.notes.exclude(text="").count(),
        "originals_opened": [instant(row.at) for row in submission.openings.all()],
        "erasures": [_erasure(row) for row in submission.erasures.order_by("asked_at")],
        "fingerprint": submission.digest,
    }  # fmt: skip


def _words(text: receipts.Text) -> dict[str, str]:
    return {"body": text.body, "proposed": text.proposed, "why": text.why, "place": text.place}


def _erasure(row: Erasure) -> dict[str, object]:
    decided = instant(row.decided_at) if row.decided_at else None
    return {
        "scope": str(row.scope),
        "asked_at": instant(row.asked_at),
        "decided_at": decided,
        "carried_out": row.carried_out,
        "refusal": row.refusal,
    }


def _said(its: Submission) -> Iterator[Held]:
    records = retention.of_records(its.group)
    known = f"{nr(its.number)}, {local_date_time(its.received_at)}, {its.get_channel_display()}"
    why = _("So that nothing gets lost and everybody can count")
    yield Held(_("Number, time and channel"), known, why, records)
    answer = _("To answer it in public and show how the strategy changed")
    if its.erased_at is None and any(_words(receipts.Text.of(its)).values()):
        yield Held(_("What you said"), _("as your page shows it"), answer, records)
    if former := its.former_texts.exclude(body="", proposed="", why="").count():
        count = ngettext("%(n)s former text", "%(n)s former texts", former) % {"n": former}
        why = _("To show what was corrected, and to check the fingerprints")
        yield Held(_("What you said before you corrected it"), count, why, records)
    if languages := its.translations.order_by("language").values_list("language", flat=True):
        names = ", ".join(map(tongues.name_of, languages))
        why = _("So that readers of other languages understand you")
        yield Held(_("Our translation of what you said"), names, why, _("As long as your words"))
    if sealed.is_sealed(its) and its.has_original:
        why = _("To look once more at what was covered, if you ask for it")
        yield _ending(its, _("Your words as you wrote them"), _("sealed: nobody but staff"), why)


def _who(its: Submission) -> Iterator[Held]:
    reach = _("To send you the receipt and the answer")
    if its.author_name and its.show_name:
        why, records = (
            _("To show it in the register, as you chose"),
            retention.of_records(its.group),
        )
        yield Held(_("Name"), its.author_name, why, records)
    elif its.author_name:
        yield _ending(its, _("Name"), its.author_name, _("To answer you; it is not shown"))
    if its.organisation:
        why = _("To show for whom you spoke")
        yield Held(_("Organisation"), its.organisation, why, retention.of_records(its.group))
    for label, value in (
        (_("E-mail"), its.email),
        (_("Telephone"), its.phone),
        (_("Postal address"), its.post_address),
    ):
        if value:
            yield _ending(its, label, value, reach)


def _sealed_letters(its: Submission) -> list[Arrival]:
    """Letters of the author that are still kept as they came."""
    return list(arrivals.hanging(its).filter(letter__removed_at=None))


def _hanging(its: Submission) -> Iterator[Held]:
    files = its.attachments.filter(removed_at=None).values_list("name", flat=True)
    if files:
        why = _("To understand and answer your proposal")
        yield _ending(its, _("Files"), ", ".join(files), why)
    if sent := list(letters(its)):
        days = ", ".join(dict.fromkeys(local_date(row.created_at) for row in sent))
        why = _("To send them once more if they do not arrive")
        yield Held(_("Our letters to you"), days, why, _("30 days after they were sent"))
    if came := _sealed_letters(its):
        days = ", ".join(dict.fromkeys(local_date(row.letter.received_at) for row in came))
        why = _("To check what you wrote and when it came, if you ask for it")
        yield _ending(its, _("Your letter as it came, sealed"), days, why)
    if notes := its.notes.exclude(text="").count():
        count = ngettext("%(n)s note", "%(n)s notes", notes) % {"n": notes}
        said = _("%(count)s; ask us, if you wish to read them") % {"count": count}
        yield _ending(its, _("Notes of our staff"), said, _("To answer you"))


def _ending(its: Submission, what: str, value: str, why: str) -> Held:
    """Something that ends a year after the answers; the day once it is known."""
    day = rules.ends_on(its.consultation)
    if day is not None:
        return Held(what, value, why, _("until %(day)s") % {"day": local_date(day)}, day)
    earliest = {"day": local_date(rules.ends_at_the_earliest(its.consultation))}
    said = _("One year after the answers are published: not before %(day)s") % earliest
    return Held(what, value, why, said)
