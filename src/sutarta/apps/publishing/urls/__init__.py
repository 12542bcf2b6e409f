"""Addresses of what goes out: notices and their proof, the frame for other sites, following."""

from sutarta.apps.publishing.urls import (
    embedding,
    following,
    log,
    notices,
    publications,
    witnesses,
)

app_name = "publishing"
urlpatterns = [
    *notices.urlpatterns,
    *publications.urlpatterns,
    *embedding.urlpatterns,
    *following.urlpatterns,
    *log.urlpatterns,
    *witnesses.urlpatterns,
]
