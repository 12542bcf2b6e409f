"""Writing the answer to one submission; its page is that of the submission."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import answering
from sutarta.apps.consultations.actions.answering import Overtaken
from sutarta.apps.consultations.forms.answering import AnswerForm, QuestionForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries.answers import edition
from sutarta.apps.consultations.views.desk import inbox, replying
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.ui.wording import local_time


@staff
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Do what the pressed button says: keep, mark ready, find a passage, put in a text, publish."""
    its = inbox.found(request, number)
    require(replying.may_answer(request, its))
    form = replying.form(its, request.POST)
    do = request.POST.get("do")
    if isinstance(form, AnswerForm) and do == "autosave":
        return _autosave(request, its, form)
    if isinstance(form, AnswerForm) and do in {"find", "insert"}:
        if do == "insert":
            form.put_in(its)
        return inbox.page(request, its, 422 if form.errors else 200, answer_form=form)
    if form.is_valid():
        try:
            return inbox.done(request, its, _write(request, its, form))
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
            return inbox.page(request, its, 422, answer_form=form, **_theirs(form, refusal))
    return inbox.page(request, its, 422, answer_form=form)


def _theirs(form: AnswerForm | QuestionForm, refusal: Refused) -> dict[str, object]:
    """What somebody else has written meanwhile, to be read before it is replaced."""
    if not isinstance(refusal, Overtaken) or not isinstance(form, AnswerForm):
        return {}
    form.look_again(refusal.answer)
    return {"theirs": refusal.answer}


def _write(request: HttpRequest, its: Submission, form: AnswerForm | QuestionForm) -> str:
    """Do what the pressed button says; returns what to tell."""
    facts = {"actor": request.user, "submission": its, "at": request.at}
    if isinstance(form, QuestionForm):
        answering.answer_question(reason=form.cleaned_data["reason"], **facts)
        return _("The answer is published.")
    is_ready = request.POST.get("do") == "ready"
    answering.draft_answer(is_ready=is_ready, **form.said, **facts)
    return _("The answer is ready.") if is_ready else _("The draft is kept.")


def _autosave(request: HttpRequest, its: Submission, form: AnswerForm) -> HttpResponse:
    """Keep what is being typed; a script asks, so that a closed window loses nothing.

    200 with `seen` and `time` when it is kept, 409 when somebody else wrote it meanwhile or it
    is ready, 422 when it cannot be kept as it is; `said` tells why.
    """
    if not form.is_valid():
        return JsonResponse({"said": _("This cannot be kept as it is.")}, status=422)
    if not (form.said["outcome"] or form.said["reason"]) and not hasattr(its, "answer"):
        return JsonResponse({"seen": "", "time": ""})
    try:
        kept = answering.autosave(actor=request.user, submission=its, at=request.at, **form.said)
    except Refused as refusal:
        return JsonResponse({"said": str(refusal.reason)}, status=409)
    return JsonResponse({"seen": edition(kept), "time": local_time(request.at)})
