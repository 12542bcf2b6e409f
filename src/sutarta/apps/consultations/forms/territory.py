"""What staff type about the parts of their territory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.forms.speaking import Line
from sutarta.apps.tenants import geojson
from sutarta.apps.ui.forms import PlainForm

LONGEST = 120  # characters of a name


class NameForm(PlainForm):
    """The name of one part; several of these stand on one page."""

    name = Line(label=_("Name of the part"), max_length=LONGEST)

    def __init__(self, *args: Any, key: object = "new", **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"part_{key}_%s", **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Write the name of the part.")


class OutlinesForm(PlainForm):
    """A file with outlines. Valid, `.reading` holds what was read in it."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        help_text=_(
            "Polygons in WGS 84 (EPSG:4326), at most 2 MB. Borders of elderships and towns are "
            "open data; QGIS saves any layer so."
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        data = file.read(geojson.MOST_BYTES + 1)
        try:
            self.reading = geojson.read(data)
        except geojson.BadFile as bad:
            raise forms.ValidationError(str(bad)) from bad
        return file


class KeepForm(PlainForm):
    """What was read travels on in the form, so that one sees the map before it is kept."""

    outlines = forms.CharField(widget=forms.HiddenInput, max_length=geojson.MOST_BYTES)
    field = forms.ChoiceField(label=_("Which field holds the names?"))

    def __init__(self, *args: Any, fields: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.reading = self._read()
            fields = self.reading.fields if self.reading else ()
        self.fields["field"].choices = [(field, field) for field in fields]

    def _read(self) -> geojson.Reading | None:
        try:
            return geojson.read(self.data.get("outlines", ""))
        except geojson.BadFile:
            return None
