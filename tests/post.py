"""Letters as people send them, for tests of what becomes of them."""

from __future__ import annotations

from email.message import EmailMessage
from email.utils import format_datetime

from tests.make import NOON

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def letter(
    words: str = "Reikia tako prie ežero.",
    *,
    sender: str = "J. B. <j.b@post.example>",
    to: str = "info+c1@alksniai.example",
    subject: str = "Dėl tako",
    message_id: str = "<a1@post.example>",
    sent_at=NOON,
    files: dict[str, tuple[str, bytes]] | None = None,
    **headers: str,
) -> bytes:
    """files: name -> media type and bytes; headers: Name_With_Lines=value."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = format_datetime(sent_at)
    if message_id:
        made["Message-ID"] = message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(words)
    for name, (kind, data) in (files or {}).items():
        main, _slash, sub = kind.partition("/")
        made.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return made.as_bytes()
