"""What staff type about a publication, about a record that was wrong, and about their rules."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.actions.attaching import BadFile, Handed
from sutarta.apps.consultations.forms.running import Day
from sutarta.apps.consultations.forms.speaking import Line
from sutarta.apps.consultations.models import Deadline
from sutarta.apps.consultations.refusals import SENTENCES
from sutarta.apps.publishing import hosts
from sutarta.apps.publishing.actions.publications import Seen
from sutarta.apps.publishing.models import Outlet
from sutarta.apps.publishing.rules import publications as rules
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.apps.ui.forms import CheckCards, PlainForm
from sutarta.formats import uploads

MOST_EUROS = 1_000_000
MOST_HOSTS = 30
PROOFS = {"application/pdf": ".pdf", **uploads.PICTURES}
_EUROS = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?:\D|$))")


class Euros(forms.CharField):
    """A sum as people write it, "120", "120,50" or "1 250,5"; cleaned, it is whole cents."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **facts)

    def clean(self, value: Any) -> int | None:
        said = _GROUPED.sub("", super().clean(value).replace("€", "").strip())
        said = re.sub(r"\s*(?:Eur|EUR|eur)\.?$", "", said)
        if not said:
            return None
        if not (found := _EUROS.fullmatch(said)):
            raise forms.ValidationError(_("Write euros and cents, such as 120,50."))
        cents = int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
        if cents > MOST_EUROS * 100:
            raise forms.ValidationError(_("Check the sum: it is more than a million euros."))
        return cents


