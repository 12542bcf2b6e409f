"""Printed letters with answers, for people without e-mail: one begins on each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import Consultation, Kind, Submission
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.papers.registering import paragraphs
from sutarta.apps.consultations.queries.telling import Person
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.formats.papers import Break, Heading, Paper, Piece, Runs, Words, plain

QUOTED = 200  # letters of what they said, so that they know which it was


def letters(consultation: Consultation, people: Iterable[Person], home: str, at: datetime) -> Paper:
    """The letters to these people, each in its own language; for the staff to print.

    home   address of the site as it is said aloud
    """
    pieces: list[Piece] = []
    for person in people:
        with translation.override(person.first.reply_language):
            pieces += [*([Break()] if pieces else []), *_letter(consultation, person, home, at)]
    title = _("Letters")
    group = consultation.group
    paper = framing.framed(group, title, group.language, at, pieces, title)
    return replace(paper, bare=True)


def _letter(consultation: Consultation, person: Person, home: str, at: datetime) -> Iterator[Piece]:
    first, count = person.first, len(person.submissions)
    yield Words(_lines(*_sender(consultation.group)))
    yield Words(_lines(first.author_name or first.organisation, first.post_address), look="lead")
    yield Words(plain(wording.local_date(at)))
    told = ngettext(
        "The answer to what you said: %(title)s", "The answers to what you said: %(title)s", count
    )
    yield Heading(plain(told % {"title": consultation.title}), 1)
    for submission in person.submissions:
        yield from _answer(submission)
    found = _("Everything that was said and answered can be read at %(home)s, by the number above.")
    yield Words(plain(found % {"home": home}))
    if consultation.contact_name:
        phone = consultation.contact_phone or consultation.group.phone
        asked = _("If you have questions, call %(name)s: %(phone)s.")
        yield Words(plain(asked % {"name": consultation.contact_name, "phone": phone}))
    yield Words(plain(consultation.group.name))


def _sender(group: Group) -> tuple[str, str, str]:
    return group.name, group.address, group.phone


def _answer(submission: Submission) -> Iterator[Piece]:
    is_question = submission.kind == Kind.QUESTION
    outcome = "" if is_question else f" – {submission.answer.get_outcome_display()}"
    yield Heading(plain(f"{wording.nr(submission.number)}{outcome}"), 2)
    day = _("Received %(day)s:") % {"day": wording.local_date(submission.received_at)}
    quoted = Truncator(submission.body or submission.proposed).chars(QUOTED)
    yield Words(plain(f"{day} „{quoted}“"), look="meta")
    yield from map(Words, paragraphs(submission.answer.reason))
    if submission.hidden_because:
        covered = _(
            "We do not show all of your text in the register: %(reason)s "
            "If you think we are wrong, tell us, and we will look at it again."
        )
        yield Words(plain(covered % {"reason": submission.hidden_because}))


def _lines(*lines: str) -> Runs:
    return plain("\n".join(line for line in lines if line))
