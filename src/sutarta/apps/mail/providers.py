"""Mail services that are known by the domain of an address, and how one gets in there.

The servers' names are from the services' own help pages for IMAP.
"""

from __future__ import annotations

from dataclasses import dataclass

from sutarta.apps.mail.models import SignIn


@dataclass(frozen=True)
class Provider:
    """A mail service.

    sign_in             how one gets in; PASSWORD for an ordinary password
    wants_app_password  whether its users need a password made for one program
    has_tags            whether name+anything@… comes to name@…
    """

    name: str
    host: str
    sign_in: str = SignIn.PASSWORD
    wants_app_password: bool = False
    has_tags: bool = False


GOOGLE = Provider("Gmail", "imap.gmail.com", SignIn.GOOGLE, True, True)
MICROSOFT = Provider("Microsoft 365", "outlook.office365.com", SignIn.MICROSOFT, False, True)
KNOWN = {
    "gmail.com": GOOGLE,
    "googlemail.com": GOOGLE,
    "outlook.com": MICROSOFT,
    "hotmail.com": MICROSOFT,
    "live.com": MICROSOFT,
    "icloud.com": Provider("iCloud", "imap.mail.me.com", wants_app_password=True, has_tags=True),
    "yahoo.com": Provider("Yahoo", "imap.mail.yahoo.com", wants_app_password=True),
    "inbox.lt": Provider("inbox.lt", "mail.inbox.lt", wants_app_password=True),
    "fastmail.com": Provider(
        "Fastmail", "imap.fastmail.com", wants_app_password=True, has_tags=True
    ),
}
BY_SIGN_IN = {SignIn.GOOGLE: GOOGLE, SignIn.MICROSOFT: MICROSOFT}


def of(address: str) -> Provider:
    """The service of an address; of an unknown domain an ordinary one, at imap.DOMAIN.

    >>> of("vvg@gmail.com").host, of("info@alksniai.example").host
    ('imap.gmail.com', 'imap.alksniai.example')
    """
    domain = address.rpartition("@")[2].strip().lower()
    return KNOWN.get(domain) or Provider("", f"imap.{domain}")
