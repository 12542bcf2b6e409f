"""What the office says in the closing report, beside the numbers that come by themselves."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Prose
from sutarta.apps.consultations.models import Report
from sutarta.apps.ui.forms import PlainForm

ROWS = 20  # groups of people, at most
ROW = re.compile(r"(?P<name>[^;]+);(?P<people>[^;]*)(?:;(?P<took>[^;]*))?")
NUMBER = re.compile(r"\d{1,9}")
Population = list[list[Any]]


class ReportForm(PlainForm):
    """What changed, who took part, and how many people of each group live here."""

    what_changed = Prose(
        rows=8,
        label=_("What changed"),
        help_text=_(
            "In plain words, for somebody who has not read the strategy: what people asked for, "
            "and what is different now."
        ),
    )
    who_took_part = Prose(
        rows=5,
        label=_("Who took part"),
        help_text=_("Whom you reached and whom you did not. Leave it empty if you do not know."),
    )
    population = Prose(
        rows=6,
        label=_("Who lives here beside who took part"),
        help_text=_(
            "One group on each line: its name; how many live here; how many took part. "
            "For example: Young people under 29; 4200; 17. Leave a number out if it is not known."
        ),
    )

    def __init__(self, *args: Any, report: Report | None, **kwargs: Any) -> None:
        initial = {}
        if report is not None:
            initial = {
                "what_changed": report.what_changed,
                "who_took_part": report.who_took_part,
                "population": written(report.population),
            }
        super().__init__(*args, initial=initial, **kwargs)

    def clean_population(self) -> Population:
        lines = [line for line in self.cleaned_data["population"].splitlines() if line.strip()]
        if len(lines) > ROWS:
            raise forms.ValidationError(_("At most %(n)s groups fit into the table.") % {"n": ROWS})
        return [_row(line) for line in lines]


def written(population: Population) -> str:
    """The table as it is typed: one line for each group."""
    return "\n".join(
        "; ".join("" if part is None else str(part) for part in row).rstrip("; ")
        for row in population
    )


def _row(line: str) -> list[Any]:
    found = ROW.fullmatch(line)
    numbers = [_count(found[part] or "", line) for part in ("people", "took")] if found else []
    if found is None or not found["name"].strip() or len(found["name"].strip()) > 120:
        _refuse(line)
    return [" ".join(found["name"].split()), *numbers]


def _count(said: str, line: str) -> int | None:
    """„4 200“ and „4200“ are the same number; nothing is not known."""
    digits = re.sub(r"\s", "", said)
    if digits and not NUMBER.fullmatch(digits):
        _refuse(line)
    return int(digits) if digits else None


def _refuse(line: str) -> None:
    raise forms.ValidationError(
        _(
            "We cannot read the line “%(line)s”. "
            "Write: name; how many live here; how many took part."
        )
        % {"line": line.strip()[:60]}
    )
