"""Addresses of the desk, by step of work; for staff only."""

from django.urls import path

from sutarta.apps.consultations.views.desk import anchors, inbox, running

consultation = "desk/c/<int:number>/"
submission = "desk/p/<int:number>/"
draft = "desk/anchors/<int:strategy>/"
urlpatterns = [
    path("desk/c/", running.consultations, name="desk_consultations"),
    path("desk/c/new/<int:strategy>/<int:version>/", running.prepare, name="desk_prepare"),
    path("desk/c/deadline/", running.sentence, name="desk_sentence"),
    path(consultation, running.consultation, name="desk_consultation"),
    path(consultation + "edit/", running.edit, name="desk_edit"),
    path(consultation + "deadline/", running.extend, name="desk_extend"),
    path(consultation + "announce/", running.announce, name="desk_announce"),
    path(consultation + "answers/", running.publish_answers, name="desk_publish_answers"),
    path("desk/p/", inbox.inbox, name="desk"),
    path(submission, inbox.submission, name="desk_submission"),
    path(submission + "moderate/", inbox.moderate, name="desk_moderate"),
    path(submission + "answer/", inbox.answer, name="desk_answer"),
    path(submission + "late/", inbox.explain_late, name="desk_late"),
    path("desk/anchors/", anchors.drafts, name="anchors"),
    path(draft, anchors.draft, name="anchors_of"),
    path(draft + "publish/", anchors.publish, name="desk_publish_next"),
    path(draft + "<slug:passage>/", anchors.passage, name="desk_passage"),
]
