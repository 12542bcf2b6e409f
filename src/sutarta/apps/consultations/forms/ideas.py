"""What residents type in an idea call, and what staff type to begin one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.running import Facts
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.forms.running import ConsultationForm, TextForm
from sutarta.apps.consultations.forms.speaking import Line, SpeakingForm
from sutarta.apps.consultations.models import SUMMARY_FIELDS, ForWhom
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Strategy
from sutarta.apps.tenants.models import Group, Ward
from sutarta.apps.ui.forms import CheckCards, RadioCards

PARTS = ("summary", "deciders")  # what an idea call tells; the rest is about a text


def ward_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Which part of the territory?"),
        required=False,
        error_messages={"invalid_choice": _("Choose a part of the territory from the list.")},
    )


def ward_choices(wards: Iterable[Ward]) -> list[tuple[str, Any]]:
    return [("", _("The whole territory, or I do not know")), *((str(w.pk), w.name) for w in wards)]


class IdeaForm(SpeakingForm):
    """A need or an idea: the words, where, for whom; who speaks is as everywhere."""

    ward = ward_field()
    for_whom = forms.MultipleChoiceField(
        label=_("For whom?"),
        required=False,
        choices=ForWhom.choices,
        widget=CheckCards,
        help_text=_("As many as you like."),
    )

    def __init__(self, *args: Any, wards: Sequence[Ward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wards = {str(ward.pk): ward for ward in wards}
        if wards:
            self.fields["ward"].choices = ward_choices(wards)
        else:
            del self.fields["ward"]

    @property
    def words(self) -> Words:
        said = self.cleaned_data
        return replace(
            super().words,
            place=said["place"],
            ward=said.get("ward", ""),
            for_whom=tuple(said["for_whom"]),
        )

    @property
    def where(self) -> str:
        """The part of the territory and the place in words, for the page that checks."""
        ward = self.wards.get(self.cleaned_data.get("ward", ""))
        parts = [ward.name if ward else "", self.cleaned_data["place"]]
        return ", ".join(part for part in parts if part)

    @property
    def whom(self) -> list[str]:
        return [str(ForWhom(code).label) for code in self.cleaned_data["for_whom"]]


class IdeaTextForm(TextForm):
    """What an announced idea call says of itself: two parts, for there is no text to explain."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SUMMARY_FIELDS:
            del self.fields[f"waive_{name}"]
            if name not in PARTS:
                del self.fields[name]
        self.fields["deciders"].label = _("What becomes of the ideas, and who decides")
        self.fields["deciders"].help_text = _(
            "For example: the strategy is written from them by spring; every idea is answered."
        )
        self.fields["summary"].help_text = _(
            "Three or four sentences that a neighbour understands: what may be told, and what for."
        )

    def parts(self) -> list[tuple[Any, None]]:
        return [(self[name], None) for name in PARTS]

    def facts(self, **more: Any) -> Facts:
        said = {**dict.fromkeys(SUMMARY_FIELDS, ""), **self.cleaned_data, **more}
        names = [name for name in Facts.__dataclass_fields__ if name != "waived"]
        waived = tuple(name for name in SUMMARY_FIELDS if name != "summary" and not said[name])
        return Facts(waived=waived, **{name: said[name] for name in names})


class IdeaCallForm(IdeaTextForm, ConsultationForm):
    """Everything about an idea call that is not announced yet, its times included."""


class BeginForm(IdeaCallForm):
    """A new idea call: for a strategy there is, or for one that has a title alone so far."""

    strategy = forms.ChoiceField(label=_("For which strategy?"), required=False, widget=RadioCards)
    strategy_title = Line(
        label=_("Title of the new strategy"),
        max_length=200,
        help_text=_("As it will be called; no file is needed yet."),
    )

    def __init__(self, *args: Any, strategies: Sequence[Strategy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strategies = {str(one.number): one for one in strategies}
        choices = [(number, one.title) for number, one in self.strategies.items()]
        self.fields["strategy"].choices = [*choices, ("", _("A new one"))]
        if not strategies:
            del self.fields["strategy"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("strategy") and "strategy_title" in said and not said["strategy_title"]:
            self.add_error("strategy_title", _("Write the title of the strategy."))
        return said

    @property
    def chosen(self) -> Strategy | None:
        return self.strategies.get(self.cleaned_data.get("strategy", ""))

    @staticmethod
    def proposed(  # type: ignore[override]
        group: Group, strategies: Sequence[Strategy], actor: User, now: Any
    ) -> dict[str, Any]:
        """Four weeks to tell, two weeks to answer; the newest strategy."""
        today = timezone.localtime(now).date()
        return {
            "strategy": str(strategies[0].number) if strategies else "",
            "title": gettext("What does our town need?"),
            "contact_name": actor.name,
            "contact_email": group.email,
            "contact_phone": group.phone,
            "opens_at": now,
            "last_day": today + timedelta(days=28),
            "answers_by": today + timedelta(days=42),
        }