class PublicationForm(PlainForm):
    """One publication as it was seen. Valid, `.seen` and `.handed` (a file or None) hold it.

    deadlines   those a notice can name, oldest first; one alone is not asked about
    has_copy    whether a withdrawn record's copy may be kept for this one
    """

    outlet = forms.ChoiceField(
        label=_("Through what"),
        choices=Outlet.choices,
        error_messages={"required": _("Choose one.")},
        widget=forms.Select,
    )
    where = Line(
        label=_("Name of the newspaper, site or place"),
        max_length=200,
        help_text=_("Such as “Alksnių žinios”, or “Library and three shops”."),
    )
    deadline = forms.ModelChoiceField(
        label=_("Which deadline does it name?"),
        queryset=Deadline.objects.none(),
        empty_label=None,
    )
    seen_on = Day(
        label=_("Seen published on"),
        help_text=_("The day somebody saw it there, not the day it was ordered."),
    )
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Write the whole address, such as https://alksniai.lt/1.")},
    )
    order_number = Line(label=_("Order number"), max_length=60)
    cost = Euros(
        label=_("Cost in euros"),
        help_text=_("Public money, so everybody sees it. Such as 120,50; empty when unknown."),
    )
    is_obligatory = forms.BooleanField(
        label=_("This one is obligatory"),
        required=False,
        help_text=_("How long the notice stood counts from the last obligatory one."),
    )
    copy = forms.FileField(
        label=_("Copy: a scan, a picture or a PDF"),
        required=False,
        help_text=_(
            "A link can vanish, a copy stays. At most 10 MB; everybody may open it. "
            "We remove hidden data such as place and author."
        ),
        widget=forms.FileInput(attrs={"accept": ",".join([*PROOFS.values(), *PROOFS])}),
        error_messages={"empty": SENTENCES["empty"]},
    )
    keep_copy = forms.BooleanField(
        label=_("Keep the copy of the withdrawn record"), required=False, initial=True
    )

    def __init__(
        self, *args: Any, deadlines: list[Deadline], at: Any, has_copy: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.deadlines, self.at = deadlines, at
        self.handed: Handed | None = None
        self.fields["where"].required = True
        self.fields["where"].error_messages["required"] = _("Write where it was published.")
        if len(deadlines) > 1:
            self._offer(deadlines)
        else:
            del self.fields["deadline"]
        if not has_copy:
            del self.fields["keep_copy"]

    def _offer(self, deadlines: list[Deadline]) -> None:
        field = self.fields["deadline"]
        field.queryset = Deadline.objects.filter(pk__in=[row.pk for row in deadlines])
        field.queryset = field.queryset.order_by("-set_at")
        field.label_from_instance = lambda row: wording.local_end(row.closes_at)
        field.initial = deadlines[-1].pk

    @property
    def named(self) -> Deadline:
        """The deadline the notice names; only when the form is valid."""
        return self.cleaned_data.get("deadline") or self.deadlines[-1]

    @property
    def seen(self) -> Seen:
        """What was typed; only when the form is valid."""
        said = self.cleaned_data
        names = ("outlet", "where", "seen_on", "is_obligatory", "order_number", "link")
        return Seen(cost_cents=said["cost"], **{name: said[name] for name in names})

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "seen_on" in said and "deadline" not in self.errors:
            place = self.deadlines.index(self.named)
            if not (verdict := rules.may_be_seen(said["seen_on"], self.named, place, self.at)):
                self.add_error("seen_on", verdict.reason)
        return said

    def clean_link(self) -> str:
        link = str(self.cleaned_data["link"])
        if link and not link.lower().startswith(("https://", "http://")):
            raise forms.ValidationError(self.fields["link"].error_messages["invalid"])
        return link

    def clean_copy(self) -> Any:
        file = self.cleaned_data["copy"]
        if file:
            self.handed = _looked_through(file)
        return file


def _looked_through(file: Any) -> Handed:
    """The file made anew. Raises ValidationError with the reason and what browsers forget."""
    name = str(file.name)[-80:]
    try:
        if file.size > uploads.MAX_FILE:
            raise BadFile("too_large")
        handed = attaching.read(name, file.read())
    except BadFile as bad:
        raise _bad(f"{name}: {bad.sentence}") from bad
    if handed.clean.media_type not in PROOFS:
        raise _bad(gettext("Hand over a PDF or a picture (JPEG, PNG, WebP)."))
    if handed.is_unscanned:
        raise _bad(gettext("The virus scanner does not answer. Record it now without the copy."))
    return handed


def _bad(reason: str) -> forms.ValidationError:
    return forms.ValidationError([reason, gettext("Browsers do not keep files: choose it again.")])


class WithdrawalForm(PlainForm):
    """Why a record was wrong."""

    reason = Line(
        label=_("What was wrong?"),
        max_length=200,
        help_text=_("Everybody reads it beside the record, which stays."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.fields["reason"].error_messages["required"] = _("Write what was wrong.")


class NoticeSettingsForm(PlainForm):
    """The group's rule on notices, and who may frame our page."""

    notice_days = forms.IntegerField(
        label=_("Days a notice must stand before the deadline"),
        min_value=0,
        max_value=365,
        help_text=_("0 when your group has no rule."),
        error_messages={
            "required": _("Write a number of days; 0 when there is no rule."),
            "invalid": _("Write a whole number of days."),
            "min_value": _("Write a number from 0 to 365."),
            "max_value": _("Write a number from 0 to 365."),
        },
    )
    obligatory = forms.MultipleChoiceField(
        label=_("Where a notice must appear"),
        required=False,
        choices=Outlet.choices,
        widget=CheckCards,
    )
    embed_hosts = forms.CharField(
        label=_("Sites that may show our frame"),
        required=False,
        max_length=4000,
        help_text=_(
            "One name of a site on a line, such as www.alksniai.lt. "
            "With and without www are two names. Without any, nobody may frame it."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocapitalize": "off"}),
    )

    def clean_embed_hosts(self) -> list[str]:
        """Names alone, each once. Raises ValidationError that names every bad one."""
        lines = [line.strip().lower() for line in self.cleaned_data["embed_hosts"].split()]
        if reasons := [_why_not(line) for line in lines if not hosts.is_name(line)]:
            raise forms.ValidationError(reasons)
        names = list(dict.fromkeys(lines))
        if len(names) > MOST_HOSTS:
            raise forms.ValidationError(_("At most thirty sites."))
        return names

    def clean_obligatory(self) -> list[str]:
        chosen = set(self.cleaned_data["obligatory"])
        return [code for code in Outlet.values if code in chosen]

    @staticmethod
    def initial_of(group: Group) -> dict[str, Any]:
        return {
            "notice_days": group.notice_days,
            "obligatory": group.obligatory,
            "embed_hosts": "\n".join(group.embed_hosts),
        }


def _why_not(line: str) -> str:
    if meant := hosts.name_in(line):
        words = gettext("“%(line)s”: write the name alone, %(meant)s.")
        return words % {"line": line, "meant": meant}
    return gettext("“%(line)s” is not the name of a site.") % {"line": line}
