"""Signing in and out. The names without namespace are those allauth looks for."""

from allauth.account.views import confirm_login_code, request_login_code
from django.urls import include, path

from sutarta.apps.people import views

people = [
    path("", views.sign_in, name="sign_in"),
    path("out/", views.sign_out, name="sign_out"),
    path("<str:secret>/", views.link, name="link"),
]

urlpatterns = [
    path("code/", request_login_code, name="account_request_login_code"),
    path("code/confirm/", confirm_login_code, name="account_confirm_login_code"),
    path("by-mail/", views.sign_in, name="account_login"),
    path("", include((people, "people"))),
]
