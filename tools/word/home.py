"""Are accepted wordings known again after LibreOffice has saved the file that carries them?

    python tools/word/home.py FILE.docx...

Proposes another wording for every fourth passage of each file, writes it as a tracked change
with a key and a comment, lets LibreOffice accept all changes, reject them, or only save, reads
the files again and counts: keys that came back to their passage, passages rightly seen as taken up
or not, comments known as our own. Exit status 1 when a passage is tied wrongly.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import office

from sutarta.core.documents import Block, Kind, identify
from sutarta.core.documents.proposing import is_taken_up, worded
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.docx.writing import Comment, Hand

AT = datetime(2026, 11, 22, 12, 0)  # noqa: DTZ001 - Word knows no zone
EVERY, MOST = 4, 40  # a wording for every fourth passage that takes one, at most forty a file
PUT_IN = "kasdien visiems"
KINDS = (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
DEEDS: tuple[office.Deed, ...] = ("accept", "reject", "save")


def main(paths: list[str]) -> int:
    sent: dict[str, dict[str, tuple[Block, Block]]] = {}
    files, deeds, left_out = {}, {}, 0
    for number, path in enumerate(map(Path, paths)):
        try:
            data, proposals = _sent(path.read_bytes())
        except (docx.Refused, writing.NotPatched):
            left_out += 1
            continue
        for deed in DEEDS if proposals else ():
            name = f"{number}-{deed}"
            files[name], deeds[name], sent[name] = data, deed, proposals
    made = office.settled(files, deeds)
    counts = {deed: Counter[str]() for deed in DEEDS}
    for name, data in made.items():
        counts[deeds[name]] += _compared(sent[name], data, deeds[name])
    sys.stdout.write(
        f"{len(paths)} files, {left_out} not patched, {len(files) - len(made)} not saved again\n"
    )
    for deed, count in counts.items():
        told = ", ".join(f"{n} {what}" for what, n in sorted(count.items()))
        sys.stdout.write(f"{deed}: {told}\n")
    return int(any(count["tied wrongly"] for count in counts.values()))


def _sent(data: bytes) -> tuple[bytes, dict[str, tuple[Block, Block]]]:
    """The file with its wordings, and key -> the passage before and as proposed."""
    old = identify(docx.read(data).document, "home")
    fitting = [b for b in old.blocks if b.kind in KINDS and len(b.text.split()) > 3][::EVERY]
    blocks = {block.id: worded(block, _other(block.text)) for block in fitting[:MOST]}
    made = {id: words[0] for id, words in blocks.items() if len(words) == 1}
    new = replace(old, blocks=tuple(made.get(block.id, block) for block in old.blocks))
    keys = {id: f"p/{number}" for number, id in enumerate(made, start=1)}
    hands = {id: Hand(f"Gyventojas, Nr. {keys[id][2:]}", AT, keys[id]) for id in made}
    comments = {
        id: [Comment((f"Nr. {key[2:]}: atsižvelgta.",), "VVG", AT, key)] for id, key in keys.items()
    }
    tracked = writing.track(data, old, new, hand=Hand("VVG", AT), hands=hands, comments=comments)
    before = {block.id: block for block in old.blocks}
    return tracked, {key: (before[id], made[id]) for id, key in keys.items()}


def _other(text: str) -> str:
    """Another wording: the third word struck, two words written after the last but one."""
    words = text.split(" ")
    return " ".join([*words[:2], *words[3:-1], PUT_IN, words[-1]])


def _compared(sent: dict[str, tuple[Block, Block]], data: bytes, deed: office.Deed) -> Counter[str]:
    found = Counter[str]()
    try:
        reading = docx.read(data)
    except docx.Refused:
        return Counter({"files it emptied": 1})
    if deed != "save" and reading.revisions:
        return Counter({"files it would not settle": 1})  # the author forbade it
    found["wordings"] = len(sent)
    found["own comments"] = sum(one.initials.startswith("p/") for one in reading.comments)
    back = _back(reading)
    for key, (old, proposed) in sent.items():
        texts = back.get(key, [])
        found["keys back"] += bool(texts)
        text = "\n".join(texts)
        taken = is_taken_up(old.text, proposed.text, text) if texts else False
        found["tied"] += taken
        found["tied wrongly"] += taken and PUT_IN not in text
        found["missed"] += not taken and deed != "reject"
    return found


def _back(reading: docx.Reading) -> dict[str, list[str]]:
    """Key -> words of the passages that bear it: by bookmark, or by a comment of ours."""
    places = {(key, place) for place, keys in reading.keys.items() for key in keys}
    for one in reading.comments:
        if one.block is not None and one.initials.startswith("p/"):
            places.add((one.initials, one.block))
    found: dict[str, list[str]] = {}
    for key, place in sorted(places):
        found.setdefault(key, []).append(reading.document.blocks[place].text)
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
