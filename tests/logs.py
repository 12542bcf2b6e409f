"""A group's log as somebody who may write into the database could bend it; and one without any."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sutarta.apps.ledger import actions
from sutarta.apps.ledger.models import Checkpoint, Cosignature, Entry, Log, Tile
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.tenants.models import Group
from sutarta.core import translog
from tests import make


def grow(group: Group, count: int = 1) -> Log:
    """Some acts more, put in order."""
    for number in range(count):
        actions.record("version.published", group=group, at=make.now(), version=number)
    actions.sequence_all(make.now())
    return logs.in_force(group)


def set_back(log: Log, size: int) -> None:
    """As if yesterday's snapshot had been put back without a word."""
    late = Checkpoint.objects.filter(log=log, size__gt=size)
    Cosignature.objects.filter(checkpoint__in=late).delete()
    late.delete()
    Entry.objects.filter(log=log, leaf__gte=size).delete()
    rebuild(log)


def change(log: Log, leaf: int) -> None:
    """Say in one act what it did not say, by hand and in the database alone."""
    entry = Entry.objects.get(log=log, leaf=leaf)
    act = json.loads(bytes(entry.body))
    act["facts"]["version"] = 99
    entry.body = translog.entries.canonical_bytes(act)
    entry.save(update_fields=["body"])


def rebuild(log: Log) -> Checkpoint:
    """Recompute tree and checkpoint from the entries as they are, signed with the log's key."""
    edge, tiles = translog.Edge(0, {}), {}
    for entry in Entry.objects.filter(log=log).order_by("leaf"):
        edge.append(translog.leaf_hash(proofs.leaf(entry)))
    Tile.objects.filter(log=log).delete()
    tiles = edge.touched
    Tile.objects.bulk_create(
        Tile(group=log.group, log=log, level=level, number=number, hashes=hashes)
        for (level, number), hashes in tiles.items()
    )
    log.size = edge.size
    log.save(update_fields=["size"])
    return sign(log, edge.root(), logs.signer(log))


def sign(log: Log, root: bytes, signer: translog.Signer) -> Checkpoint:
    """The newest checkpoint, signed anew."""
    Cosignature.objects.filter(checkpoint__log=log, checkpoint__size=log.size).delete()
    Checkpoint.objects.filter(log=log, size=log.size).delete()
    text = translog.Checkpoint(log.origin, log.size, root).text
    note = translog.Note(text).signed(signer.sign(text))
    return Checkpoint.objects.create(
        group=log.group, log=log, size=log.size, root=root.hex(), note=str(note),
        signed_at=make.now(),
    )  # fmt: skip


class Stand:
    """A log behind an address of its own, without a database: it can answer whatever it likes.

    answers   path under /log -> what to serve instead: bytes, a status, or a function that makes
              either
    taken     what was sent to /log/cosign
    """

    def __init__(self, origin: str = "sutarta/bandymas-1") -> None:
        self.signer = translog.Signer(origin, b"k" * 32)
        self.tree = translog.Tree()
        self.answers: dict[str, bytes | int | Callable[[], bytes | int]] = {}
        self.taken: list[bytes] = []
        self.address = ""

    @property
    def origin(self) -> str:
        return self.signer.name

    def grow(self, count: int = 1) -> None:
        self.tree.extend(b"%d" % (len(self.tree) + at) for at in range(count))

    def note(self, size: int | None = None) -> bytes:
        size = len(self.tree) if size is None else size
        text = translog.Checkpoint(self.origin, size, self.tree.root(size)).text
        return str(translog.Note(text).signed(self.signer.sign(text))).encode()

    def keys(self) -> bytes:
        one = {"origin": self.origin, "epoch": 1, "first": str(self.signer.verifier)}
        return json.dumps({"epochs": [{**one, "handovers": []}]}).encode()

    def served(self, path: str) -> bytes | int:
        """What is served at a path, as the log is or as `answers` has it."""
        if path in self.answers:
            found = self.answers[path]
            return found() if callable(found) else found
        if path == "checkpoint":
            return self.note()
        if path == "keys":
            return self.keys()
        return self._tiles().get(path, 404)

    def _tiles(self) -> dict[str, bytes]:
        found = {}
        for size in range(1, len(self.tree) + 1):
            for level, number, width in translog.tiles_of(size):
                start = number * translog.WIDTH
                row = (self.tree.lookup(level * 8, start + at) for at in range(width))
                found[translog.tile_path(level, number, width)] = b"".join(row)
        return found

    @contextmanager
    def open(self) -> Iterator[Stand]:
        stand = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                said = stand.served(self.path.removeprefix("/log/"))
                self._say(*((200, said) if isinstance(said, bytes) else (said, b"no")))

            def do_POST(self) -> None:
                stand.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
                self._say(200, b"taken\n")

            def _say(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *facts: object) -> None:
                """Not to the terminal."""

        with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self.address = f"http://127.0.0.1:{server.server_port}"
            try:
                yield self
            finally:
                server.shutdown()
