"""Mailboxes at which letters come: the list, connecting one, and what becomes of it."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.actions import mailboxes as actions
from sutarta.apps.consultations.forms.mailboxes import (
    AddressForm,
    AliasForm,
    OpenForm,
    PasswordForm,
)
from sutarta.apps.consultations.queries import mailboxes as queries
from sutarta.apps.consultations.rules import mailboxes as rules
from sutarta.apps.mail import allotting, oauth, providers, sealing
from sutarta.apps.mail.failures import Failing
from sutarta.apps.mail.models import IMAP_TLS_PORT, Alias, Door, Mailbox, SignIn
from sutarta.apps.people.access import Refused, require, staff

LIST, ONE = "consultations:mailboxes", "consultations:mailbox"
ASKED = "mailbox_sign_in"  # in the session: the question somebody is answering elsewhere
ANSWERED_WITHIN = timedelta(minutes=15)
BY_TOKEN = {SignIn.GOOGLE.value: "Google", SignIn.MICROSOFT.value: "Microsoft"}


@staff
@require_safe
def mailboxes(request: HttpRequest) -> HttpResponse:
    """Every mailbox, how it stands, and a field for one more."""
    context = {
        "standings": queries.standings(request.group, request.at),
        "form": AddressForm(),
        "may_change": rules.may_keep_mailboxes(request.user, request.group, request.at),
    }
    return render(request, "consultations/desk/mailboxes.html", context)


@staff
def add(request: HttpRequest) -> HttpResponse:
    """Connect a mailbox: it is tried first, and kept only when it opens."""
    require(rules.may_keep_mailboxes(request.user, request.group, request.at))
    if request.method != "POST":
        asked = AddressForm(request.GET)
        if not asked.is_valid():
            return render(request, "consultations/desk/mailbox_address.html", {"form": asked})
        return _open_page(request, OpenForm.for_address(asked.cleaned_data["address"].lower()))
    do = request.POST.get("do", "")
    form = OpenForm(request.POST, needs_password=do == "connect")
    if not form.is_valid():
        return _open_page(request, form)
    if do in BY_TOKEN:
        return _ask(request, form.wanted(request.group, Door.IMAP, do))
    door = Door.LISTENER if do == "listen" else Door.IMAP
    mailbox = actions.made(request.group, form.wanted(request.group, door), request.at)
    try:
        _connect(request, mailbox)
    except (Failing, Refused) as refused:
        form.add_error(None, _reason(refused))
        return _open_page(request, form)
    return redirect(ONE, mailbox.pk)


@staff
def mailbox(request: HttpRequest, mailbox: UUID) -> HttpResponse:
    """One mailbox: try it, open it anew, keep addresses for consultations, end it."""
    rows = Mailbox.objects.filter(group=request.group, ended_at=None).select_related("group")
    its = get_object_or_404(rows, pk=mailbox)
    require(rules.may_change(request.user, its, request.at))
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do in BY_TOKEN:
        return _ask(request, actions.Wanted(its.address, sign_in=do), its)
    if do in DO:
        return DO[do](request, its)
    return _page(request, its)


@staff
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Google or Microsoft send the owner back with an answer to the question we asked."""
    require(rules.may_keep_mailboxes(request.user, request.group, request.at))
    asked = request.session.pop(ASKED, None) or {}
    if not _is_answer(asked, request):
        messages.error(request, _("That answer belongs to no question of ours. Begin once more."))
        return redirect(LIST)
    if "code" not in request.GET:
        messages.error(request, _("The mailbox was not opened: no permission was given."))
        return redirect(LIST)
    try:
        its = _answered(request, asked)
    except (Failing, Refused) as refused:
        messages.error(request, _reason(refused))
        return redirect(LIST)
    return redirect(ONE, its.pk)


def _answered(request: HttpRequest, asked: dict[str, Any]) -> Mailbox:
    """Connect, or open anew, with the token the answer brings. Raises Failing, Refused."""
    wanted = asked["wanted"] | {"since": parse_datetime(asked["wanted"]["since"] or "")}
    sign_in = wanted["sign_in"]
    tokens = oauth.exchange(sign_in, request.GET["code"], asked["verifier"], _back_to(request))
    if not asked["mailbox"]:
        wanted["secret"] = tokens.refresh
        its = actions.made(request.group, actions.Wanted(**wanted), request.at)
        _connect(request, its)
        return its
    rows = Mailbox.objects.filter(group=request.group, ended_at=None)
    its = get_object_or_404(rows.select_related("group"), pk=asked["mailbox"])
    its.sign_in, its.secret = sign_in, sealing.seal_secret(tokens.refresh, its)
    _move_to(its, providers.BY_SIGN_IN[SignIn(sign_in)].host)
    _open_anew(request, its)
    return its


def _move_to(its: Mailbox, host: str) -> None:
    """A token is shown to the service it is from and to no other server; its letters have numbers
    of their own.
    """
    if its.host != host:
        its.uid_validity, its.last_uid = None, 0
    its.host, its.port, its.user = host, IMAP_TLS_PORT, its.address


def _connect(request: HttpRequest, its: Mailbox) -> None:
    actions.require_free(its)
    if its.door == Door.IMAP:
        actions.attempt(its)
    actions.connect(actor=request.user, mailbox=its, at=request.at)
    messages.success(request, _("Connected. Letters that come to it are taken in from now on."))


