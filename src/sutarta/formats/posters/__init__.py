"""Posters and pictures of a notice: one page of paper with a form to tear off, one for screens."""

from sutarta.formats.pdf import NotWritten

from .poster import Form, Poster
from .qr import matrix
from .writing import write_pdf, write_picture

__all__ = ["Form", "NotWritten", "Poster", "matrix", "write_pdf", "write_picture"]
