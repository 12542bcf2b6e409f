"""Addresses of consultations: those of residents, and those of the desk."""

from sutarta.apps.consultations.urls import (
    arriving,
    desk,
    entering,
    files,
    languages,
    mailboxes,
    meetings,
    paper,
    public,
    remarks,
    surveys,
    territory,
)

app_name = "consultations"
urlpatterns = [
    *public.urlpatterns,
    *paper.urlpatterns,
    *files.urlpatterns,
    *languages.urlpatterns,
    *entering.urlpatterns,
    *arriving.urlpatterns,
    *desk.urlpatterns,
    *remarks.urlpatterns,
    *surveys.urlpatterns,
    *territory.urlpatterns,
    *mailboxes.urlpatterns,
    *meetings.urlpatterns,
]
