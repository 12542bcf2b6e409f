"""Addresses of everything said in further languages, for residents and for the desk."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.consultations.views.desk import languages as desk
from sutarta.apps.consultations.views.desk import translating
from sutarta.apps.consultations.views.public import languages as public


class Tongue(StringConverter):
    """A code of tongues.LANGUAGES."""

    regex = "[a-z]{2,3}"


class Telling(StringConverter):
    """A language, or the easy-to-read text in the group's own."""

    regex = "[a-z]{2,3}|easy"


register_converter(Tongue, "tongue")
register_converter(Telling, "telling")

settings = "desk/settings/languages/"
urlpatterns = [
    path("c/<int:consultation>/in/<tongue:language>/", public.rendition, name="rendition"),
    path("c/<int:consultation>/easy/", public.easy, name="easy"),
    path("c/<int:consultation>/say/in/<tongue:language>/", public.say_in, name="say_in"),
    path("desk/c/<int:number>/languages/", desk.renditions, name="desk_renditions"),
    path("desk/c/<int:number>/languages/<telling:told>/", desk.rendition, name="desk_rendition"),
    path(settings, desk.forms, name="desk_forms"),
    path(settings + "words/", desk.form_words, name="desk_form_words"),
    path("desk/p/<int:number>/translate/", translating.translate, name="desk_translate"),
]
