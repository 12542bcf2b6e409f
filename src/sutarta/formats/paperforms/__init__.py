"""Paper forms: one sheet in large letters to write a proposal on by hand, or a stack of them."""

from sutarta.formats.pdf import NotWritten

from .form import PaperForm, Sheet
from .writing import write

__all__ = ["NotWritten", "PaperForm", "Sheet", "write"]
