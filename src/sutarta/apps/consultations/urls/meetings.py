"""Addresses of meetings with residents: the desk's, and the way off the lists of who came."""

from django.urls import path

from sutarta.apps.consultations.views.desk import meeting_notes, meetings
from sutarta.apps.consultations.views.public import lists

one = "desk/meetings/<int:number>/"
urlpatterns = [
    path("meetings/leave/<str:ticket>/", lists.leave, name="meeting_leave"),
    path("desk/meetings/", meetings.listing, name="desk_meetings"),
    path("desk/meetings/new/", meetings.new, name="desk_meeting_new"),
    path(one, meetings.meeting, name="desk_meeting"),
    path(one + "edit/", meetings.edit, name="desk_meeting_edit"),
    path(one + "announce/", meetings.announce, name="desk_meeting_announce"),
    path(one + "delete/", meetings.delete, name="desk_meeting_delete"),
    path(one + "notes/", meeting_notes.notes, name="desk_meeting_notes"),
    path(one + "people/", meeting_notes.listed, name="desk_meeting_list"),
    path(one + "minutes/", meeting_notes.minutes, name="desk_meeting_minutes"),
]
