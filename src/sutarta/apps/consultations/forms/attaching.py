"""Files people choose. A browser forgets them when a form comes back, so reasons name each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.actions.attaching import BadFile, Handed
from sutarta.apps.consultations.refusals import SENTENCES
from sutarta.apps.consultations.rules.attaching import MOST
from sutarta.apps.ui.forms import PlainForm
from sutarta.formats import uploads

ACCEPT = ",".join([*uploads.SUFFIXES, *uploads.MEDIA_TYPES])
_CHOOSE = _("Choose a file.")


class _Many(forms.ClearableFileInput):
    """A file box for several files."""

    template_name = "django/forms/widgets/file.html"
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleaned, they are a list."""

    widget = _Many

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
        # An empty or nameless file is told by its reading, with the others.
        return [one for one in given if one]


class FilesForm(PlainForm):
    """Files to hand over with a submission.

    held       how many it has already
    may_read   whether this network may make us look through more files now
    Valid, `.handed` holds what is to be kept; all of them or none.
    """

    files = FilesField(
        label=_("Files"),
        required=False,
        help_text=_(
            "At most five, 10 MB each: PDF, pictures, Word, Excel, PowerPoint or LibreOffice. "
            "We remove hidden data such as place and author, and publish a file only after "
            "looking at it."
        ),
        widget=_Many(attrs={"accept": ACCEPT}),
        error_messages={"required": _CHOOSE, "empty": SENTENCES["empty"]},
    )

    def __init__(self, *args: Any, held: int = 0, may_read: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.may_read = held, may_read
        self.handed: list[Handed] = []

    def clean_files(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        if len(files) + self.held > MOST:
            raise forms.ValidationError(_("A submission holds at most five files."))
        if files and not self.may_read:
            raise forms.ValidationError(
                _("Too many files came from your network in the last hour. Try again later.")
            )
        self.handed = list(_read(files))
        return files


class MoreFilesForm(FilesForm):
    """Files added to what was said already: at least one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["files"].required = True


def _read(files: Iterable[UploadedFile]) -> Iterable[Handed]:
    """Each file looked through. Raises ValidationError that names every bad one."""
    handed, reasons = [], []
    for file in files:
        name = str(file.name)[-80:]
        try:
            too_large = (file.size or 0) > uploads.MAX_FILE
            handed.append(attaching.read(name, b"" if too_large else file.read()))
        except BadFile as bad:
            why = SENTENCES["too_large"] if too_large else bad.sentence
            reasons.append(f"{name}: {why}")
    if reasons:
        reasons.append(gettext("Choose the files again: browsers do not keep them."))
        raise forms.ValidationError(reasons)
    return handed
