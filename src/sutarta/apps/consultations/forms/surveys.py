"""What staff say about a sheet of answers: the file, what its columns are, why it is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Moment, Prose
from sutarta.apps.consultations.queries.survey_rows import ANSWER, Choices
from sutarta.apps.ui.forms import PlainForm, RadioCards
from sutarta.formats import sheets
from sutarta.formats.sheets import MAX_FILE

OUT = ""  # a column that is not taken
ROLES: dict[str, str | Promise] = {
    OUT: _("Leave out"),
    ANSWER: _("Question and answer, below the words"),
    "words": _("What they say"),
    "proposal": _("What they propose"),
    "why": _("Why"),
    "passage": _("Passage they speak of"),
    "place": _("Place"),
    "received": _("When it came"),
    "name": _("Name"),
    "email": _("E-mail"),
    "phone": _("Telephone"),
    "organisation": _("Organisation"),
    "consent": _("Whether they agree to be named"),
    "language": _("Language of their words"),
    "row_id": _("Own number of the answer"),
}


class SheetFile(forms.FileField):
    """A workbook or a file with separators, small enough to read."""

    def __init__(self, **facts: Any) -> None:
        kinds = ".xlsx,.ods,.csv,text/csv"
        super().__init__(widget=forms.FileInput(attrs={"accept": kinds}), **facts)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file: UploadedFile = super().clean(data, initial)
        if file is not None and (file.size or 0) > MAX_FILE:
            raise forms.ValidationError(_("The file is too large: at most 10 MB."))
        return file


class UploadForm(PlainForm):
    """The sheet."""

    file = SheetFile(
        label=_("Workbook (.xlsx, .ods) or .csv file"),
        help_text=_("You see every row before anything is registered."),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in it.")},
    )


class AgainForm(PlainForm):
    """The faulty rows, corrected in a spreadsheet."""

    corrected = SheetFile(
        label=_("The corrected file"),
        error_messages={"required": _("Choose a file."), "empty": _("There is nothing in it.")},
    )


class UndoForm(PlainForm):
    """Why all of it is taken back."""

    why = Prose(
        rows=2,
        label=_("Why is all of it taken back?"),
        help_text=_("Published beside every number, and sent to those whose address is known."),
        required=True,
        error_messages={"required": _("Write why.")},
    )


class ChoosingForm(PlainForm):
    """Which sheet of the file, where its headings are, and what each column holds."""

    name = forms.CharField(
        label=_("Name of the survey"),
        max_length=120,
        help_text=_("The register shows it. Under the same name no answer is taken twice."),
        error_messages={"required": _("Write what the survey is called.")},
    )
    place = forms.TypedChoiceField(label=_("Sheet of the file"), coerce=int)
    first = forms.IntegerField(
        label=_("Row of the headings"),
        min_value=1,
        max_value=1_048_576,
        error_messages={"required": _("Write a number."), "invalid": _("Write a number.")},
    )
    height = forms.TypedChoiceField(
        label=_("Rows of headings"), coerce=int, choices=[(n, str(n)) for n in (1, 2, 3)]
    )
    came_at = Moment(
        label=_("When did the answers come, if no column says it?"),
        required=False,
    )
    order = forms.ChoiceField(
        label=_("What is 11/10/2026?"),
        choices=[("day", _("The 11th of October")), ("month", _("The 10th of November"))],
        widget=RadioCards,
    )

    def __init__(
        self,
        *args: Any,
        names: Sequence[str],
        headings: Sequence[str],
        columns: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        """names: of the sheets; headings: of the one chosen; columns: heading -> role so far."""
        super().__init__(*args, **kwargs)
        self.headings = list(headings)
        self.fields["place"].choices = [(n, name or "1") for n, name in enumerate(names)]
        if len(names) == 1:
            self.fields["place"].widget = forms.HiddenInput()
        for column, heading in enumerate(self.headings):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=heading,
                choices=list(ROLES.items()),
                required=False,
                initial=columns.get(heading, OUT),
                widget=forms.Select(attrs={"class": "ds-input"}),
            )

    @property
    def column_fields(self) -> list[Any]:
        return [self[f"column_{column}"] for column in range(len(self.headings))]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        taken: dict[str, str] = {}
        for column, heading in enumerate(self.headings):
            role = said.get(f"column_{column}", OUT)
            if role in {OUT, ANSWER}:
                continue
            if role in taken:
                sentence = _("The column “%(other)s” is said to be this already.")
                self.add_error(
                    f"column_{column}", forms.ValidationError(sentence % {"other": taken[role]})
                )
            taken[role] = heading
        return said

    @property
    def choices(self) -> Choices:
        """What was chosen; only when the form is valid."""
        said = self.cleaned_data
        columns = {
            heading: said[f"column_{column}"]
            for column, heading in enumerate(self.headings)
            if said[f"column_{column}"] != OUT
        }
        month_first = said["order"] == "month"
        return Choices(said["place"], said["first"], said["height"], columns, month_first)

    @property
    def came(self) -> datetime | None:
        at: datetime | None = self.cleaned_data["came_at"]
        return at


def sentence(code: str) -> Any:
    """Why a file was not read."""
    return {
        "neither": _("This is neither an .xlsx or .ods workbook nor a .csv file."),
        "old": _("This is a workbook of the old kind (.xls, .xlsb). Save it as .xlsx."),
        "locked": _("The workbook is locked with a password. Save it without one."),
        "too_large": _("The file is too large: at most 10 MB."),
        "too_many": _("The file has more than 20,000 rows, 200 columns or 30 sheets. Split it."),
        "too_long": _("A cell holds more than 32,767 characters."),
        "encoding": _("The characters of the file cannot be read. Save it as CSV UTF-8."),
        "quotes": _("A quotation mark opens a cell and none closes it. Save the file again."),
        "empty": _("There is nothing in the file."),
        "broken": _("The file is damaged or cut short. Save it again."),
        "too_slow": _("Reading the file took too long. Save it as .csv."),
    }[code]


def known_codes() -> set[str]:
    """Codes there must be a sentence for."""
    return set(sheets.REASONS)
