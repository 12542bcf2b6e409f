"""Addresses of the proof of publication, and of the group's rules on notices."""

from django.urls import path

from sutarta.apps.publishing.views import publications, settings

desk = "desk/c/<int:number>/publications/"
public = "c/<int:consultation>/notices/"
urlpatterns = [
    path(desk, publications.publications, name="publications"),
    path(desk + "export.csv", publications.as_csv, name="publications_csv"),
    path(desk + "<uuid:publication>/withdraw/", publications.withdraw, name="withdraw"),
    path(public, publications.proof, name="proof"),
    path(public + "<uuid:publication>/copy/", publications.copy, name="proof_copy"),
    path("desk/settings/notices/", settings.notices, name="settings"),
]
