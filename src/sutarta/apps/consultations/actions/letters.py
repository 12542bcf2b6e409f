"""Letters that leave the desk, each in the language its reader wrote in, if we speak it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from sutarta.apps.consultations import tongues
from sutarta.apps.consultations.models import Answer, Consultation, Submission
from sutarta.apps.consultations.queries import public, receipts, since
from sutarta.apps.mail import actions as mail
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group


def addresses(submissions: QuerySet[Submission]) -> list[tuple[str, str]]:
    """Each address once, with the language its owner last wrote in."""
    found = submissions.exclude(email="").order_by("number").values_list("email", "language")
    return sorted({email.lower(): language for email, language in found}.items())


def post(
    *,
    group: Group,
    to: str,
    kind: str,
    about: object,
    language: str,
    at: datetime,
    thread: Sequence[str] = (),
    leave_url: str = "",
    **context: Any,
) -> None:
    """Write and post one letter, once for its kind, subject matter and address.

    kind    name of the template in `consultations/desk/letters/`; its first line is the subject
    about   what tells this letter from others of its kind, such as a key of a row
    thread  ids of the letters it follows, where its reader wrote by mail
    """
    language = tongues.ours(language, group)
    frame = {"group": group, "base": groups.address(group)}
    subject, text = written(kind, language, {**context, **frame, "leave": leave_url})
    mail.post(
        group=group,
        to=to,
        subject=subject,
        text=text,
        kind=kind,
        key=f"{kind}:{about}:{hashlib.sha256(to.lower().encode()).hexdigest()[:24]}",
        language=language,
        at=at,
        thread=thread,
        leave_url=leave_url,
    )


def written(kind: str, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of a letter."""
    with translation.override(language):
        words = render_to_string(f"consultations/desk/letters/{kind}.txt", context)
    subject, _, text = words.strip().partition("\n")
    return subject, text.strip() + "\n"


def sample(consultation: Consultation, prepared: Sequence[Answer]) -> tuple[str, str] | None:
    """The first letter that publishing the answers would send, without its secret address."""
    reached = [one for one in prepared if one.submission.email]
    if not reached:
        return None
    first = reached[0].submission
    theirs = [one for one in reached if one.submission.email.lower() == first.email.lower()]
    since.note([one.submission for one in theirs])
    context = {
        "group": consultation.group,
        "base": groups.address(consultation.group),
        "consultation": consultation,
        "answers": [(one.submission, one, "…") for one in theirs],
        "public_page": public.page_address(consultation),
    }
    return written("answered", theirs[-1].submission.reply_language, context)


def own_page(submission: Submission, base: str) -> str:
    """The secret address of the author's own page; `base` is that of the group."""
    secret = receipts.secret_for(submission.group, submission.request_key)
    return base + reverse("consultations:mine", args=[secret])
