"""What must be there before a consultation is announced and before its answers are published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import (
    SUMMARY_FIELDS,
    Answer,
    BoardApproval,
    Consultation,
    Kind,
    Submission,
    Visibility,
)
from sutarta.apps.ui.wording import local_date
from sutarta.core.canonical import digest


@dataclass(frozen=True)
class Check:
    """One tick: what is asked for, and whether it is there.

    note   what stands instead, such as "not needed, said so"
    url    where the missing ones are found
    """

    label: str
    done: bool
    note: str = ""
    url: str = ""


def missing(checks: list[Check]) -> list[str]:
    return [check.label for check in checks if not check.done]


def before_announcing(consultation: Consultation, at: datetime) -> list[Check]:
    """Ticks of the notice: six parts of the summary, contact, times, the European project."""
    checks = [_part(consultation, name) for name in SUMMARY_FIELDS]
    reachable = consultation.contact_email or consultation.contact_phone
    checks += [
        Check(
            _("Contact person with an e-mail or a telephone"),
            bool(consultation.contact_name and reachable),
        ),
        *_times(consultation, at),
    ]
    if consultation.group.is_financed:
        number = consultation.group.project_number
        checks.append(
            Check(_("Number of the project financed by the European Union"), bool(number))
        )
    return checks


def _part(consultation: Consultation, name: str) -> Check:
    label = str(Consultation._meta.get_field(name).verbose_name)
    waived = name in consultation.waived and not getattr(consultation, name)
    done = bool(getattr(consultation, name)) or waived
    return Check(label, done, _("marked as not needed") if waived else "")


def _times(consultation: Consultation, at: datetime) -> list[Check]:
    last = consultation.deadline if consultation.deadlines.exists() else None
    opens_at = max(consultation.opens_at, at)
    return [
        Check(_("Deadline after the opening"), last is not None and last.closes_at > opens_at),
        Check(
            _("Day of the answers after the deadline"),
            last is not None and consultation.answers_by > last.local_date,
        ),
    ]


@dataclass(frozen=True)
class Gate:
    """How far the answers of one consultation are.

    proposals    unpublished ones that need an answer
    moderated    of them, those whose public text is decided
    ready        of them, those with an answer marked ready
    approved     of the ready ones, those a second person approved; None where nobody asks
    unexplained  late ones without a reason
    board        what stands for the board's approval; None where nobody asks
    people       addresses that would get a letter
    printed      people without e-mail who left an address for a printed letter
    called       people who left a telephone alone
    """

    proposals: int
    moderated: int
    ready: int
    approved: int | None
    unexplained: int
    board: Board | None
    people: int
    printed: int
    called: int

    @property
    def checks(self) -> list[Check]:
        """The ticks, each with the list where what is missing is found."""
        desk = reverse("consultations:desk")
        total = self.proposals
        moderated = ngettext(
            "%(done)s of %(total)s proposal moderated",
            "%(done)s of %(total)s proposals moderated",
            total,
        ) % {"done": self.moderated, "total": total}
        ready = ngettext(
            "%(done)s of %(total)s answer ready",
            "%(done)s of %(total)s answers ready",
            total,
        ) % {"done": self.ready, "total": total}
        late = _("Every late proposal has a reason written beside it")
        return [
            Check(moderated, self.moderated == total, url=f"{desk}?show=moderate"),
            Check(ready, self.ready == total, url=f"{desk}?show=answer"),
            *self._approvals(),
            Check(late, not self.unexplained, url=f"{desk}?show=late"),
        ]

    def _approvals(self) -> list[Check]:
        checks = []
        if self.approved is not None:
            label = ngettext(
                "%(done)s of %(total)s answer approved by a second person",
                "%(done)s of %(total)s answers approved by a second person",
                self.proposals,
            ) % {"done": self.approved, "total": self.proposals}
            page = reverse("consultations:desk_approvals")
            checks.append(Check(label, self.approved == self.proposals, url=page))
        if self.board is not None and self.proposals:
            checks.append(self.board.check)
        return checks


@dataclass(frozen=True)
class Board:
    """What the board has said of the answers that are ready now.

    last      its last approval, None before the first
    is_valid  whether it approved these very words
    """

    consultation: int
    last: BoardApproval | None
    is_valid: bool

    @property
    def check(self) -> Check:
        label, note = _("The board has approved the answers"), ""
        if self.is_valid and self.last is not None:
            note = f"{local_date(self.last.decided_on)}, {self.last.resolution}"
        elif self.last is not None:
            note = _("answers were changed since it did")
        page = reverse("consultations:desk_board", args=[self.consultation])
        return Check(label, self.is_valid, note, page)


def to_answer(consultation: Consultation) -> QuerySet[Submission]:
    """Proposals of the consultation that need an answer and have none published.

    Questions are answered one by one. What was withdrawn, erased or set aside as spam or abuse
    needs no answer. What is hidden does: its author spoke, though others must not read it.
    """
    return (
        Submission.objects.filter(
            consultation=consultation,
            withdrawn_at=None,
            erased_at=None,
            answer__published_at=None,
        )
        .exclude(kind=Kind.QUESTION)
        .exclude(visibility=Visibility.SET_ASIDE)
    )


def before_publishing(consultation: Consultation) -> Gate:
    """The gate in one query; in two more where the board approves."""
    group = consultation.group
    silent = Q(email="")
    found = to_answer(consultation).aggregate(
        proposals=Count("id"),
        moderated=Count("id", filter=~Q(visibility=Visibility.CHECKING)),
        ready=Count("id", filter=Q(answer__is_ready=True)),
        approved=Count("id", filter=Q(answer__is_ready=True, answer__approved_at__isnull=False)),
        unexplained=Count("id", filter=Q(is_late=True, late_reason="")),
        people=Count(Lower("email"), distinct=True, filter=~silent),
        printed=Count("post_address", distinct=True, filter=silent & ~Q(post_address="")),
        called=Count("phone", distinct=True, filter=silent & Q(post_address="") & ~Q(phone="")),
    )
    if not group.four_eyes:
        found["approved"] = None
    return Gate(**found, board=_board(consultation) if group.board_approves else None)


def _board(consultation: Consultation) -> Board:
    last = consultation.approvals.order_by("-recorded_at", "-id").first()
    if last is None:
        return Board(consultation.number, None, False)
    ready = Answer.objects.filter(submission__in=to_answer(consultation), is_ready=True)
    now = content_digest(ready.select_related("submission"))
    return Board(consultation.number, last, last.content == now)


def content_digest(answers: Iterable[Answer]) -> str:
    """Digest of what answers say, so that one changed afterwards is noticed.

    Their submissions are asked for their numbers: select them with the answers.
    """
    return digest(
        sorted(
            [one.submission.number, str(one.outcome), one.reason, list(one.changed)]
            for one in answers
        )
    )
