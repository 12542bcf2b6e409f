"""What is wrong with a notice: findings that stop it, and findings that only warn.

A pure function over the announcement. A notice with one refusal is not given out at all; every
finding says in one sentence what is wrong, and names the page on which it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sutarta.apps.publishing import dating, vanishing
from sutarta.apps.publishing.announcing import OF_THE_CONSULTATION, PARTS, Announcement, Facts


class Severity(Enum):
    REFUSE = "REFUSE"
    WARN = "WARN"


class Mend(Enum):
    """Where a finding is mended."""

    WORDS = "WORDS"  # the group's own words for the notice
    CONSULTATION = "CONSULTATION"  # its text, contact and times
    RUN = "RUN"  # the page on which it is announced
    DEADLINE = "DEADLINE"
    SETTINGS = "SETTINGS"  # of the group


@dataclass(frozen=True)
class Finding:
    """One thing wrong. code: stable, such as "deadline.passed"; part: whose words, if any."""

    code: str
    severity: Severity
    sentence: str
    mend: Mend
    part: str = ""


# A word in somebody's text -> what is wrong with it.
DOUBTS = {
    "email.unreadable": gettext_lazy("Nobody can write to “%(words)s”: give the address whole."),
    "link.here": gettext_lazy(
        "“%(words)s” leads nowhere on paper: write the address out in the same paragraph."
    ),
    "link.shared": gettext_lazy(
        "%(words)s is somebody’s own file store: the file goes with the account. Name its page "
        "on your site."
    ),
    "link.shortened": gettext_lazy(
        "%(words)s is a short link: where it leads is up to others. Write the real address."
    ),
    "link.social": gettext_lazy(
        "%(words)s is a post or a group of a social network: it sinks, and many are asked to sign "
        "in. Name a page everybody can open."
    ),
    "link.only_social": gettext_lazy(
        "%(words)s is a social network and the only place named. Name another one beside it."
    ),
    "link.insecure": gettext_lazy(
        "%(words)s is not protected. Write the address that begins with https:// instead."
    ),
    "link.machine": gettext_lazy("%(words)s is a single machine that others cannot reach."),
    "link.broken": gettext_lazy(
        "“%(words)s” is not a whole address. Begin with https:// and the site."
    ),
    "link.bare": gettext_lazy(
        "%(words)s is only the front of a site. Name the very page, or nobody finds it there."
    ),
}
ONLY_WARNED = frozenset({"link.bare"})
_PLACEHOLDER = re.compile(r"x{2,}|\?{2,}|_{2,}|\.{3}|…", re.IGNORECASE)
_PROJECT = re.compile(
    r"(?:projekt\w*|project)\s*(?:kodas|nr|no|number)\.?\s*:?\s*([\w./-]*\d[\w./-]*\w)",
    re.IGNORECASE,
)


def findings(said: Announcement) -> list[Finding]:
    """Everything wrong with the notice, what stops it first."""
    found = [finding for check in CHECKS for finding in check(said)]
    return sorted(dict.fromkeys(found), key=lambda one: one.severity is not Severity.REFUSE)


def refusals(found: list[Finding]) -> list[Finding]:
    return [finding for finding in found if finding.severity is Severity.REFUSE]


def _refuse(code: str, sentence: str, mend: Mend, part: str = "") -> Finding:
    return Finding(code, Severity.REFUSE, sentence, mend, part)


def _warn(code: str, sentence: str, mend: Mend, part: str = "") -> Finding:
    return Finding(code, Severity.WARN, sentence, mend, part)


def _times(said: Announcement) -> Iterator[Finding]:
    facts = said.facts
    if not facts.announced:
        yield _refuse("notice.early", _("The consultation is not announced yet: its page does not "
                                        "open for anybody."), Mend.RUN)  # fmt: skip
    if facts.deadline is None:
        yield _refuse("deadline.missing", _("No deadline is set."), Mend.CONSULTATION)
    elif facts.closed:
        yield _refuse("deadline.passed", _("The deadline has passed. A notice now would invite "
                                           "people to come too late."), Mend.RUN)  # fmt: skip


def _window(said: Announcement) -> Iterator[Finding]:
    facts = said.facts
    if facts.deadline is None or facts.closed or facts.stands:
        return
    left, asked = (facts.deadline.instant - facts.at).days, facts.group.notice_days
    if left < asked:
        sentence = ngettext(
            "Only %(left)s whole day is left until the deadline, and your rule asks for %(asked)s.",
            "Only %(left)s whole days are left until the deadline, and your rule asks for "
            "%(asked)s.",
            left,
        ) % {"left": left, "asked": asked}
        yield _warn("deadline.short", sentence, Mend.DEADLINE)


def _place(said: Announcement) -> Iterator[Finding]:
    """The address of our own page: reachable from outside, and to stay so."""
    facts = said.facts
    found = vanishing.links(facts.link)
    if not found or not found[0].host:
        yield _refuse("link.missing", _("The page has no address."), Mend.SETTINGS)
    elif vanishing.is_machine(found[0].host) and not facts.group.is_demo:
        sentence = _("%(link)s cannot be opened from elsewhere. Give the group its own host name.")
        yield _refuse("link.machine", sentence % {"link": facts.link}, Mend.SETTINGS)
    elif found[0].scheme == "http" and settings.HTTPS:
        sentence = _("%(link)s is not protected by https.") % {"link": facts.link}
        yield _refuse("link.insecure", sentence, Mend.SETTINGS)


def _contact(said: Announcement) -> Iterator[Finding]:
    facts = said.facts
    email, phone = facts.contact_email or facts.group.email, facts.contact_phone
    if not facts.contact_name.strip():
        yield _refuse("contact.missing", _("Nobody is named whom people may ask."),
                      Mend.CONSULTATION)  # fmt: skip
    if not (email or phone or facts.group.phone):
        yield _refuse("contact.unreachable", _("Neither an e-mail nor a telephone is given."),
                      Mend.CONSULTATION)  # fmt: skip
    if email and vanishing.is_free_mailbox(email):
        sentence = _("%(email)s is a mailbox anybody may open, and the only one named. An address "
                     "of your own site lasts longer.")  # fmt: skip
        yield _warn("contact.free", sentence % {"email": email}, Mend.CONSULTATION)


def _substance(said: Announcement) -> Iterator[Finding]:
    """What people speak about: which version, what it is about, what changed, who decides."""
    facts = said.facts
    if not said.part("about").paragraphs:
        sentence = _("It is not said what this is about, in plain words.")
        yield _refuse("version.about", sentence, _mend(facts, "about"), "about")
    edition = facts.edition
    later = edition is not None and edition.before is not None
    if edition and later and not (facts.word("changed") or edition.note.strip()):
        sentence = _("Version %(number)s is not the first, and it is not said what changed.")
        yield _refuse(
            "version.changed", sentence % {"number": edition.number}, Mend.WORDS, "changed"
        )
    if not said.part("decides").paragraphs:
        sentence = _("It is not said who decides, and when.")
        yield _warn("decides.missing", sentence, _mend(facts, "decides"), "decides")


def _union(said: Announcement) -> Iterator[Finding]:
    group = said.facts.group
    if not group.is_financed:
        return
    number = group.project_number.strip()
    if not number:
        yield _refuse("union.project", _("The number of the project is missing."), Mend.SETTINGS)
    elif _PLACEHOLDER.search(number) or not any(map(str.isdigit, number)):
        sentence = _("“%(number)s” is not the number of a project.") % {"number": number}
        yield _refuse("union.project", sentence, Mend.SETTINGS)
    if not said.part("union").paragraphs:
        sentence = _("The sentence of the European Union is missing.")
        yield _refuse("union.sentence", sentence, Mend.SETTINGS)
    for part, text in _texts(said.facts):
        for named in _PROJECT.finditer(text):
            if named[1] != number:
                sentence = _("“%(found)s” is not the number of your project, %(number)s.")
                yield _refuse("union.other", sentence % {"found": named[1], "number": number},
                              _mend(said.facts, part), part)  # fmt: skip


def _lasting(said: Announcement) -> Iterator[Finding]:
    """Addresses in the group's own words that can vanish or cannot be read."""
    facts = said.facts
    for part, text in _texts(facts):
        for doubt in vanishing.doubts(text, trial=facts.group.is_demo):
            sentence = _in(part, DOUBTS[doubt.code] % {"words": doubt.words})
            say = _warn if doubt.code in ONLY_WARNED else _refuse
            yield say(doubt.code, sentence, _mend(facts, part), part)


