"""What the notice of a consultation says: facts from its rows, in parts, in one language.

Nothing is asked of the database here. How the parts look through each outlet is said in
`outlets`, what is wrong with them in `checking`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.core import deadlines
from sutarta.core.deadlines.grammar import Language

LANGUAGES: dict[str, str] = {"lt": "Lietuvių", "en": "English"}  # each named in itself

# Parts of Notice.words: what a group adds to the facts, in the order of the form.
PARTS = {
    "about": gettext_lazy("What it is about"),
    "goal": gettext_lazy("Main goal"),
    "objectives": gettext_lazy("Objectives"),
    "programme": gettext_lazy("Programme"),
    "involved": gettext_lazy("Who took part"),
    "changed": gettext_lazy("What changed"),
    "elsewhere": gettext_lazy("Where else it can be read"),
    "decides": gettext_lazy("Who decides, and when"),
    "closing": gettext_lazy("In closing"),
}
# In the consultation's own language these are its summary and its deciders, edited there.
OF_THE_CONSULTATION = ("about", "decides")


@dataclass(frozen=True)
class Edition:
    """The version people speak about, and how it differs from the one before.

    note      why it was made, in the strategy's language; "" in another
    changes   passages changed since `before`; None when this is the first version
    compare   whole address of the page of changes
    """

    number: int
    published_on: date
    reason: str
    note: str = ""
    before: int | None = None
    changes: int | None = None
    compare: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything a notice may say, before it is put in words.

    own_language   whether the consultation itself is written in `language`
    edition        None for an idea call, which has no document yet
    opens_at       when it opens; None when it has opened
    deadline       None when none is set
    link           whole address of the consultation's page
    words          part -> what the group wrote of its own, in `language`
    closed         whether the deadline has passed at the moment of asking
    log            name and fingerprint of the key of the public log, to compare receipts with; ""
                   before it has begun
    letters_to     the address from which letters enter the register by themselves, "" for none
    stands         whether a notice was seen published long enough before the deadline already
    at             the moment of asking
    """

    group: Group
    language: Language
    own_language: bool
    number: int
    title: str
    strategy: str
    edition: Edition | None
    opens_at: datetime | None
    deadline: deadlines.Deadline | None
    link: str
    contact_name: str
    contact_email: str
    contact_phone: str
    answers_by: date
    at: datetime
    announced: bool
    closed: bool
    stands: bool = False
    log: str = ""
    letters_to: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def spoken_link(self) -> str:
        """The address as one reads it out or copies it from paper."""
        return self.link.removeprefix("https://").removeprefix("http://").removesuffix("/")

    @property
    def until(self) -> str:
        """Day, weekday, hour and whose clock; "" when no deadline is set."""
        return deadlines.say(self.deadline, self.language) if self.deadline else ""

    def word(self, part: str) -> str:
        return self.words.get(part, "").strip()


@dataclass(frozen=True)
class Part:
    """One part of a notice: paragraphs, then items of a list.

    code    stable; those of PARTS where the group wrote it
    title   "" for what needs none
    named   whether it is not understood without its title
    """

    code: str
    title: str = ""
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class Announcement:
    """A notice in one language: a title, parts in reading order, and the facts behind them."""

    facts: Facts
    title: str
    parts: tuple[Part, ...]

    def part(self, code: str) -> Part:
        """The part of that code; an empty one when the notice has none."""
        return next((part for part in self.parts if part.code == code), Part(code))


def announcement(facts: Facts) -> Announcement:
    """The notice in the language of the facts; empty parts are left out."""
    with translation.override(facts.language):
        parts = [part for part in _parts(facts) if part.paragraphs or part.items]
        return Announcement(facts, _title(facts), tuple(parts))


def _title(facts: Facts) -> str:
    if facts.edition is None:
        asked = facts.title.endswith(("?", "!", "."))  # then a colon after it reads badly
        title = (
            _("%(title)s Tell us your needs and ideas")
            if asked
            else _("%(title)s: tell us your needs and ideas")
        )
        return title % {"title": facts.title}
    title = _("%(strategy)s: your proposals on the draft, version %(number)s")
    return title % {"strategy": facts.strategy, "number": facts.edition.number}


def _parts(facts: Facts) -> Iterator[Part]:
    yield Part("invitation", "", (_invitation(facts),))
    if facts.until:
        yield Part("deadline", _("Until when"), (_deadline(facts),))
    yield Part("where", _("Where to read and speak"), (_where(facts),))
    yield _own(facts, "about", named=False)
    yield _own(facts, "goal")
    yield Part("objectives", str(PARTS["objectives"]), items=_lines(facts, "objectives"),
               named=True)  # fmt: skip
    yield _own(facts, "programme")
    yield _own(facts, "involved")
    yield Part("changed", str(PARTS["changed"]), tuple(_changed(facts)))
    yield _own(facts, "elsewhere")
    yield Part("ways", _("How else to speak"), items=tuple(_ways(facts)), named=True)
    yield Part("contact", _("Whom to ask"), _filled(_contact(facts)), named=True)
    yield _own(facts, "decides")
    yield Part("next", _("What happens next"), tuple(_next(facts)))
    yield Part("closing", "", _lines(facts, "closing"))
    yield Part("log", "", _filled(logged(facts)))
    yield Part("union", "", _filled(wording.eu_line(facts.group)))


