"""How a command ends early."""

from __future__ import annotations


class Stop(Exception):
    """A command cannot go on. The text is one sentence for the person at the terminal.

    code   2 when what they gave cannot be used, 1 when something else failed
    """

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code


def tame(said: object) -> str:
    """What a stranger's machine said, fit for a terminal: nothing in it steers one."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(said))
