"""Addresses of the desk for letters that came by mail."""

from django.urls import path

from sutarta.apps.consultations.views.desk import arriving

one = "desk/letters/<uuid:arrival>/"
urlpatterns = [
    path("desk/letters/", arriving.letters, name="desk_letters_in"),
    path(one, arriving.letter, name="desk_letter_in"),
    path(one + "take/", arriving.take, name="desk_letter_take"),
    path(one + "aside/", arriving.aside, name="desk_letter_aside"),
    path(one + "back/", arriving.back, name="desk_letter_back"),
    path(one + "beside/", arriving.beside, name="desk_letter_beside"),
    path(one + "file/", arriving.take_out, name="desk_letter_file"),
    path("desk/p/<int:number>/words/", arriving.type_in, name="desk_type_in"),
]
