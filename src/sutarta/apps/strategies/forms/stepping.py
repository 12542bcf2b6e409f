"""What staff type about the steps after the consultations: one small form for each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from sutarta.apps.strategies.actions.stepping import Facts
from sutarta.apps.strategies.models import Step, StepKind
from sutarta.apps.ui.forms import PlainForm

HINTS = {
    StepKind.MUNICIPAL_COUNCIL: _("Only when money of the municipality is used."),
    StepKind.BOARD: _("When your statutes leave the approval to the board."),
}


class Day(forms.DateField):
    """A date that may be missing, in the browser's own calendar."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={
                "invalid": _("Write the day as year, month and day, such as 2026-11-30.")
            },
        )


class StepForm(PlainForm):
    """Whether the step is needed, its days, what was decided and where that stands."""

    needed = forms.BooleanField(label=_("This step is needed"), required=False)
    planned_on = Day(_("Planned for"))
    done_on = Day(_("Done on"))
    note = forms.CharField(
        label=_("Decision or remark"),
        help_text=_("For example: 17:30, culture house; or: resolution No. 5."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("The remark is too long: at most 200 characters.")},
    )
    link = forms.URLField(
        label=_("Link to the decision"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
        error_messages={
            "invalid": _("Write the whole address, such as https://alksniai.lt/sprendimas."),
            "max_length": _("The link is too long: at most 500 characters."),
        },
    )

    def __init__(self, *args: Any, kind: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, prefix=kind.lower(), **kwargs)
        self.kind, self.today = StepKind(kind), today
        self.fields["needed"].help_text = HINTS.get(self.kind, "")

    def clean_done_on(self) -> date | None:
        day: date | None = self.cleaned_data["done_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("This day is still to come. Write it as planned."))
        return day

    @property
    def facts(self) -> Facts | None:
        """What was typed, None when the step is not needed; only when the form is valid."""
        said = self.cleaned_data
        if not said["needed"]:
            return None
        return Facts(said["planned_on"], said["done_on"], said["note"], said["link"])


def step_forms(
    steps: Iterable[Step], today: date, data: Mapping[str, Any] | None
) -> list[StepForm]:
    """A form for every kind, in the order of the path; those that are needed filled in."""
    known = {step.kind: step for step in steps}
    return [
        StepForm(data, kind=kind, today=today, initial=_initial(known.get(kind)))
        for kind in StepKind.values
    ]


def _initial(step: Step | None) -> dict[str, Any]:
    if step is None:
        return {}
    names = ("planned_on", "done_on", "note", "link")
    return {"needed": True, **{name: getattr(step, name) for name in names}}
