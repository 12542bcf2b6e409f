"""Addresses of the desk, by step of work; for staff only."""

from django.urls import path

from sutarta.apps.consultations.views.desk import (
    anchors,
    answering,
    approving,
    attachments,
    correcting,
    erasing,
    inbox,
    moderating,
    objections,
    reasons,
    reporting,
    running,
    standard,
)

consultation = "desk/c/<int:number>/"
submission = "desk/p/<int:number>/"
draft = "desk/anchors/<int:strategy>/"
explained = "desk/reasons/<int:strategy>/<int:version>/"
urlpatterns = [
    path("desk/c/", running.consultations, name="desk_consultations"),
    path("desk/c/new/<int:strategy>/<int:version>/", running.prepare, name="desk_prepare"),
    path("desk/c/deadline/", running.sentence, name="desk_sentence"),
    path(consultation, running.consultation, name="desk_consultation"),
    path(consultation + "edit/", running.edit, name="desk_edit"),
    path(consultation + "deadline/", running.extend, name="desk_extend"),
    path(consultation + "announce/", running.announce, name="desk_announce"),
    path(consultation + "answers/", approving.publish, name="desk_publish_answers"),
    path(consultation + "board/", approving.board, name="desk_board"),
    path(consultation + "report/", reporting.report, name="desk_report"),
    path("desk/approvals/", approving.approvals, name="desk_approvals"),
    path("desk/texts/", standard.texts, name="desk_texts"),
    path("desk/texts/<uuid:text>/", standard.text, name="desk_text"),
    path("desk/p/", inbox.inbox, name="desk"),
    path(submission, inbox.submission, name="desk_submission"),
    path(submission + "moderate/", moderating.moderate, name="desk_moderate"),
    path(submission + "open/", moderating.open_original, name="desk_open"),
    path(submission + "back/", moderating.take_back, name="desk_take_back"),
    path(submission + "erase/", erasing.erase, name="desk_erase"),
    path(submission + "erase/decide/", erasing.decide, name="desk_erase_decide"),
    path("desk/objections/", objections.objections, name="desk_objections"),
    path("desk/objections/<uuid:objection>/", objections.settle, name="desk_settle"),
    path(submission + "answer/", answering.answer, name="desk_answer"),
    path(submission + "files/", attachments.decide, name="desk_files"),
    path(submission + "correct/", correcting.correct, name="desk_correct_answer"),
    path(submission + "late/", inbox.explain_late, name="desk_late"),
    path("desk/reasons/", reasons.versions, name="desk_reasons_all"),
    path(explained, reasons.reasons, name="desk_reasons"),
    path(explained + "link/", reasons.link, name="desk_reasons_link"),
    path(explained + "back/", reasons.take_back, name="desk_reasons_back"),
    path("desk/anchors/", anchors.drafts, name="anchors"),
    path(draft, anchors.draft, name="anchors_of"),
    path(draft + "publish/", anchors.publish, name="desk_publish_next"),
    path(draft + "<slug:passage>/", anchors.passage, name="desk_passage"),
]