def _open_anew(request: HttpRequest, its: Mailbox) -> None:
    actions.attempt(its)
    actions.reconnect(actor=request.user, mailbox=its, at=request.at)
    messages.success(request, _("The mailbox opens."))


def _ask(request: HttpRequest, wanted: actions.Wanted, its: Mailbox | None = None) -> HttpResponse:
    """A page that leads on to the service: a form of ours may not lead there by itself."""
    try:
        asking = oauth.ask(wanted.sign_in, wanted.address, _back_to(request))
    except Failing as failing:
        messages.error(request, _reason(failing))
        return redirect(LIST)
    since = wanted.since.isoformat() if wanted.since else ""
    request.session[ASKED] = {
        "state": asking.state,
        "verifier": asking.verifier,
        "until": (request.at + ANSWERED_WITHIN).isoformat(),
        "wanted": {**asdict(wanted), "since": since},
        "mailbox": str(its.pk) if its else "",
    }
    context = {"url": asking.url, "service": BY_TOKEN[wanted.sign_in], "address": wanted.address}
    return render(request, "consultations/desk/mailbox_ask.html", context)


def _is_answer(asked: dict[str, Any], request: HttpRequest) -> bool:
    """Whether the state is the one we gave, to this very person, and not long ago."""
    state = request.GET.get("state", "")
    if not asked or not hmac.compare_digest(asked["state"].encode(), state.encode()):
        return False
    return request.at < datetime.fromisoformat(asked["until"])


def _back_to(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("consultations:mailbox_back"))


def _try(request: HttpRequest, its: Mailbox) -> HttpResponse:
    try:
        actions.attempt(its)
    except Failing as failing:
        messages.error(request, _reason(failing))
    else:
        messages.success(request, _("The mailbox opens."))
    return redirect(ONE, its.pk)


def _password(request: HttpRequest, its: Mailbox) -> HttpResponse:
    form = PasswordForm(request.POST)
    if form.is_valid():
        its.sign_in = SignIn.PASSWORD
        its.secret = sealing.seal_secret(form.cleaned_data["password"], its)
        try:
            _open_anew(request, its)
        except Failing as failing:
            form.add_error("password", _reason(failing))
        else:
            return redirect(ONE, its.pk)
    return _page(request, its, password=form)


def _add_address(request: HttpRequest, its: Mailbox) -> HttpResponse:
    form = AliasForm(request.POST, choices=_choices(request))
    if form.is_valid():
        try:
            actions.add_address(actor=request.user, mailbox=its, at=request.at, **form.cleaned_data)
        except Refused as refused:
            form.add_error("address", _reason(refused))
        else:
            return redirect(ONE, its.pk)
    return _page(request, its, alias=form)


def _drop_address(request: HttpRequest, its: Mailbox) -> HttpResponse:
    rows = Alias.objects.filter(mailbox=its).select_related("mailbox__group")
    alias = rows.filter(address=request.POST.get("address", "")).first()
    if alias is not None:
        actions.drop_address(actor=request.user, alias=alias, at=request.at)
    return redirect(ONE, its.pk)


def _end(request: HttpRequest, its: Mailbox) -> HttpResponse:
    token, service = actions.token_of(its), BY_TOKEN.get(its.sign_in, "")
    actions.end(actor=request.user, mailbox=its, at=request.at)
    said = _("%(address)s is not read any more. Connect it again below if this was a mistake.")
    messages.success(request, said % {"address": its.address})
    if token and not actions.give_back(its.sign_in, token):
        said = _(
            "The permission is forgotten here, but %(service)s still keeps it. Take it back there, "
            "in the settings of the account."
        )
        messages.warning(request, said % {"service": service})
    return redirect(LIST)


DO = {
    "try": _try,
    "password": _password,
    "alias": _add_address,
    "drop": _drop_address,
    "end": _end,
}


def _open_page(request: HttpRequest, form: OpenForm) -> HttpResponse:
    address = form["address"].value() or ""
    context = {
        "form": form,
        "address": address,
        "provider": providers.of(address),
        "by_token": _by_token(),
        "may_listen": allotting.is_free_for(request.group, address, Door.LISTENER),
        "allotted": allotting.allotted(request.group),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/mailbox_add.html", context, status=status)


def _page(
    request: HttpRequest,
    its: Mailbox,
    *,
    password: PasswordForm | None = None,
    alias: AliasForm | None = None,
) -> HttpResponse:
    is_back = bool(password or alias)
    context = {
        "standing": queries.standing(its, request.at),
        "its": its,
        "aliases": queries.aliases(its),
        "password": password or PasswordForm(),
        "form": alias or AliasForm(choices=_choices(request)),
        "by_token": _by_token(),
        "service": BY_TOKEN.get(its.sign_in, ""),
    }
    page = "consultations/desk/mailbox.html"
    return render(request, page, context, status=422 if is_back else 200)


def _by_token() -> list[tuple[str, str]]:
    """Services whose owners may let us in without a password here."""
    return [(code, name) for code, name in BY_TOKEN.items() if oauth.is_set_up(code)]


def _choices(request: HttpRequest) -> list[tuple[int, str]]:
    return [(one.number, one.title) for one in queries.answerable(request.group)]


def _reason(refused: Failing | Refused) -> str:
    if isinstance(refused, Failing):
        return str(queries.WHY[refused.code])
    return str(refused.reason)