def _dates(said: Announcement) -> Iterator[Finding]:
    """Last days in the group's own words that are not the deadline."""
    facts = said.facts
    if facts.deadline is None:
        return
    today = timezone.localdate(facts.at)
    known = {facts.deadline.instant}
    for part, text in _texts(facts):
        for named in dating.last_days(text, today=today, zone=facts.group.zone):
            if named.deadline.instant in known or named.deadline.local_date == facts.answers_by:
                continue
            yield _other_day(facts, part, named)


def _other_day(facts: Facts, part: str, named: dating.Named) -> Finding:
    said = {"words": named.words.rstrip(".,;:"), "until": facts.until}
    if named.about:
        sentence = _("“%(words)s” is not the deadline: that is %(until)s.") % said
        return _refuse("deadline.differs", _in(part, sentence), _mend(facts, part), part)
    sentence = _("“%(words)s” may be taken for the deadline, which is %(until)s.") % said
    return _warn("deadline.beside", _in(part, sentence), _mend(facts, part), part)


def _periods(said: Announcement) -> Iterator[Finding]:
    facts = said.facts
    for part, text in _texts(facts):
        for period in dating.strange_periods(text, facts.strategy):
            sentence = _("“%(period)s” is not the period in the strategy’s title.")
            yield _warn("period.differs", _in(part, sentence % {"period": period}),
                        _mend(facts, part), part)  # fmt: skip


def _texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Part -> everything a person wrote in it; the version's note counts as what changed."""
    note = facts.edition.note if facts.edition and not facts.word("changed") else ""
    for part in PARTS:
        if text := facts.word(part) or (note if part == "changed" else ""):
            yield part, text


def _in(part: str, sentence: str) -> str:
    return f"{PARTS[part]}: {sentence}"


def _mend(facts: Facts, part: str) -> Mend:
    theirs = part in OF_THE_CONSULTATION and facts.own_language
    return Mend.CONSULTATION if theirs else Mend.WORDS


CHECKS: tuple[Callable[[Announcement], Iterator[Finding]], ...] = (
    _times, _place, _contact, _substance, _union, _lasting, _dates, _window, _periods,
)  # fmt: skip
