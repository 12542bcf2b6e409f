"""What the page of a submission shows of its answer: the form, who shares it, texts to put in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict

from sutarta.apps.consultations.forms.answering import AnswerForm, QuestionForm
from sutarta.apps.consultations.models import Kind, Submission
from sutarta.apps.consultations.queries import answers as queries
from sutarta.apps.consultations.queries import one as details
from sutarta.apps.consultations.rules import answering, desk
from sutarta.apps.people.access import Verdict


def about(request: HttpRequest, its: Submission) -> dict[str, Any]:
    """Context of `_answer.html`: a fresh form, and whether this person may use it now."""
    answer = getattr(its, "answer", None)
    is_published = answer is not None and answer.published_at is not None
    return {
        "answer_form": form(its),
        "may_answer": may_answer(request, its),
        "is_question": its.kind == Kind.QUESTION,
        "sharing": [] if is_published else queries.sharing(its),
        "may_correct": answering.may_correct_answer(request.user, its, request.at),
    }


def may_answer(request: HttpRequest, its: Submission) -> Verdict:
    if its.kind == Kind.QUESTION:
        return desk.may_answer_question(request.user, its, request.at)
    return desk.may_draft_answer(request.user, its, request.at)


def form(its: Submission, data: QueryDict | None = None) -> AnswerForm | QuestionForm:
    if its.kind == Kind.QUESTION:
        return QuestionForm(data)
    texts = queries.standard_texts(its.group)
    return AnswerForm(data, submission=its, choosable=details.choosable(its), texts=texts)
