"""What shall become of a working group's remarks: one choice for all, another for single ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.queries.remarks import Offer
from sutarta.apps.strategies.remarks import NOTE, OUT, SUBMISSION
from sutarta.apps.ui.forms import PlainForm, RadioCards

AS_ALL = ""
WAYS = {
    NOTE: _("Note of the staff"),
    SUBMISSION: _("Submission of the working group"),
    OUT: _("Leave out"),
}


class RemarksForm(PlainForm):
    """The remarks of one page, each with its own choice; and one for all the others.

    offers   those shown on the page; more: how many wait on other pages
    """

    every = forms.ChoiceField(
        label=_("What shall become of them?"),
        error_messages={"required": _("Choose what shall become of them.")},
    )
    rest = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, offers: Sequence[Offer], more: int, can_enter: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        ways = [way for way in WAYS if can_enter or way != SUBMISSION]
        self.fields["every"].choices = [(way, WAYS[way]) for way in ways]
        self.fields["every"].widget = RadioCards(
            choices=self.fields["every"].choices,
            hints={
                NOTE: _("Beside the passage, for the desk alone."),
                SUBMISSION: _("In the register, answered like any. What cannot be one is noted."),
            },
        )
        self.fields["every"].initial = NOTE
        if not more:
            del self.fields["rest"]
        else:
            self.fields["rest"].label = _("The same for those on the other pages")
        for offer in offers:
            self.fields[offer.remark.key] = self._own(offer)

    def _own(self, offer: Offer) -> forms.ChoiceField:
        ways = [way for way in WAYS if offer.words or way != SUBMISSION]
        select = forms.Select(attrs={"class": "ds-input"})
        return forms.ChoiceField(
            label=_("This one"),
            required=False,
            initial=OUT if offer.remark.is_look_alone else AS_ALL,
            choices=[(AS_ALL, _("Like all")), *((way, WAYS[way]) for way in ways)],
            widget=select,
            error_messages={"invalid_choice": _("This one cannot become that any more.")},
        )

    def chosen(self, others: Sequence[Offer]) -> dict[str, str]:
        """Key of each remark -> what shall become of it; `others`: those of other pages."""
        said = self.cleaned_data
        found = {one.remark.key: said[one.remark.key] or self._usual(one) for one in self.offers}
        if said.get("rest"):
            found |= {
                one.remark.key: OUT if one.remark.is_look_alone else self._usual(one)
                for one in others
            }
        return found

    def _usual(self, offer: Offer) -> str:
        every: str = self.cleaned_data["every"]
        return NOTE if every == SUBMISSION and offer.words is None else every
