"""Receipts of a log that is made in memory, and how a site or a folder would show that log."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sutarta.core import translog
from sutarta.core.canonical import fingerprint

START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ORIGIN = "sutarta/alksniu-vvg-00000000"
SALTS = {"text": bytes([1]) * 32, "author": bytes([2]) * 32, "contact": bytes([3]) * 32}


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def signer(number: int = 1, origin: str = ORIGIN, kind: int = 1) -> translog.Signer:
    return translog.Signer(origin, bytes([number]) * 32, kind)


def act(event: str, number: int, at: datetime = START, **facts: Any) -> dict[str, Any]:
    return {
        "schema": "sutarta.entry/1",
        "id": f"00000000-0000-7000-8000-{number:012}",
        "event": event,
        "at": instant(at),
        "about": f"p/{number}",
        "facts": {"number": number, **facts},
    }


@dataclass
class MadeLog:
    """Acts in order, signed; `files` is what the site shows, path by path."""

    key: translog.Signer = field(default_factory=signer)
    origin: str = ORIGIN
    leaves: list[bytes] = field(default_factory=list)
    handovers: list[str] = field(default_factory=list)
    first: str = ""
    witnesses: dict[str, translog.Signer] = field(default_factory=dict)
    began: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self.first = self.first or str(self.key.verifier)

    def take(self, said: dict[str, Any], at: datetime = START) -> int:
        self.leaves.append(translog.leaf_bytes(said, instant(at)))
        return len(self.leaves) - 1

    def fill(self, count: int, at: datetime = START) -> None:
        for _one in range(count):
            self.take(act("version.published", 900_000 + len(self.leaves)), at)

    @property
    def tree(self) -> translog.Tree:
        return translog.Tree(self.leaves)

    def rotate(self, number: int) -> None:
        fresh = signer(number, self.origin)
        text = translog.Handover(self.origin, fresh.verifier).text
        self.handovers.append(str(translog.Note(text).signed(self.key.sign(text))))
        self.key = fresh

    def checkpoint(self) -> str:
        text = translog.Checkpoint(self.origin, len(self.leaves), self.tree.root()).text
        note = translog.Note(text).signed(self.key.sign(text))
        seconds = int(START.timestamp()) + 60
        for one in self.witnesses.values():
            note = note.signed(one.sign(text, seconds))
        return str(note)

    def promise(self, said: dict[str, Any], at: datetime = START) -> str:
        text = translog.Promise(self.origin, translog.act_digest(said), instant(at)).text
        return str(translog.Note(text).signed(self.key.sign(text)))

    def place(self, leaf: int) -> dict[str, Any]:
        return {
            "origin": self.origin,
            "leaf": leaf,
            "sequenced_at": json.loads(self.leaves[leaf])["sequenced_at"],
            "path": [b64encode(one).decode() for one in self.tree.inclusion(leaf)],
        }

    def told(self) -> dict[str, Any]:
        """As a receipt tells of it."""
        return {
            "origin": self.origin,
            "key": self.first,
            "handovers": self.handovers,
            "checkpoint": self.checkpoint() if self.leaves else "",
            "witnesses": [
                {"name": name, "key": str(one.verifier)} for name, one in self.witnesses.items()
            ],
        }

    def epoch(self, number: int) -> dict[str, Any]:
        return {
            "origin": self.origin, "epoch": number, "first": self.first,
            "handovers": self.handovers, "began": self.began,
        }  # fmt: skip

    def files(self, prefix: str = "") -> dict[str, bytes]:
        """The log as tlog-tiles."""
        size, tree = len(self.leaves), self.tree
        shown = {f"{prefix}checkpoint": self.checkpoint().encode()}
        for level, number, width in translog.tiles_of(size):
            start = number * translog.WIDTH
            row = [tree.lookup(8 * level, start + column) for column in range(width)]
            shown[prefix + translog.tile_path(level, number, width)] = b"".join(row)
            if level == 0:
                bundle = translog.pack_entries(self.leaves[start : start + width])
                shown[prefix + translog.entries_path(number, width)] = bundle
        return shown

    def shown(self, *former: MadeLog) -> dict[str, bytes]:
        """What the site shows, former epochs included."""
        epochs = [one.epoch(number) for number, one in enumerate([*former, self], start=1)]
        files = self.files() | {"keys": json.dumps({**epochs[-1], "epochs": epochs}).encode()}
        for number, one in enumerate(former, start=1):
            files |= one.files(f"{number}/")
        return files


@dataclass
class Spoken:
    """A submission in a made log, with all that its receipt holds."""

    log: MadeLog
    number: int = 65
    body: str = "Reikia suolelių prie ežero."
    at: datetime = START
    texts: list[dict[str, Any]] = field(default_factory=list)
    acts: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.author = self._part("author", {"schema": "sutarta.author/1", "name": "J. B."})
        self.contact = self._part("contact", {"schema": "sutarta.contact/1", "email": ""})
        self.say(self.body, "submission.received", author=self.author["digest"],
                 contact=self.contact["digest"])  # fmt: skip

    def say(self, body: str, event: str = "submission.corrected", **facts: str) -> None:
        revision = len(self.texts) + 1
        content = {"schema": "sutarta.submission/1", "number": self.number, "body": body,
                   "revision": revision}  # fmt: skip
        part = self._part("text", content)
        self.texts.append(part)
        self.happen(event, digest=part["digest"], **facts)

    def happen(self, event: str, **facts: Any) -> None:
        said = act(event, self.number, self.at, **facts)
        self.acts.append({"act": said, "promise": self.log.promise(said, self.at), "place": None})

    def take_in(self, at: datetime | None = None) -> Spoken:
        """The log takes in what it has promised."""
        for one in self.acts:
            if one["place"] is None:
                leaf = self.log.take(one["act"], at or self.at + timedelta(seconds=1))
                one["place"] = {"leaf": leaf}
        return self

    def receipt(self) -> dict[str, Any]:
        for one in self.acts:
            if one["place"] is not None:
                one["place"] = self.log.place(one["place"]["leaf"])
        said = {
            "schema": "sutarta.receipt/2",
            "group": "Alksnių miesto VVG",
            "number": self.number,
            "code": translog.short_code(translog.act_digest(self.acts[0]["act"])),
            "texts": self.texts,
            "author": self.author,
            "contact": self.contact,
            "acts": self.acts,
            "logs": [self.log.told()],
            "address": "https://alksniai.example/log",
            "help": "",
        }
        return json.loads(json.dumps(said))

    @staticmethod
    def _part(name: str, content: dict[str, Any]) -> dict[str, Any]:
        salt = SALTS[name]
        return {"digest": fingerprint(salt, content), "salt": salt.hex(), "content": content}


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """The files of a log in a folder."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder
