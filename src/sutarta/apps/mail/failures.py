"""Why a mailbox cannot be read: codes, for the desk to put into words."""

from __future__ import annotations

INSIDE = "INSIDE"  # the server is one of this network, and that is not allowed here
PORT = "PORT"  # nobody is spoken to at this port
UNREACHABLE = "UNREACHABLE"  # nobody answers there
CERTIFICATE = "CERTIFICATE"  # it could not prove who it is
SIGN_IN = "SIGN_IN"  # it refuses user and password
REVOKED = "REVOKED"  # Google or Microsoft no longer let us in
UNKNOWN_APP = "UNKNOWN_APP"  # this installation is not registered there
LOCKED = "LOCKED"  # the password was sealed by another installation
FOLDER = "FOLDER"  # there is no such folder
CUT = "CUT"  # the line was dropped
ODD = "ODD"  # the server answers what no mail server should
STORE = "STORE"  # the letters could not be kept here

# Trying these again before somebody did something only gets an address locked.
ASK_SOMEBODY = frozenset({SIGN_IN, REVOKED, UNKNOWN_APP, LOCKED, INSIDE, PORT})


class Failing(Exception):
    """The mailbox cannot be read now. `code` says why; a server's words are never repeated."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
