"""Sentences that acts of the log are told in, made of what an act says of itself.

That is codes, numbers and digests; nobody's words are among them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Choices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Channel, Reason, Visibility
from sutarta.apps.consultations.models.moderating import ErasureAsker, ErasureScope, ObjectionKind
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.models import Outlet
from sutarta.apps.strategies.models import StepKind
from sutarta.apps.ui import wording

MISSING = "…"


class Facts(dict[str, Any]):
    """What the act says; a fact it does not state reads as a gap, not as an error."""

    def __missing__(self, name: str) -> str:
        return MISSING

    @property
    def nr(self) -> str:
        return wording.nr(self["number"])


Sentence = Callable[[Facts], str]


def plain(words: Promise) -> Sentence:
    """A sentence with names of facts in it; `nr` is the number as it is spoken of."""
    return lambda facts: str(words) % Facts(facts, nr=facts.nr)


def _label(kind: type[Choices], code: object) -> str:
    return str(kind(code).label) if code in kind.values else MISSING


def _listed(numbers: object) -> str:
    return ", ".join(map(wording.nr, numbers)) if isinstance(numbers, list) else MISSING


def _day(said: object) -> str:
    try:
        return wording.local_date(date.fromisoformat(str(said)))
    except ValueError:
        return MISSING


def _count(facts: Facts, name: str) -> int:
    said = facts.get(name)
    return said if isinstance(said, int) else 0


def one(name: str, fact: str) -> Sentence:
    """The page with the number that a fact holds."""

    def place(facts: Facts) -> str:
        number = facts.get(fact)
        return reverse(name, args=[number]) if isinstance(number, int) else ""

    return place


def version(facts: Facts) -> str:
    numbers = [facts.get("strategy"), facts.get("version")]
    is_there = all(isinstance(number, int) for number in numbers)
    return reverse("consultations:version", args=numbers) if is_there else ""


def received(facts: Facts) -> str:
    words = {"nr": facts.nr, "channel": _label(Channel, facts["channel"]).lower()}
    if facts.get("is_late") is True:
        return _("%(nr)s was received after the deadline (%(channel)s)") % words
    return _("%(nr)s was received (%(channel)s)") % words


MODERATED = {
    Visibility.PUBLIC: gettext_lazy("The words of %(nr)s were published"),
    Visibility.REDACTED: gettext_lazy("The words of %(nr)s were published with covered places"),
    Visibility.HIDDEN: gettext_lazy("It was decided not to publish the words of %(nr)s"),
    Visibility.SET_ASIDE: gettext_lazy("%(nr)s was set aside as spam or abuse"),
}


def moderated(facts: Facts) -> str:
    words = MODERATED.get(facts["visibility"], gettext_lazy("What is shown of %(nr)s was decided"))
    return str(words) % {"nr": facts.nr}


def objected(facts: Facts) -> str:
    if facts["kind"] == ObjectionKind.REVIEW:
        return _("The author of %(nr)s asked for a review") % {"nr": facts.nr}
    return _("A reader reported the words of %(nr)s") % {"nr": facts.nr}


def settled(facts: Facts) -> str:
    if facts["upheld"] is True:
        return _("An objection about %(nr)s was settled: something was changed") % {"nr": facts.nr}
    return _("An objection about %(nr)s was settled: all stays as it was") % {"nr": facts.nr}


def erased(facts: Facts) -> str:
    return _("Erased of %(nr)s: %(scope)s. Asked for by: %(asker)s") % {
        "nr": facts.nr,
        "scope": _label(ErasureScope, facts["scope"]).lower(),
        "asker": _label(ErasureAsker, facts["asker"]).lower(),
    }


REMOVED = {
    "author": gettext_lazy("A file of %(nr)s was removed by its author"),
    "retention": gettext_lazy("A file of %(nr)s was removed: the time to keep it is over"),
    "erasure": gettext_lazy("A file of %(nr)s was removed with an erasure"),
    "virus": gettext_lazy("A file of %(nr)s was removed: it was harmful"),
}


def removed(facts: Facts) -> str:
    words = REMOVED.get(facts["rule"], gettext_lazy("A file of %(nr)s was removed"))
    return str(words) % {"nr": facts.nr}


LETTERS = {
    Reason.SPAM: gettext_lazy("A letter that came by mail was set aside: advertising or fraud"),
    Reason.PRIVATE: gettext_lazy("A letter that came by mail was set aside: not about this"),
}


def letter_set_aside(facts: Facts) -> str:
    usual = gettext_lazy("A letter that came by mail was set aside, with a reason")
    return str(LETTERS.get(facts["reason"], usual))


def bundled(facts: Facts) -> str:
    return _("These say the same and get one answer: %(numbers)s") % {
        "numbers": _listed(facts["numbers"])
    }


def parted(facts: Facts) -> str:
    return _("These are answered apart again: %(numbers)s") % {"numbers": _listed(facts["numbers"])}


def language(words: Promise) -> Sentence:
    """A sentence that names a language in itself."""

    def said(facts: Facts) -> str:
        name = tongues.name_of(str(facts["language"]))
        return str(words) % Facts(facts, nr=facts.nr, language=name)

    return said


def rendition(facts: Facts) -> str:
    if facts.get("is_easy") is True:
        return _("The discussion is also told in easy words")
    language = tongues.name_of(str(facts["language"]))
    return _("The discussion is also told in another language: %(language)s") % {
        "language": language
    }


def step(facts: Facts) -> str:
    words = {"step": _label(StepKind, facts["kind"])}
    if facts.get("needed") is False:
        return _("Not needed on the way of the strategy: %(step)s") % words
    if facts.get("done_on"):
        return _("%(step)s: done on %(day)s") % {**words, "day": _day(facts["done_on"])}
    if facts.get("planned_on"):
        return _("%(step)s: planned for %(day)s") % {**words, "day": _day(facts["planned_on"])}
    return _("Ahead on the way of the strategy: %(step)s") % words


def answers(facts: Facts) -> str:
    n = _count(facts, "answers")
    words = ngettext("%(n)s answer was published", "%(n)s answers were published", n)
    return words % {"n": n}


def approved(facts: Facts) -> str:
    n = _count(facts, "answers")
    words = ngettext(
        "The board approved %(n)s answer on %(day)s",
        "The board approved %(n)s answers on %(day)s",
        n,
    )
    return words % {"n": n, "day": _day(facts["decided_on"])}


def explained(facts: Facts) -> str:
    n = _count(facts, "passages")
    words = ngettext(
        "It was said why %(n)s passage changed in version %(version)s",
        "It was said why %(n)s passages changed in version %(version)s",
        n,
    )
    return words % {"n": n, "version": facts["version"]}


def forgotten(facts: Facts) -> str:
    n = _count(facts, "submissions")
    words = ngettext(
        "The time to keep contacts is over: erased from %(n)s submission",
        "The time to keep contacts is over: erased from %(n)s submissions",
        n,
    )
    return words % {"n": n}


def unsealed(facts: Facts) -> str:
    n = _count(facts, "submissions")
    words = ngettext(
        "The time to keep unpublished words is over: erased from %(n)s submission",
        "The time to keep unpublished words is over: erased from %(n)s submissions",
        n,
    )
    return words % {"n": n}


def notice(words: Promise) -> Sentence:
    def said(facts: Facts) -> str:
        named = {"where": _label(Outlet, facts["outlet"]), "day": _day(facts["seen_on"])}
        return str(words) % named

    return said


def role(words: Promise) -> Sentence:
    return lambda facts: str(words) % {"role": _label(Role, facts["role"]).lower()}
