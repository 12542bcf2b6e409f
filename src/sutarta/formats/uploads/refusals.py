"""Why a file is not taken, and how much of one is."""

from __future__ import annotations

from sutarta.formats.bounded.refusing import Refusal

MEGABYTE = 2**20
MAX_FILE = 10 * MEGABYTE
MAX_MARK = 2 * MEGABYTE
MAX_UNZIPPED = 100 * MEGABYTE
MAX_ENTRIES = 3_000
MAX_RATIO = 150
RATIO_COUNTS_FROM = 5 * MEGABYTE
MAX_PIXELS = 50_000_000

REASONS = {
    "empty": "The file is empty.",
    "too_large": "The file is too large: at most 10 MB.",
    "unknown": "Files of this kind are not taken: send a PDF, a picture or an office file.",
    "old_office": "This is an old office file. Save it as .docx, .xlsx, .pptx or as a PDF.",
    "heic": "This picture is in the HEIC format. Save it as JPEG.",
    "encrypted": "The file is locked with a password. Remove the password.",
    "broken": "The file is damaged or cut short. Save it anew.",
    "bomb": "The file unpacks to far more than it could honestly hold.",
    "too_many_pixels": "The picture is too large: at most 50 million pixels.",
    "macros": "The file carries macros. Save it without macros, or as a PDF.",
    "external": "The file fetches parts from elsewhere. Save it as a PDF.",
    "embedded": "Another file is embedded in this one. Save it as a PDF.",
    "too_slow": "Checking the file took too long. Save it as a PDF, or split it.",
    "too_hungry": "Checking the file took too much memory. Make its pictures smaller.",
}


class Refused(Refusal):
    """A file that is not taken; `code` is one of REASONS and stable, str() is its sentence."""

    reasons = REASONS
