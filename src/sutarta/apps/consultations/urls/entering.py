"""Addresses of the desk for what came another way, and for telling people without e-mail."""

from django.urls import path

from sutarta.apps.consultations.views.desk import entering, telling

urlpatterns = [
    path("desk/p/new/", entering.enter, name="desk_enter"),
    path("desk/p/letter/", entering.letter, name="desk_letter"),
    path("desk/p/<int:number>/entered/", entering.entered, name="desk_entered"),
    path("desk/p/<int:number>/pasted/", entering.pasted, name="desk_pasted"),
    path("desk/c/<int:number>/telling/", telling.telling, name="desk_telling"),
    path("desk/c/<int:number>/telling/letters/", telling.letters, name="desk_letters"),
]
