"""A connection that is kept is looked at before it is used again, and costs nothing for that."""

from __future__ import annotations

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def close_if_health_check_failed(self) -> None:
        """A server that went away closed its end, which can be seen without asking it.

        Django asks `SELECT 1` before each request's first question: a tenth of all that the
        database does while many hand something in. Whatever can be read here while nobody asked
        is a farewell, or something else that Django had better look into.
        """
        if self.connection is None or self.health_check_done:
            return
        if not self.errors_occurred and _is_quiet(self.connection.fileno()):
            self.health_check_done = True
        else:
            super().close_if_health_check_failed()


def _is_quiet(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return not poll.poll(0)
