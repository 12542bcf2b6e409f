"""Addresses of the parts of the territory, among the settings."""

from django.urls import path

from sutarta.apps.consultations.views.desk import territory

urlpatterns = [
    path("desk/settings/places/", territory.parts, name="territory"),
    path("desk/settings/places/map/", territory.outlines, name="territory_outlines"),
    path("desk/settings/places/<int:number>/", territory.part, name="territory_part"),
]
