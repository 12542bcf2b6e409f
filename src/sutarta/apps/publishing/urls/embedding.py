"""Addresses of the frame for other sites."""

from django.urls import path

from sutarta.apps.publishing.views import embedding

urlpatterns = [
    path("embed/", embedding.current, name="embed"),
    path("embed/<int:consultation>/", embedding.one, name="embed_one"),
]
