"""Addresses of the desk for sheets of answers to surveys."""

from django.urls import path

from sutarta.apps.consultations.views.desk import surveys

sheet = "desk/surveys/<int:number>/"
urlpatterns = [
    path("desk/c/<int:number>/surveys/", surveys.brought, name="desk_surveys"),
    path(sheet, surveys.columns, name="desk_survey"),
    path(sheet + "check/", surveys.check, name="desk_survey_check"),
    path(sheet + "faulty.xlsx", surveys.faulty, name="desk_survey_faulty"),
    path(sheet + "done/", surveys.done, name="desk_survey_done"),
]
