"""A Word file of a working group: tracked changes and comments, and its import."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from sutarta.apps.strategies.models import Import, Strategy
from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents import dump
from sutarta.formats import docx, reviewing
from tests import make
from tests.formats.docx.packages import paragraph, text, word_file

HELP = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
BETTER = "Pagalba į namus teikiama kiekvieną dieną, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
NEW = "Reikia naujo autobuso maršruto iki poliklinikos."
ASKED = "Kiek tiksliai valandų?"


def by(who: str, at: datetime, inner: str, kind: str = "ins") -> str:
    """A tracked change; its date is the hour on the wall, as Word writes it."""
    return f'<w:{kind} w:id="1" w:author="{who}" w:date="{wall(at)}">{inner}</w:{kind}>'


def wall(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M:%SZ}"


def word(at: datetime, *, said_at: datetime | None = None, more: int = 0) -> bytes:
    """HELP reworded by R. M., REST with a comment of K. L., NEW by R. M., a bold word of S. T.

    at    of the changes; said_at: of the comment, else the same
    more  further comments of K. L., and as many changes
    """
    struck = by("R. M.", at, "<w:r><w:delText>kasdien</w:delText></w:r>", "del")
    written = by("R. M.", at, text("kiekvieną dieną"))
    reworded = text("Pagalba į namus teikiama ") + struck + written
    marks = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(more + 1))
    ends = "".join(f'<w:commentRangeEnd w:id="{n}"/>' for n in range(more + 1))
    start, _quote, end = REST.partition("laisvų valandų")
    asked = text(start) + marks + text("laisvų valandų") + ends + text(end)
    look = (
        f'<w:b/><w:rPrChange w:id="9" w:author="S. T." w:date="{wall(at)}"><w:rPr/></w:rPrChange>'
    )
    body = (
        paragraph("Ko žmonėms trūksta", style="H")
        + paragraph(reworded + text(", taip pat savaitgaliais."))
        + paragraph(asked)
        + paragraph(by("R. M.", at, text(NEW)))
        + paragraph(text("Pabaiga.", look))
        + "".join(
            paragraph(by("R. M.", at, text(f"Papildoma pastraipa {n}."))) for n in range(more)
        )
    )
    said = "".join(
        f'<w:comment w:id="{n}" w:author="K. L." w:date="{wall(said_at or at)}">'
        f"<w:p>{text(ASKED if not n else f'Pastaba {n}.')}</w:p></w:comment>"
        for n in range(more + 1)
    )
    heading = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    return word_file(body, comments=said, styles=heading)


def import_(strategy: Strategy, at: datetime, **facts: Any) -> Import:
    """`word(at)` in the preview; read without the sandbox, which takes its time."""
    options = {name: facts.pop(name) for name in ("said_at", "more") if name in facts}
    data = word(at, **options)
    path = default_storage.save("originals/darbo-grupe.docx", ContentFile(data))
    kept = {"path": path, "digest": hashlib.sha256(data).hexdigest(), "size": len(data)}
    reading = docx.read(data, changes=facts.get("changes") or "accept")
    defaults = {
        "original": make.original(group=strategy.group, name="darbo-grupe.docx", **kept),
        "read": canonical_bytes(dump(reading.document)),
        "findings": [{"code": f.code, "block": f.block, "detail": {}} for f in reading.findings],
        "remarks": reviewing.dump(reading.revisions, reading.comments),
        "made_by": make.user(),
        "made_at": at + timedelta(hours=1),
    }
    strategy.imports.filter(closed_at=None).update(closed_at=at)
    return Import.objects.create(group=strategy.group, strategy=strategy, **{**defaults, **facts})
