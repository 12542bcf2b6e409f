"""Which two versions are to be compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.strategies.models import Version
from sutarta.apps.ui import wording
from sutarta.apps.ui.forms import PlainForm

_CHOOSE = _("Choose one of the published versions.")


class PickForm(PlainForm):
    """Two different published versions, in whatever order they were named."""

    def __init__(self, *args: Any, versions: Sequence[Version], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="pick_%s", **kwargs)
        choices = [(one.number, _name(one)) for one in versions]
        for name, label in (("from", _("Earlier version")), ("to", _("Later version"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label,
                choices=choices,
                coerce=int,
                error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
                widget=forms.Select(attrs={"class": "ds-input"}),
            )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "from" in said and said["from"] == said.get("to"):
            self.add_error("to", gettext("Choose two different versions."))
        return said

    @property
    def older(self) -> int:
        return min(self.cleaned_data["from"], self.cleaned_data["to"])

    @property
    def newer(self) -> int:
        return max(self.cleaned_data["from"], self.cleaned_data["to"])


def _name(version: Version) -> str:
    """„2 versija, 2026 m. lapkričio 2 d.“."""
    return gettext("version %(number)s, %(day)s") % {
        "number": version.number,
        "day": wording.local_date(version.published_at),
    }