def _own(facts: Facts, code: str, *, named: bool = True) -> Part:
    return Part(code, str(PARTS[code]), _lines(facts, code), named=named)


def _lines(facts: Facts, code: str) -> tuple[str, ...]:
    """Paragraphs as they were typed; the marks of a list are not part of its items."""
    lines = (line.strip() for line in facts.word(code).split("\n"))
    if code == "objectives":
        lines = (_without_mark(line) for line in lines)
    return tuple(line for line in lines if line)


def _without_mark(line: str) -> str:
    """„1) Plėtoti“ and „– Plėtoti“ without what stands before the words.

    >>> [_without_mark(line) for line in ("1) Plėtoti", "– Taikyti", "2026 m. plėtoti")]
    ['Plėtoti', 'Taikyti', '2026 m. plėtoti']
    """
    head, _blank, rest = line.partition(" ")
    mark = head.rstrip(").")
    is_mark = head in {"-", "–", "•", "*"} or (head != mark and len(mark) <= 2 and mark.isdigit())
    return rest.strip() if is_mark else line


def _invitation(facts: Facts) -> str:
    said = {"group": facts.group.name, "strategy": facts.strategy}
    if facts.edition is None:
        return (
            _(
                "%(group)s is preparing “%(strategy)s”. There is no draft yet: tell us what is "
                "needed in your street, yard or village, and what should be done about it."
            )
            % said
        )
    said |= {"number": facts.edition.number, "day": wording.local_date(facts.edition.published_on)}
    return (
        _(
            "%(group)s invites everybody to read the draft “%(strategy)s” (version %(number)s, "
            "published on %(day)s) and to make proposals and remarks."
        )
        % said
    )


def _deadline(facts: Facts) -> str:
    if facts.opens_at is None:
        return _("We take proposals until %(until)s.") % {"until": facts.until}
    said = {"opens": wording.local_date_time(facts.opens_at), "until": facts.until}
    return _("We take proposals from %(opens)s until %(until)s.") % said


def _where(facts: Facts) -> str:
    if facts.edition is None:
        return _("Write your needs and ideas here: %(link)s") % {"link": facts.link}
    return _("Read the text and make your proposals here: %(link)s") % {"link": facts.link}


def _changed(facts: Facts) -> Iterator[str]:
    edition = facts.edition
    if edition is not None and edition.before is not None:
        reason = _("Version %(number)s: %(reason)s.")
        yield reason % {"number": edition.number, "reason": _lower(edition.reason)}
    yield from _lines(facts, "changed") or (_filled(edition.note) if edition else ())
    if edition is not None and edition.changes and edition.compare:
        counted = ngettext(
            "%(n)s passage changed since version %(before)s. "
            "Every change with its reason: %(link)s",
            "%(n)s passages changed since version %(before)s. "
            "Every change with its reason: %(link)s",
            edition.changes,
        )
        said = {"n": edition.changes, "before": edition.before, "link": edition.compare}
        yield counted % said


def _ways(facts: Facts) -> Iterator[str]:
    group = facts.group
    if email := facts.letters_to or facts.contact_email or group.email:
        yield _("by e-mail: %(email)s") % {"email": email}
    if phone := facts.contact_phone or group.phone:
        yield _("by telephone: %(phone)s") % {"phone": phone}
    if group.address:
        yield _("on paper, by post: %(address)s") % {"address": group.address}
        yield _("in person: %(address)s") % {"address": _office(group)}


def _office(group: Group) -> str:
    return ", ".join(filter(None, (group.address, group.office_hours)))


def _contact(facts: Facts) -> str:
    """Name, e-mail, telephone and office in one line; "" when there is nobody to ask."""
    if not facts.contact_name:
        return ""
    reach = (facts.contact_email or facts.group.email, facts.contact_phone or facts.group.phone)
    return ", ".join(filter(None, (facts.contact_name, *reach, _office(facts.group))))


def _next(facts: Facts) -> Iterator[str]:
    yield _(
        "Everybody gets a number and a receipt at once. All ways are equal, and everything "
        "stands in one public register."
    )
    day = wording.local_date(facts.answers_by)
    yield _("By %(day)s every proposal gets a public answer with its reason.") % {"day": day}


def logged(facts: Facts) -> str:
    """What receipts are compared with: print is not changed later, whoever keeps the server."""
    if not facts.log:
        return ""
    return _("Our public log, to check a receipt: %(log)s") % {"log": facts.log}


def _filled(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
