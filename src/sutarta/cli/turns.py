"""Whose turn it is to be read: a few mailboxes at the same time, and the slow ones one by one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SLOW = 20.0  # seconds: a turn that lasted longer was slow


class Turns:
    """At most `most` turns at the same time; who waited longest since their last one goes first.

    Those whose last turn was slow share one place: however many mail servers hang, the other
    places are for the rest.
    """

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._changed = threading.Condition()
        self._waiting: list[object] = []
        self._running: dict[object, bool] = {}  # who has a turn now -> whether in the slow place
        self._ended: dict[object, float] = {}  # when their last turn ended
        self._slow: set[object] = set()

    @contextmanager
    def turn(self, whose: object) -> Iterator[None]:
        """Wait for a turn, have it, and give it back."""
        with self._changed:
            self._waiting.append(whose)
            self._changed.wait_for(lambda: self._next() == whose)
            self._waiting.remove(whose)
            self._running[whose] = whose in self._slow
            self._changed.notify_all()
        began = self._clock()
        try:
            yield
        finally:
            with self._changed:
                self._note(whose, began)
                self._changed.notify_all()

    def forget(self, whose: object) -> None:
        """Nothing is known of a mailbox that is not read any more."""
        with self._changed:
            self._ended.pop(whose, None)
            self._slow.discard(whose)

    def _next(self) -> object:
        """Who of those that wait goes next, None for nobody."""
        if len(self._running) >= self._most:
            return None
        has_slow = any(self._running.values())
        due = [one for one in self._waiting if not (has_slow and one in self._slow)]
        return min(due, key=self._waited_since, default=None)

    def _waited_since(self, whose: object) -> tuple[bool, float]:
        return whose in self._slow, self._ended.get(whose, 0.0)

    def _note(self, whose: object, began: float) -> None:
        del self._running[whose]
        self._ended[whose] = self._clock()
        if self._ended[whose] - began > SLOW:
            self._slow.add(whose)
        else:
            self._slow.discard(whose)
