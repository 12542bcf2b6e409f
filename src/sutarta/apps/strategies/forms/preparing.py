"""What people fill in: a title and a file, a correction, the reason of a version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sutarta.apps.strategies import corrections, sentences
from sutarta.apps.strategies.corrections import Correction
from sutarta.apps.strategies.models import VersionReason
from sutarta.apps.ui.forms import PlainForm, RadioCards
from sutarta.core.documents import Block, Kind
from sutarta.formats.reading import ENDINGS, KINDS

ACCEPTED = ",".join((*ENDINGS, *(media_type for _ending, media_type in KINDS.values())))


class FileForm(PlainForm):
    """One document: Word, LibreOffice, a web page or Markdown."""

    file = forms.FileField(
        label=_("File (.docx, .odt, .html or .md)"),
        help_text=_(
            "Up to 30 MB. Choose the file or drop it here. Reading it takes a few seconds; "
            "then you will see a preview."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(sentences.REFUSALS["too_large"], code="too_large")
        return file


class NewStrategyForm(FileForm):
    """A strategy and its first file."""

    title = forms.CharField(
        label=_("Title of the strategy"),
        max_length=200,
        error_messages={
            "required": _("Write the title of the strategy."),
            "max_length": _("The title is too long: at most 200 characters."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the document"), choices=settings.LANGUAGES, widget=RadioCards
    )
    field_order = ["title", "language", "file"]


class DraftForm(PlainForm):
    """Why there is a new version. The first one has its reason already."""

    reason = forms.ChoiceField(
        label=_("Why there is a new version"),
        widget=RadioCards,
        error_messages={"required": _("Choose why there is a new version.")},
    )
    note = forms.CharField(
        label=_("Public note"),
        help_text=_("One or two sentences everybody will see beside the version: what is new."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write what is new in this version."),
            "max_length": _("The note is too long: at most 1,000 characters."),
        },
    )
    replace = forms.BooleanField(
        label=_("Replace the draft that is there"),
        help_text=_(
            "What was corrected in that draft and decided on its doubtful passages is lost."
        ),
        error_messages={"required": _("There is a draft already. Tick this to replace it.")},
    )

    def __init__(self, *args: Any, is_first: bool, has_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]
            self.fields["note"].required = False
        else:
            choices = [choice for choice in VersionReason.choices if choice[0] != "FIRST"]
            self.fields["reason"].choices = choices
        if not has_draft:
            del self.fields["replace"]

    @property
    def chosen_reason(self) -> VersionReason:
        return VersionReason(self.cleaned_data.get("reason", VersionReason.FIRST))


class KindForm(PlainForm):
    """Is it a heading, and of which level?"""

    kind = forms.ChoiceField(
        label=_("This is"),
        choices=[
            ("paragraph", _("a plain paragraph")),
            ("1", _("a heading of level 1")),
            ("2", _("a heading of level 2")),
            ("3", _("a heading of level 3")),
            ("4", _("a heading of level 4")),
        ],
    )

    @property
    def correction(self) -> Correction:
        kind = self.cleaned_data["kind"]
        if kind == "paragraph":
            return {"kind": "paragraph"}
        return {"kind": "heading", "level": int(kind)}


class AltForm(PlainForm):
    """What does the picture show?"""

    alt = forms.CharField(
        label=_("What the picture shows"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Say in a sentence what the picture shows."),
            "max_length": _("The text is too long: at most 500 characters."),
        },
    )

    @property
    def correction(self) -> Correction:
        return {"alt": self.cleaned_data["alt"]}


class HeaderForm(PlainForm):
    """Does the first row name the columns?"""

    header = forms.ChoiceField(
        label=_("The first row"),
        choices=[("yes", _("names the columns")), ("no", _("holds data like the others"))],
    )

    @property
    def correction(self) -> Correction:
        return {"header": self.cleaned_data["header"] == "yes"}


CorrectionForm = KindForm | AltForm | HeaderForm


def correcting(block: Block, data: Any = None, level: int = 2) -> CorrectionForm | None:
    """The form that corrects such a block, None when nothing can be corrected there.

    level   offered for a paragraph that looks like a heading
    """
    position = block.id.removeprefix("p")
    facts = {"data": data, "auto_id": f"c{position}-%s"}
    if block.kind is Kind.FIGURE:
        return AltForm(initial={"alt": block.alt}, **facts)
    if block.kind is Kind.TABLE:
        return HeaderForm(initial={"header": "yes"}, **facts)
    if block.kind in corrections.CAN_BE_HEADINGS:
        is_deep = block.kind is Kind.HEADING and block.level not in corrections.HEADING_LEVELS
        now = block.level if block.kind is Kind.HEADING and not is_deep else level
        return KindForm(initial={"kind": str(now)}, **facts)
    return None
