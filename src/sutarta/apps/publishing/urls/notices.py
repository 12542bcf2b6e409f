"""Addresses of notices."""

from django.urls import path, register_converter

from sutarta.apps.publishing.announcing import LANGUAGES
from sutarta.apps.publishing.views import notices


class Language:
    """One of the languages notices are written in."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "notice_language")
notice = "desk/c/<int:consultation>/notice/"
spoken = notice + "<notice_language:language>/"
urlpatterns = [
    path(notice, notices.notice, name="notice"),
    path(notice + "emblem.png", notices.flag, name="notice_emblem"),
    path(spoken, notices.words, name="notice_words"),
    path(spoken + "poster.pdf", notices.poster, name="notice_poster"),
    path(spoken + "picture.png", notices.picture, name="notice_picture"),
    path(spoken + "<slug:code>/", notices.text, name="notice_text"),
    path("c/<int:consultation>/deadline.ics", notices.calendar, name="calendar"),
]
