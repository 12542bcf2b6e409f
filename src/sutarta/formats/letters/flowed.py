"""Paragraphs of plain text that the sender's program broke into lines (RFC 3676)."""

from __future__ import annotations


def joined(text: str, *, del_sp: bool = False) -> str:
    """The text with its paragraphs whole; quoted lines keep „> “ for each depth.

    del_sp   whether the space that marks a soft break is no part of the words

    >>> joined("Prašau \\nkeltuvo.\\n> Ar \\n> reikia?\\n-- \\nR. M.")
    'Prašau keltuvo.\\n> Ar reikia?\\n-- \\nR. M.'
    """
    done: list[str] = []
    open_at = -1  # depth of a paragraph that goes on, -1 for none
    for line in text.replace("\r\n", "\n").split("\n"):
        unmarked = line.lstrip(">")
        depth, words = len(line) - len(unmarked), unmarked.removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        kept = words[:-1] if flows and del_sp else words
        if open_at == depth and words != "-- ":
            done[-1] += kept
        else:
            done.append("> " * depth + kept)
        open_at = depth if flows else -1
    return "\n".join(line if line.endswith("-- ") else line.rstrip(" ") for line in done)
