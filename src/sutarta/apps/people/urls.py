"""Signing in, the safety of one's account, and who works here.

The names without namespace are those allauth looks for.
"""

from allauth.account.views import confirm_login_code, reauthenticate, request_login_code
from allauth.usersessions.views import list_usersessions
from django.urls import include, path

from sutarta.apps.people.views import look, members, settings, signing

people = [
    path("", signing.sign_in, name="sign_in"),
    path("out/", signing.sign_out, name="sign_out"),
    path("<str:secret>/", signing.link, name="link"),
]
desk = [
    path("", settings.group, name="settings"),
    path("look/", look.look, name="look"),
    path("look/mark/", look.mark, name="mark"),
    path("people/", members.members, name="members"),
    path("people/<uuid:membership>/end/", members.end, name="end_membership"),
]

urlpatterns = [
    path("in/code/", request_login_code, name="account_request_login_code"),
    path("in/code/confirm/", confirm_login_code, name="account_confirm_login_code"),
    path("in/again/", reauthenticate, name="account_reauthenticate"),
    path("in/by-mail/", signing.sign_in, name="account_login"),
    path("in/sessions/", list_usersessions, name="usersessions_list"),
    path("in/safety/", include("allauth.mfa.urls")),
    path(
        "",
        include(([path("in/", include(people)), path("desk/settings/", include(desk))], "people")),
    ),
]
