"""The frame of a letter in simple HTML: one column, the reader's own font, no pictures."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Styles stand here and not in templates: a page may have none of its own, a letter has no other.
LOOK = "margin:0 auto;padding:1em;max-width:36em;font:1em/1.5 system-ui,sans-serif"


def framed(title: str, body: str, language: str) -> SafeString:
    """The whole letter around `body`, HTML that escapes what people wrote.

    Without colours and widths of its own it is read on any telephone, light or dark.
    """
    return format_html(
        '<!DOCTYPE html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<title>{}</title>\n</head>\n'
        '<body>\n<main style="{}">\n{}\n</main>\n</body>\n</html>\n',
        language,
        title,
        LOOK,
        mark_safe(body),  # noqa: S308 - rendered by our own template
    )
