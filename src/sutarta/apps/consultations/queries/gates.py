"""What must be there before a consultation is announced and before its answers are published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.models import (
    SUMMARY_FIELDS,
    Consultation,
    Kind,
    Submission,
    Visibility,
)


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

    proposals   unpublished ones that need an answer
    moderated   of them, those whose public text is decided
    ready       of them, those with an answer marked ready
    explained   whether every late one has its reason
    people      addresses that would get a letter
    """

    proposals: int
    moderated: int
    ready: int
    unexplained: int
    people: int

    @property
    def checks(self) -> list[Check]:
        total = self.proposals
        return [
            Check(
                ngettext(
                    "%(done)s of %(total)s proposal moderated",
                    "%(done)s of %(total)s proposals moderated",
                    total,
                )
                % {"done": self.moderated, "total": total},
                self.moderated == total,
            ),
            Check(
                ngettext(
                    "%(done)s of %(total)s answer ready",
                    "%(done)s of %(total)s answers ready",
                    total,
                )
                % {"done": self.ready, "total": total},
                self.ready == total,
            ),
            Check(_("Every late proposal has a reason written beside it"), not self.unexplained),
        ]


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
    """The gate in one query."""
    found = to_answer(consultation).aggregate(
        proposals=Count("id"),
        moderated=Count("id", filter=~Q(visibility=Visibility.CHECKING)),
        ready=Count("id", filter=Q(answer__is_ready=True)),
        unexplained=Count("id", filter=Q(is_late=True, late_reason="")),
        people=Count("email", distinct=True, filter=~Q(email="")),
    )
    return Gate(**found)
