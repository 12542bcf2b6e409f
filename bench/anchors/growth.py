"""How the cost grows with the length of a document."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from bench.anchors.material import blocks_of, tool
from sutarta.core.documents import Block, match
from sutarta.formats import blocklist

SIZES = (375, 750, 1500, 3000)
PROMISED = {1500: 0.5}  # seconds of CPU
ROUNDS = 3
SEED = 11
TEXTS = (  # joined for length: prose, statutes and tables in five languages
    "texts/lt-articles.md",
    "real_pairs/gesetze-t-tierschg-075533/new.md",
    "docx_versions/fedramp-appendix-b-v06.docx",
    "real_pairs/piano-triennale-2017-2019-to-2019-2021/new.rst",
    "real_pairs/legalize-ee-ee-264826-8e8f02/old.md",
    "real_pairs/site-policy-policies-github-terms-of-service-b6c181/old.md",
    "real_pairs/gesetze-r-rvo-bb3f01/old.md",
    "texts/lt-misc.md",
    "texts/lt-official.md",
)
PERIOD = "real_pairs/piano-triennale-2017-2019-to-2019-2021"


def report() -> None:
    print("CPU seconds, the fastest of three\n")
    print(f"{'':<44}{'old':>6}{'new':>6}{'seconds':>9}{'ms a block':>12}")
    for name, old, new in _cases():
        seconds = min(_seconds(old, new) for _ in range(ROUNDS))
        a_block = 1000 * seconds / max(len(old), len(new))
        promised = PROMISED.get(int(name.split()[0].replace(",", "")) if name[0].isdigit() else 0)
        told = f"   {seconds / promised:.2f} of {promised} s" if promised else ""
        print(f"{name:<44}{len(old):>6}{len(new):>6}{seconds:>9.2f}{a_block:>12.3f}{told}")


def _cases() -> Iterator[tuple[str, Sequence[Block], Sequence[Block]]]:
    every = _joined()
    for profile in ("medium", "heavy"):
        for size in SIZES:
            yield f"{size:,} blocks of mixed documents, {profile}", *_edited(every[:size], profile)
    form = blocks_of("docx_versions/fedramp-appendix-b-v06.docx")
    yield "a form in 75 tables, heavy", *_edited(form, "heavy")
    ends = (blocks_of(f"{PERIOD}/{side}.rst") for side in ("old", "new"))
    yield "a new plan period, hardly anything the same", *(_blocks(one) for one in ends)


def _joined() -> list[Any]:
    """Blocks of all texts, a third of each at a time, so that every size is as mixed."""
    every = [blocks_of(text) for text in TEXTS]
    for place, blocks in enumerate(every):
        for block in blocks:
            if block.table is not None:
                block.table += 1000 * place
    thirds = [
        one[len(one) * part // 3 : len(one) * (part + 1) // 3] for part in range(3) for one in every
    ]
    return [block for part in thirds for block in part[:180]] + [
        block for part in thirds for block in part[180:]
    ]


def _edited(blocks: list[Any], profile: str) -> tuple[Sequence[Block], Sequence[Block]]:
    old, new, _truth = tool("perturb").Perturber(blocks, SEED, profile).run()
    return _blocks(old), _blocks(new)


def _blocks(found: list[Any]) -> Sequence[Block]:
    rows = [
        {"id": at, "kind": one.kind, "text": one.text, "section": one.section}
        for at, one in enumerate(found)
    ]
    return blocklist.read(rows).blocks


def _seconds(old: Sequence[Block], new: Sequence[Block]) -> float:
    begun = time.process_time()
    match(old, new)
    return time.process_time() - begun
