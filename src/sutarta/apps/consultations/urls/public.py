"""Addresses of residents: short, permanent, the same in every language."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from sutarta.apps.consultations.views.public import (
    about,
    attachments,
    comparing,
    data,
    feeds,
    meetings,
    mine,
    objecting,
    proving,
    reading,
    register,
    reporting,
    speaking,
    supporting,
)


class Lineage(StringConverter):
    """A passage's id, as core.documents gives it."""

    regex = "[a-z0-9]{4,20}"


class PrintedNumber(StringConverter):
    """A passage's printed number, such as 2.1 or 2.4/3."""

    regex = r"[0-9A-Za-z.]{1,30}(?:/[0-9]{1,4})?"


class Secret(StringConverter):
    """The secret of an author's page: 256 bits in base64url."""

    regex = "[A-Za-z0-9_-]{43}"


class Digest(StringConverter):
    """A SHA-256 in hex."""

    regex = "[0-9a-f]{64}"


register_converter(Lineage, "lineage")
register_converter(PrintedNumber, "printed")
register_converter(Secret, "secret")
register_converter(Digest, "digest")

version = "s/<int:strategy>/<int:version>/"
urlpatterns = [
    path("s/<int:strategy>/", reading.strategy, name="strategy"),
    path("s/<int:strategy>/compare/", comparing.pick, name="compare_pick"),
    path(version, reading.version, name="version"),
    path(version + "compare/<int:old>/", comparing.compare, name="compare"),
    path(version + "nr/<printed:number>/", reading.printed, name="printed"),
    path(version + "picture/<digest:digest>/", reading.picture, name="picture"),
    path(version + "<lineage:lineage>/", reading.passage, name="passage"),
    path(version + "<lineage:lineage>/history/", reading.history, name="history"),
    path("c/<int:consultation>/", about.consultation, name="consultation"),
    path("c/<int:consultation>/report/", reporting.report, name="closing_report"),
    path("c/<int:consultation>/say/", speaking.say, name="say"),
    path("p/", register.register, name="register"),
    path("p/feed/", feeds.feed, name="feed"),
    path("p/register.csv", feeds.table_csv, name="register_csv"),
    path("p/register.xlsx", feeds.table_xlsx, name="register_xlsx"),
    path("p/<int:number>/", register.submission, name="submission"),
    path("p/<int:number>/report/", objecting.report, name="report_text"),
    path("p/<int:number>/file/<digest:digest>/", attachments.file, name="file"),
    path("p/<int:number>/support/", supporting.support, name="support"),
    path("p/<int:number>/support/<str:signed>/", supporting.support_link, name="support_link"),
    path("log/verify/", proving.verify, name="verify_receipt"),
    path("log/check/", proving.check, name="check_receipt"),
    path("m/<secret:secret>/files/", attachments.files, name="files"),
    path("m/<secret:secret>/", mine.mine, name="mine"),
    path("m/<secret:secret>/receipt.json", mine.receipt, name="receipt"),
    path("m/<secret:secret>/data/", data.data, name="own_data"),
    path("m/<secret:secret>/data.json", data.as_json, name="own_data_json"),
    path("m/<secret:secret>/correct/", mine.correct, name="correct"),
    path("m/<secret:secret>/withdraw/", mine.withdraw, name="withdraw"),
    path("m/<secret:secret>/review/", objecting.review, name="ask_review"),
    path("m/<secret:secret>/confirm/<slug:code>/", mine.confirm, name="confirm"),
    path("meetings/", meetings.listing, name="meetings"),
    path("meetings/meetings.ics", meetings.calendars_all, name="meetings_calendar"),
    path("meetings/meetings.csv", meetings.table, name="meetings_csv"),
    path("m/<int:number>/", meetings.meeting, name="meeting"),
    path("m/<int:number>/meeting.ics", meetings.calendar, name="meeting_calendar"),
    path("m/<int:number>/file/<digest:digest>/", meetings.file, name="minutes_file"),
]
