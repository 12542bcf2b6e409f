"""What staff type about meetings: the plan, notes taken there, who came, the minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sutarta.apps.consultations.actions.meetings import Facts
from sutarta.apps.consultations.actions.participants import Person
from sutarta.apps.consultations.forms.entering import EARLIEST, Files
from sutarta.apps.consultations.forms.paper import WRONG_EMAIL, SheetForm
from sutarta.apps.consultations.forms.speaking import Line, Moment, Prose, WebLink
from sutarta.apps.consultations.models import Channel, Consultation, Meeting, Sector, Want
from sutarta.apps.consultations.rules.meetings import MOST_CAME
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards

SHEETS_OWN = ("code", "again", "sheet", "channel", "place", "files")  # not asked of a note


class MeetingForm(PlainForm):
    """What people are told of a meeting."""

    consultation = forms.ChoiceField(label=_("What is it about?"), widget=RadioCards)
    title = Line(
        label=_("Title"),
        max_length=200,
        required=True,
        help_text=_("For example: Meeting in Alksniai about services at home."),
        error_messages={"required": _("Write the title.")},
    )
    starts_at = Moment(label=_("Begins"))
    ends_at = Moment(label=_("Ends"), help_text=_("About. People look at it to plan the way home."))
    place = Prose(
        rows=2,
        label=_("Place"),
        help_text=_("The house and its address, and how one gets in with a wheelchair or pram."),
    )
    link = WebLink(
        label=_("Link to join online"),
        help_text=_("Only for a meeting people can join from home. Everybody sees it."),
    )
    words = Prose(
        rows=5,
        label=_("What will be spoken about"),
        help_text=_("In plain words, as a list if there are several things."),
    )

    def __init__(
        self, *args: Any, consultations: Sequence[Consultation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not consultations:
            del self.fields["consultation"]
            return
        self.fields["consultation"].choices = [(one.number, one.title) for one in consultations]
        if len(consultations) == 1:
            self.fields["consultation"].widget = forms.HiddenInput()

    def clean_place(self) -> str:
        place: str = self.cleaned_data["place"].strip()
        if len(place) > 300:
            raise forms.ValidationError(_("One or two lines: at most 300 characters."))
        return place

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            if name in said and not EARLIEST <= said[name].year <= 2100:
                self.add_error(name, _("Check the year."))
        return said

    @property
    def facts(self) -> Facts:
        """What was typed, for the action; only when the form is valid."""
        return Facts(**{name: self.cleaned_data[name] for name in Facts.__dataclass_fields__})

    @staticmethod
    def initial_of(meeting: Meeting) -> dict[str, Any]:
        return {name: getattr(meeting, name) for name in Facts.__dataclass_fields__}


class CancelForm(PlainForm):
    """Why it will not be held."""

    why = Prose(
        rows=2,
        label=_("Why is it cancelled?"),
        help_text=_("Published on its page and written to those we invited."),
        required=True,
        error_messages={"required": _("Write why it is cancelled. Everybody will read it.")},
    )


class NoteForm(SheetForm):
    """One proposal made at a meeting, typed while people speak: the form of paper without paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SHEETS_OWN:
            del self.fields[name]
        self.fields["text"].label = _("What was proposed")
        self.fields["text"].help_text = _("In their own words, as far as possible.")
        self.fields["text"].widget.attrs["rows"] = 4
        self.fields["author_name"].label = _("Who proposed it")
        self.fields["author_name"].help_text = _("Only if they want to be answered or named.")
        self.fields["show_name"].help_text = _("Only if they agreed to it.")
        came = self.fields["received_at"]
        came.required, came.label = False, _("When was it said?")
        came.help_text = _("Empty: now, or when the meeting began if it is over.")
        self.fields["consultation"].widget = forms.HiddenInput()

    def _begin_at(self, name: str) -> None:
        super()._begin_at("text")

    def clean_received_at(self) -> datetime | None:
        return super().clean_received_at() if self.cleaned_data["received_at"] else None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["channel"] = str(Channel.MEETING)
        return super().clean()


class PersonForm(PlainForm):
    """One line of the list of those who came."""

    name = Line(label=_("Name"), max_length=120)
    organisation = Line(label=_("Organisation"), max_length=200)
    sector = forms.ChoiceField(
        label=pgettext_lazy("sector", "Sector"),
        choices=Sector.choices,
        initial=Sector.RESIDENTS,
        help_text=_("As they ticked it themselves."),
    )
    wants = forms.MultipleChoiceField(
        label=_("They agreed to be written to about"),
        required=False,
        choices=Want.choices,
        widget=CheckCards,
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, error_messages={"invalid": WRONG_EMAIL}
    )
    phone = Line(label=_("Telephone"), max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["name"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not (said["name"] or said["organisation"]):
            self.add_error("name", _("Write the name, or the organisation."))
        if not self.errors and said["wants"] and not (said["email"] or said["phone"]):
            self.add_error("email", _("Write where to write to, or untick what they agreed to."))
        return said

    @property
    def person(self) -> Person:
        said = self.cleaned_data
        return Person(**{**said, "wants": tuple(said["wants"])})


class MinutesForm(PlainForm):
    """Who came, by sector, and what was said; `why` and `named` once it is published."""

    minutes = Prose(
        rows=14,
        label=_("Minutes"),
        help_text=_(
            "What was told, asked and agreed. Everybody reads it: name no residents who did not "
            "agree to it. The proposals noted stand beside it by themselves."
        ),
    )
    files = Files(
        label=_("Files beside the minutes"),
        required=False,
        help_text=_("Signed minutes, slides, pictures. Hidden data is removed from them."),
    )
    why = Prose(
        rows=2,
        label=_("What is put right?"),
        help_text=_("Published beside the minutes, with what stood before."),
    )
    named = forms.BooleanField(
        label=_("Do not keep what stood before: it named somebody who did not agree to it"),
        required=False,
    )

    def __init__(
        self, *args: Any, meeting: Meeting, listed: Mapping[str, int], **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", {"minutes": meeting.minutes})
        super().__init__(*args, **kwargs)
        for sector in Sector:
            self.fields[f"came_{sector}"] = self._count(meeting, sector, listed.get(sector, 0))
        if not meeting.is_minuted:
            del self.fields["why"], self.fields["named"]

    def _count(self, meeting: Meeting, sector: Sector, listed: int) -> forms.IntegerField:
        known = meeting.attendance.get(sector)
        offered = listed or None
        return forms.IntegerField(
            label=sector.label,
            required=False,
            min_value=0,
            max_value=MOST_CAME,
            initial=known if known is not None else offered,
            help_text=_("On the list: %(n)s") % {"n": listed} if listed else "",
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "ds-input"}),
        )

    @property
    def counts(self) -> list[forms.BoundField]:
        return [self[f"came_{sector}"] for sector in Sector]

    @property
    def attendance(self) -> dict[str, int]:
        said = {sector.value: self.cleaned_data[f"came_{sector}"] for sector in Sector}
        return {sector: count for sector, count in said.items() if count is not None}


def local(moment: datetime) -> datetime:
    """As a field for an hour of the group's clock shows it."""
    return timezone.localtime(moment).replace(tzinfo=None)
