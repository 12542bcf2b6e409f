"""Translations of what people say: which stand beside the original, and which are outdated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sutarta.apps.consultations import covering, tongues
from sutarta.apps.consultations.models import READ, Submission, Translation
from sutarta.apps.consultations.queries import sealed
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.core.canonical import digest
from sutarta.core.text import search_text

PARTS = ("body", "proposed", "why")  # of a text, as it is translated
OUTDATED = ""  # digest of a translation whose original reads differently now


def public_digest(submission: Submission) -> str:
    """What a translation is made of: the public text as it stands now."""
    return digest([getattr(submission, f"public_{part}") for part in PARTS])


def is_current(translation: Translation, submission: Submission) -> bool:
    """Whether it still says what the public text says."""
    return submission.is_read and translation.of_digest == public_digest(submission)


def current(submission: Submission) -> list[Translation]:
    """Translations that may stand beside the public text; asks nothing where prefetched."""
    if not submission.is_read:
        return []
    rows = [one for one in submission.translations.all() if is_current(one, submission)]
    return sorted(rows, key=lambda one: one.language)


def beside(submission: Submission) -> Translation | None:
    """The one a reader of this page needs: in the page's language, else any there is."""
    reader = get_language()
    if submission.language == reader:
        return None
    found = current(submission)
    return next((one for one in found if one.language == reader), found[0] if found else None)


def is_outdated(submission: Submission) -> bool:
    """Whether there was a translation, but the author has corrected the text since then."""
    return submission.is_read and bool(submission.translations.all()) and not current(submission)


def choosable(submission: Submission) -> list[str]:
    """The languages it can be translated into, the group's first."""
    own = submission.group.language
    codes = [code for code in tongues.site_languages() if code != submission.language]
    return sorted(codes, key=lambda code: (code != own, code))


def content(translation: Translation) -> dict[str, object]:
    """What the fingerprint of a translation covers."""
    return {
        "schema": "sutarta.translation/1",
        "number": translation.submission.number,
        "language": translation.language,
        "body": translation.body,
        "proposed": translation.proposed,
        "why": translation.why,
    }


def words(translation: Translation) -> Text:
    return Text(*(getattr(translation, part) for part in PARTS))


def as_one(translation: Translation | None) -> str:
    """All its parts in one cell of a table, marked; "" where there is none."""
    if translation is None:
        return ""
    name = tongues.name_of(translation.language)
    mark = _("Translation of the group into %(language)s:") % {"language": name}
    return "\n".join([mark, *filter(None, astuple(words(translation)))])


def as_data(translation: Translation | None) -> dict[str, str] | None:
    """The same for the closing report: {language, body, proposed, why}."""
    if translation is None:
        return None
    said = {part: getattr(translation, part) for part in PARTS}
    return {"language": translation.language, **said}


def untranslated() -> Q:
    """Read by the public in another language than the group's, and not yet told in that one."""
    there = Translation.objects.filter(
        submission=OuterRef("pk"), language=OuterRef("group__language")
    ).exclude(of_digest=OUTDATED)
    foreign = ~Q(language=F("group__language"))
    return foreign & READ & ~Q(Exists(there))


def lacking() -> ExpressionWrapper:
    """`untranslated` for a row of a list."""
    return ExpressionWrapper(untranslated(), output_field=BooleanField())


def speaking(submissions: QuerySet[Submission]) -> Iterable[tuple[object, str]]:
    """Key of a submission and the words of a translation of it, for the desk's search."""
    rows = Translation.objects.filter(submission__in=submissions.values("pk"))
    for key, *parts in rows.values_list("submission", *PARTS):
        yield key, " ".join(parts)


def search_keys_of(submission: Submission) -> str:
    """What the register finds a submission by: what it shows, and its translations."""
    if not submission.is_read:
        return ""
    said = [*astuple(sealed.public(submission))]
    for one in current(submission):
        said += [getattr(one, part) for part in PARTS]
    return search_text(covering.plain(" ".join((*said, submission.shown_author)), ""))
