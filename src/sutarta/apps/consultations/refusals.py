"""Why a file handed over is not taken, in sentences; codes are those of formats.uploads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty."),
    "too_large": _("The file is too large: at most 10 MB."),
    "unknown": _("We do not take files of this kind. Send a PDF, a picture or an office file."),
    "old_office": _("This is an old office file. Save it as .docx, .xlsx, .pptx or PDF."),
    "heic": _("This picture is in the HEIC format. Save it as JPEG."),
    "encrypted": _("The file is locked with a password. Remove the password and send it again."),
    "broken": _("The file is damaged or cut short. Save it anew and send it again."),
    "bomb": _("The file unpacks to far more than it could honestly hold."),
    "too_many_pixels": _("The picture is too large: at most 50 million pixels. Make it smaller."),
    "macros": _("The file carries macros. Save it without macros, or as PDF."),
    "external": _("The file fetches its parts from elsewhere. Save it as PDF."),
    "embedded": _("Another file is embedded in this one. Save it as PDF."),
    "too_slow": _("Checking the file took too long. Save it as PDF, or split it."),
    "too_hungry": _("Checking the file took too much memory. Make its pictures smaller."),
    "infected": _("The virus scanner knows this file as harmful, so we do not take it."),
}


class BadFile(Exception):
    """The file is not taken. `sentence` says why and what to do; `code` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = SENTENCES[code]
