"""What staff type when somebody called, wrote on paper, by e-mail or elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.entering import Origin
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.forms.desk import label, search
from sutarta.apps.consultations.forms.ideas import ward_choices, ward_field
from sutarta.apps.consultations.forms.running import Day
from sutarta.apps.consultations.forms.speaking import LanguageField, Line, Moment, Prose, WebLink
from sutarta.apps.consultations.models import Channel, Consultation, ForWhom, Kind
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.tenants.models import Ward
from sutarta.apps.ui.forms import CheckCards, PlainForm, RadioCards

PROPOSAL = ""  # a comment where there is a passage, else a general proposal
EARLIEST = 2000  # a year before which nothing was consulted on; a slip of the keyboard
LARGEST_LETTER = 25 * 2**20
CHANNELS: dict[str, str | Promise] = {
    Channel.PHONE: _("They called"),
    Channel.PAPER: _("On paper"),
    Channel.MEETING: _("At a meeting"),
    Channel.EMAIL: _("By e-mail"),
    Channel.WORKGROUP: _("From the working group"),
    Channel.ELSEWHERE: _("Elsewhere: a comment or the press"),
}


class Files(forms.FileField):
    """Several files, or none."""

    class widget(forms.ClearableFileInput):  # noqa: N801 - the name Django looks for
        allow_multiple_selected = True
        template_name = "django/forms/widgets/file.html"

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(Files, self).clean(one, initial) for one in given if one]


class EntryForm(PlainForm):
    """One submission as it was told, written or found.

    The passage is looked for by its number or by words in it: what fits one passage alone is
    taken, several are offered to choose from, so that no script is needed.
    """

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=list(CHANNELS.items()),
        widget=RadioCards,
        error_messages={"required": _("Choose how it came.")},
    )
    text = Prose(
        rows=7,
        label=_("What they say"),
        help_text=_("In their own words, as far as possible. One person, one entry."),
        required=True,
        error_messages={"required": _("Write what they say.")},
    )
    author_name = Line(label=_("Name"), max_length=120)
    show_name = forms.BooleanField(
        label=_("Show the name in the register"),
        required=False,
        help_text=_("Only if they asked for it. From elsewhere, we keep no name otherwise."),
    )
    organisation = Line(
        label=_("Organisation"),
        max_length=200,
        help_text=_("Only if they speak for it. It is published."),
    )
    find = Line(
        label=_("Passage they speak of"),
        max_length=200,
        help_text=_("Its number or words in it. Empty: the whole strategy."),
    )
    passage = forms.ChoiceField(label=_("Which of these?"), required=False, widget=RadioCards)
    phone = Line(label=_("Telephone"), max_length=40)
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("We send the number now and the answer later."),
        error_messages={"invalid": _("Write the whole e-mail address, such as name@post.lt.")},
    )
    post_address = Line(
        label=_("Postal address"), max_length=300, help_text=_("For a letter with the answer.")
    )
    received_at = Moment(
        label=_("When did it come?"),
        help_text=_("This time counts for the deadline. The time of entering is kept beside it."),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        required=False,
        choices=[
            (PROPOSAL, _("A comment or a proposal")),
            (Kind.WORDING, _("A new wording of the passage")),
            (Kind.QUESTION, _("A question")),
        ],
        widget=RadioCards(
            hints={Kind.WORDING: _("Above, write the passage as it should read.")},
        ),
        initial=PROPOSAL,
    )
    why = Prose(rows=3, label=_("Why would that be better?"))
    ward = ward_field()
    spot = Line(
        label=_("Where exactly?"), max_length=200, help_text=_("A street, a yard, a bus stop.")
    )
    for_whom = forms.MultipleChoiceField(
        label=_("For whom?"), required=False, choices=ForWhom.choices, widget=CheckCards
    )
    place = Line(
        label=_("Where was it said?"),
        max_length=200,
        help_text=_("The name of the page, the group or the newspaper."),
    )
    link = WebLink(label=_("Link to it"))
    dated = Day(label=_("Date of the comment or article"), required=False)
    files = Files(
        label=_("Scan, photo or screenshot"),
        required=False,
        help_text=_("Nobody outside sees it until you approve it."),
    )
    taken = forms.MultipleChoiceField(
        label=_("Files of the letter to take along"), required=False, widget=CheckCards
    )
    left_out = Prose(
        rows=6,
        label=_("Quoted letters and signatures"),
        help_text=_("Kept as a note for the staff; what belongs to the proposal goes above."),
    )
    language = LanguageField(label=_("Language of their words"), usual=_("That of the strategy"))
    consultation = forms.ChoiceField(label=_("Consultation"))
    request_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    message_id = forms.CharField(widget=forms.HiddenInput, required=False, max_length=1000)
    kept = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def __init__(
        self,
        *args: Any,
        consultations: Sequence[Consultation],
        known: Mapping[str, Passage],
        names: Sequence[str] = (),
        wards: Sequence[Ward] | None = None,
        **kwargs: Any,
    ) -> None:
        """consultations: open to entries, the likeliest first; known: passages of the chosen
        one; names: files of the letter, in order; wards: of the chosen one if it is an idea call.
        """
        super().__init__(*args, **kwargs)
        self.is_idea_call = wards is not None
        self._offer_places(wards)
        self.known = known
        self.fields["consultation"].choices = [(one.number, one.title) for one in consultations]
        if len(consultations) == 1:
            self.fields["consultation"].widget = forms.HiddenInput()
        if not self.is_bound:
            begin = "find" if not self.is_idea_call and self.initial.get("find") else "text"
            self.fields[begin].widget.attrs["autofocus"] = True
        self.fields["taken"].choices = [(str(place), name) for place, name in enumerate(names)]
        asked = self.data.get("find", "") if self.is_bound else self.initial.get("find", "")
        self.found = search(known, str(asked)[:200])
        picked = self.data.get("passage", "") if self.is_bound else ""
        offered = dict.fromkeys([*([picked] if picked in self.found else []), *self.found])
        if not self.is_idea_call:
            self.fields["passage"].choices = [(id, label(known[id])) for id in offered]
        self.nothing_found = bool(str(asked).strip()) and not self.found and bool(known)

    def _offer_places(self, wards: Sequence[Ward] | None) -> None:
        """An idea has a place in the territory, everything else one in the text."""
        if wards is None:
            del self.fields["ward"], self.fields["spot"], self.fields["for_whom"]
            return
        del self.fields["why"], self.fields["find"], self.fields["passage"]
        self.fields["ward"].choices = ward_choices(wards)
        self.fields["kind"].choices = [
            (Kind.IDEA, _("An idea")),
            (Kind.NEED, _("A need")),
            (Kind.QUESTION, _("A question")),
        ]
        self.fields["kind"].initial = Kind.IDEA

    @property
    def only(self) -> str:
        """The passage that alone fits what was looked for, as it will be taken."""
        return label(self.known[self.found[0]]) if len(self.found) == 1 else ""

    def clean_received_at(self) -> datetime:
        at: datetime = self.cleaned_data["received_at"]
        if at.year < EARLIEST:
            raise forms.ValidationError(_("Check the year."))
        return at

    def clean_dated(self) -> date | None:
        day: date | None = self.cleaned_data["dated"]
        if day is not None and not EARLIEST <= day.year <= timezone.localdate().year:
            raise forms.ValidationError(_("Check the year."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        elsewhere = said.get("channel") == Channel.ELSEWHERE
        if elsewhere and "link" in said and not (said.get("place") or said["link"]):
            self.add_error("place", _("Write where it was said, or give the link."))
        said["lineage"] = self._lineage(said)
        self._check_wording(said)
        return said

    def _lineage(self, said: dict[str, Any]) -> str:
        """The passage meant, "" for none; an error when that is not clear."""
        if self.nothing_found:
            self.add_error("find", _("No passage has this number or these words."))
        picked = str(said.get("passage") or "")
        if picked or len(self.found) == 1:
            return picked or self.found[0]
        if self.found and "passage" not in self.errors:
            self.add_error("passage", _("Choose the passage, or empty the field above."))
        return ""

    def _check_wording(self, said: dict[str, Any]) -> None:
        if said.get("kind") != Kind.WORDING or self.errors:
            return
        if not said["lineage"]:
            self.add_error("find", _("Find the passage whose wording is to change."))
        elif said["text"].split() == self.known[said["lineage"]].text.split():
            self.add_error("text", _("The wording is still the same as in the passage."))

    @property
    def words(self) -> Words:
        """What was typed, for the action; only when the form is valid."""
        said = self.cleaned_data
        is_wording = said["kind"] == Kind.WORDING
        usual = Kind.COMMENT if said["lineage"] else Kind.GENERAL
        usual = Kind.IDEA if self.is_idea_call else usual
        has_place = self.is_idea_call and said["kind"] != Kind.QUESTION
        return Words(
            kind=str(said["kind"] or usual),
            body="" if is_wording else said["text"],
            proposed=said["text"] if is_wording else "",
            why=said["why"] if is_wording else "",
            lineage_id=said["lineage"],
            author_name=said["author_name"],
            organisation=said["organisation"],
            show_name=said["show_name"],
            email=said["email"],
            phone=said["phone"],
            post_address=said["post_address"],
            ward=said["ward"] if has_place else "",
            place=said["spot"] if has_place else "",
            for_whom=tuple(said["for_whom"]) if has_place else (),
        )

    @property
    def origin(self) -> Origin:
        said = self.cleaned_data
        if said["channel"] != Channel.ELSEWHERE:
            return Origin(message_id=said["message_id"])
        return Origin(said["place"], said["link"], said["dated"], said["message_id"])

    @property
    def chosen(self) -> list[int]:
        """Places of the files of the letter to take along."""
        return [int(place) for place in self.cleaned_data["taken"]]


class LetterForm(PlainForm):
    """An e-mail as a saved file, or copied from the mail program."""

    file = forms.FileField(
        label=_("Saved letter (.eml or .msg)"),
        required=False,
        help_text=_("In Outlook: drag the letter to the desktop. In Gmail: “Download message”."),
        widget=forms.FileInput(attrs={"accept": ".eml,.msg,message/rfc822"}),
    )
    pasted = forms.CharField(
        label=_("Or paste the letter"),
        required=False,
        max_length=200_000,
        help_text=_("With the lines “From”, “Date” and “Subject”, if you have them."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_LETTER:
            raise forms.ValidationError(_("The file is too large: at most 25 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("file") and not said.get("pasted", "").strip():
            self.add_error("file", _("Choose the saved letter, or paste its text."))
        return said
