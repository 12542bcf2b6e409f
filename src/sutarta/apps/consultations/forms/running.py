"""What staff type about a consultation and its deadline."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.running import Facts
from sutarta.apps.consultations.forms.speaking import Line, Moment, Prose
from sutarta.apps.consultations.models import SUMMARY_FIELDS, Consultation
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Version
from sutarta.apps.ui.forms import PlainForm, RadioCards
from sutarta.core import deadlines

DAY, BEFORE, THROUGH = "day", "before", "through"
HELP = {
    "summary": _("Three or four sentences that a neighbour understands."),
    "broad_terms": _(
        "Words such as “social integration” can hold anything. Say what they mean in this text."
    ),
    "planned": _("Name the places, the people it is for, and about how much money."),
    "not_planned": _("Say what people may fear or hope for and what will not be done."),
    "deciders": _("For example: the board on 20 January, then the municipal council."),
    "open_questions": _("What is already fixed, and where a proposal can still change the text."),
}


class Day(forms.DateField):
    """A date, in the browser's own calendar."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(
            widget=widget,
            input_formats=["%Y-%m-%d"],
            error_messages={
                "required": _("Choose the day."),
                "invalid": _("Write the day as year, month and day, such as 2026-11-30."),
            },
            **facts,
        )


class DeadlineForm(PlainForm):
    """A last day and a wording, which make one instant in the zone of the group."""

    last_day = Day(label=_("Last day"))
    wording = forms.ChoiceField(
        label=_("Until when on that day?"),
        choices=[
            (DAY, _("The whole day, until 24:00")),
            (BEFORE, _("Until an hour, such as 17:00")),
            (THROUGH, _("Until an hour inclusive: its first minute still counts")),
        ],
        widget=RadioCards,
        initial=DAY,
    )
    hour = forms.TimeField(
        label=_("Hour"),
        required=False,
        help_text=_("Only when not the whole day counts."),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write hour and minutes, such as 17:00.")},
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("wording") in {BEFORE, THROUGH} and "hour" in said:
            if said["hour"] is None:
                self.add_error("hour", _("Write the hour."))
            elif (said["hour"].hour, said["hour"].minute) == (0, 0):
                self.add_error(
                    "hour", _("Midnight is read two ways. Choose the whole day before instead.")
                )
        return said

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Check the year."))
        return day

    @property
    def deadline(self) -> deadlines.Deadline:
        """What was typed, as one instant; only when the form is valid."""
        said = self.cleaned_data
        wording = deadlines.END_OF_DAY
        if said["wording"] != DAY:
            hour = said["hour"]
            wording = deadlines.Wording(hour.hour, hour.minute, through=said["wording"] == THROUGH)
        return deadlines.Deadline.of(said["last_day"], wording, self.zone)

    @staticmethod
    def initial_from(deadline: deadlines.Deadline) -> dict[str, Any]:
        wording = deadline.wording
        if wording.hour is None:
            return {"last_day": deadline.local_date, "wording": DAY}
        return {
            "last_day": deadline.local_date,
            "wording": THROUGH if wording.through else BEFORE,
            "hour": f"{wording.hour:02}:{wording.minute:02}",
        }


class ExtensionForm(DeadlineForm):
    """A later deadline, why, and by when the answers come now."""

    answers_by = Day(label=_("Answers by"))
    reason = Prose(
        rows=3,
        label=_("Why is the deadline moved?"),
        help_text=_("Published beside the deadline and sent to everybody who left an address."),
        required=True,
        error_messages={"required": _("Write why the deadline is moved. Everybody will read it.")},
    )
    field_order = ["last_day", "wording", "hour", "answers_by", "reason"]


class TextForm(PlainForm):
    """What a consultation says of itself; every part of the summary may be left out by a tick."""

    title = Line(label=_("Title"), max_length=200, help_text=_("What people are asked about."))
    contact_name = Line(
        label=_("Contact person"), max_length=120, help_text=_("Whom people may ask or call.")
    )
    contact_email = forms.EmailField(
        label=_("Contact e-mail"),
        required=False,
        error_messages={"invalid": _("Write the whole e-mail address, such as name@post.lt.")},
    )
    contact_phone = Line(label=_("Contact telephone"), max_length=40)
    answers_by = Day(
        label=_("Answers by"),
        help_text=_("The day you promise to have answered everything. It is shown to everybody."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = _("Write the title.")

    def parts(self) -> list[tuple[BoundField, BoundField]]:
        """The six parts of the summary, each with its tick."""
        return [(self[name], self[f"waive_{name}"]) for name in SUMMARY_FIELDS]

    def facts(self, **more: Any) -> Facts:
        """What was typed, for the action; only when the form is valid."""
        said = {**self.cleaned_data, **more}
        waived = tuple(name for name in SUMMARY_FIELDS if said[f"waive_{name}"])
        return Facts(
            waived=waived,
            **{name: said[name] for name in Facts.__dataclass_fields__ if name != "waived"},
        )

    @staticmethod
    def initial_of(consultation: Consultation) -> dict[str, Any]:
        names = [name for name in Facts.__dataclass_fields__ if name != "waived"]
        waived = {f"waive_{name}": True for name in consultation.waived}
        return {**{name: getattr(consultation, name) for name in names}, **waived}


# The six parts and their ticks are fields like any other; written out they would be one page more.
for _name in SUMMARY_FIELDS:
    _label = Consultation._meta.get_field(_name).verbose_name
    TextForm.base_fields[_name] = Prose(rows=4, label=_label, help_text=HELP[_name])
    TextForm.base_fields[f"waive_{_name}"] = forms.BooleanField(
        label=_("Not needed here; leave this part out"), required=False
    )


class ConsultationForm(TextForm, DeadlineForm):
    """Everything about a consultation that is not announced yet, its times included."""

    opens_at = Moment(
        label=_("Opens"),
        help_text=_("By itself, at this time. A past time means: as soon as it is announced."),
    )

    field_order = [*TextForm.base_fields, "opens_at", "last_day", "wording", "hour"]

    @staticmethod
    def proposed(version: Version, actor: User, now: Any) -> dict[str, Any]:
        """What stands in the form at first: four weeks to speak, two weeks to answer."""
        today = timezone.localtime(now).date()
        group = version.group
        title = gettext("Discussion of the draft strategy, version %(number)s")
        return {
            "title": title % {"number": version.number},
            "contact_name": actor.name,
            "contact_email": group.email,
            "contact_phone": group.phone,
            "opens_at": now,
            "last_day": today + timedelta(days=28),
            "answers_by": today + timedelta(days=42),
        }
