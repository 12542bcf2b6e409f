"""Sheets to write on by hand: a proposal in large letters, or a list to sign in on."""

from sutarta.formats.pdf import NotWritten

from .form import PaperForm, Sheet
from .signing import SignInSheet, write_sign_in
from .writing import write

__all__ = ["NotWritten", "PaperForm", "Sheet", "SignInSheet", "write", "write_sign_in"]
