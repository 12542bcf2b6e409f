"""One file through the check its content asks for."""

from __future__ import annotations

from . import kinds
from .refusals import MAX_FILE, Refused


def clean(data: bytes) -> tuple[str, bytes]:
    """Media type and the file made anew without metadata. Raises Refused.

    What opens each kind is fetched when it is needed: a picture does not wait for PDF.
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    family = kinds.family(data)
    if family == "pdf":
        from . import pdf

        return "application/pdf", pdf.clean(data)
    if family == "zip":
        from . import office

        return office.clean(data)
    from . import pictures

    return family, pictures.clean(data, family)
