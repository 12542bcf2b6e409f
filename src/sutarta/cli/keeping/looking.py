"""What a second place holds, and getting it back from there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sutarta.cli.keeping.pieces import Damaged
from sutarta.cli.keeping.shipping import Place
from sutarta.cli.keeping.snapshots import ROWS
from sutarta.cli.keeping.states import State, Title, titles


@dataclass
class Found:
    """What there is.

    whole     states of which everything opens, oldest first
    damaged   the others, and why not, in words
    size      bytes of the pieces there are
    """

    whole: list[Title] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    size: int = 0


def look(place: Place) -> Found:
    """Open everything there is."""
    found, bad = Found(), {}
    pieces = place.pieces
    for name in pieces.all():
        found.size += pieces.size(name)
        if not pieces.is_whole(name):
            bad[name] = f"the piece {name[:12]} is damaged"
    there = set(pieces.all())
    for title in titles(place.states):
        if words := _fault(place, title, there, bad):
            found.damaged.append(f"the state of {title.made_at:%Y-%m-%d %H.%M.%S} UTC: {words}")
        else:
            found.whole.append(title)
    return found


def _fault(place: Place, title: Title, there: set[str], bad: dict[str, str]) -> str:
    try:
        names = place.read(title).names
    except Damaged as error:
        return str(error)
    missing = (f"the piece {name[:12]} is missing" for name in names if name not in there)
    return next(missing, "") or next((bad[name] for name in names if name in bad), "")


def fetch_newest(
    place: Place,
    room: Path,
    is_wanted: Callable[[State], bool],
    until: datetime | None = None,
) -> tuple[State, list[str]]:
    """Fetch the newest state that is wanted and whole; and say what is wrong with newer ones.

    until   no state made after this moment

    Raises Damaged when there is none.
    """
    faults: list[str] = []
    for title in reversed(titles(place.states)):
        if until is not None and title.made_at > until:
            continue
        shutil.rmtree(room, ignore_errors=True)
        try:
            if is_wanted(place.read(title)):
                return fetch(place, title, room), faults
        except Damaged as error:
            faults.append(f"The state of {title.made_at:%Y-%m-%d %H.%M.%S} UTC is damaged: {error}")
    raise Damaged("; ".join(faults) or "there is no such state")


def fetch(place: Place, title: Title, room: Path) -> State:
    """Put a state's files into `room`, as unpacking a backup does. Raises Damaged."""
    state, pieces = place.read(title), place.pieces
    for name, part in state.parts.items():
        # Rows stand model by model, in an order in which they can be read in: one file again.
        target = room / (state.database if name.startswith(ROWS) else name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("ab") as out:
            for piece in part.pieces:
                out.write(pieces.get(piece))
    return state
