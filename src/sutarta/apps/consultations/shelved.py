"""Papers of published versions as files: made once, and kept for whoever asks next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max
from django.utils import translation
from django.utils.translation import pgettext

from sutarta.apps.consultations import papers, shelf
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.formats import pdf
from sutarta.formats.docx import writing
from sutarta.formats.papers import Paper

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Format:
    """How a paper becomes a file; PDF opens in the browser, Word is saved."""

    write: Callable[[Paper], bytes]
    media_type: str
    disposition: str


FORMATS = {
    "pdf": Format(pdf.write, "application/pdf", "inline"),
    "docx": Format(writing.write, WORD, "attachment"),
}


def version_name(version: Version) -> str:
    """What the file is called, in the version's own language, without an ending."""
    with translation.override(version.strategy.language):
        name = pgettext("file name", "strategy-%(strategy)s-version-%(version)s")
    return name % {"strategy": version.strategy.number, "version": version.number}


def version(version: Version, kind: str) -> shelf.Wanted:
    """The file of a published version, in its own language."""
    language = version.strategy.language
    covered = version.covered_at or ""  # the digest stays when words are withheld
    state = f"{version.pk} {version.digest} {version.strategy.title} {covered}"

    def make() -> bytes:
        with translation.override(language):
            return FORMATS[kind].write(papers.version(version.group, version))

    name = f"{version_name(version)}.{language}.{kind}"
    return shelf.Wanted(version.group, name, state, True, make)


def forget_covered(at: datetime) -> int:
    """Remove files made of a group's versions before words of one were last withheld."""
    covered = Version.objects.filter(covered_at__lte=at).values("group").order_by()
    newest = covered.annotate(last=Max("covered_at")).values_list("group", "last")
    groups = Group.objects.in_bulk([group for group, _last in newest])
    return sum(shelf.forget_before(groups[group], last) for group, last in newest)
