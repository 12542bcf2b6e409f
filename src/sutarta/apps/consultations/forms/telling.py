"""What staff tick off when they have told somebody."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import TellingWay
from sutarta.apps.ui.forms import PlainForm

GONE = {"required": _("Say whom you told."), "invalid": _("Say whom you told.")}


class ToldForm(PlainForm):
    """Whom, and how; sent by the buttons of the list."""

    way = forms.ChoiceField(choices=TellingWay.choices, error_messages=GONE)
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, error_messages=GONE)
