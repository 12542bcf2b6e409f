"""OpenDocument texts in (.odt, .fodt), as LibreOffice and others write them."""

from .reading import read

__all__ = ["read"]
