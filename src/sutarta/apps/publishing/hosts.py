"""Names of hosts: what may stand on the list of those who frame us, and in a policy."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+(?:[a-z][a-z0-9-]*[a-z0-9])")


def is_name(name: str) -> bool:
    """Whether it is a host name alone, in small letters: no scheme, port, path, number or star.

    >>> is_name("www.alksniai.lt"), is_name("alksniai"), is_name("10.0.0.1"), is_name("*.lt")
    (True, False, False, False)
    """
    return _NAME.fullmatch(name) is not None


def name_in(text: str) -> str:
    """The host name somebody meant, as registries write it; "" when there is none.

    >>> name_in("https://www.Alksniai.lt/naujienos?p=1"), name_in("savivaldybė.lt")
    ('www.alksniai.lt', 'xn--savivaldyb-0mb.lt')
    >>> name_in("*.alksniai.lt"), name_in("alksniai.lt:8000")
    ('', 'alksniai.lt')
    """
    try:
        found = urlsplit(text if "//" in text else f"//{text}").hostname or ""
        found = found.encode("idna").decode() if not found.isascii() else found
    except ValueError:  # an address or a label nobody can have; UnicodeError is one, too
        return ""
    return found if is_name(found) else ""


def sources(names: list[str], is_demo: bool) -> list[str]:
    """What a policy's frame-ancestors says of these hosts: https, and for trying plain http.

    >>> sources(["www.alksniai.lt", "kaimynai.localhost"], is_demo=False)
    ['https://www.alksniai.lt', 'http://kaimynai.localhost:*']
    """
    plain = [is_demo or name.endswith(".localhost") for name in names]
    return [
        f"http://{name}:*" if is_plain else f"https://{name}"
        for name, is_plain in zip(names, plain, strict=True)
        if is_name(name)
    ]
