"""Speaking to mail servers and token servers: over TLS, with certificates looked at."""

from __future__ import annotations

import ssl
from functools import lru_cache

from django.conf import settings


def context() -> ssl.SSLContext:
    """Trusts whom the system trusts, and the authority of SUTARTA_MAIL_CA where one is set."""
    return _context(settings.MAIL_CA)


@lru_cache(maxsize=4)
def _context(authority: str) -> ssl.SSLContext:
    made = ssl.create_default_context()
    if authority:
        made.load_verify_locations(authority)
    return made
