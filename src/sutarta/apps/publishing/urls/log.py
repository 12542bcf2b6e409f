"""Addresses of the log for people, and of dossiers."""

from django.urls import path

from sutarta.apps.publishing.views import dossier, log, safety

place = "log/<int:epoch>/<int:leaf>/"
urlpatterns = [
    path("log/", log.log, name="log"),
    path("log/feed/", log.feed, name="log_feed"),
    path(place, log.act, name="act"),
    path(f"{place}proof.json", log.proof, name="act_proof"),
    path("c/<int:consultation>/dossier.zip", dossier.dossier, name="dossier"),
    path("desk/settings/safety/", safety.safety, name="safety"),
]
