"""The questions of `sutarta setup`, asked of a person or taken from flags."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sutarta.cli.stop import Stop

HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True)
class Question:
    """name: the flag; shape: what an answer must match; suggestion: taken when nothing is said."""

    name: str
    words: str
    shape: re.Pattern[str] = re.compile(r".{1,200}")
    example: str = ""
    suggestion: Callable[[Mapping[str, str]], str] = lambda _: ""


def _short(so_far: Mapping[str, str]) -> str:
    """The usual short form: „vietos veiklos grupė“ is VVG, "local action group" is LAG."""
    name = re.sub(r"(?i)vietos veiklos grupė", "VVG", so_far["group"])
    return re.sub(r"(?i)local action group", "LAG", name)[:60]


QUESTIONS = (
    Question("group", "full name of the local action group"),
    Question("short", "its short name", re.compile(r".{1,60}"), suggestion=_short),
    Question("municipality", "municipality", re.compile(r".{1,120}")),
    Question("language", "language, lt or en", re.compile(r"lt|en"), "lt", lambda _: "lt"),
    Question("host", "host name of the site", HOST, "strategija.example.lt"),
    Question("name", "the coordinator's name", re.compile(r".{1,120}")),
    Question("email", "the coordinator's e-mail address", EMAIL, "vardas@example.lt"),
)


def answers(flags: Mapping[str, object]) -> dict[str, str]:
    """Question name -> answer. Raises Stop when a flag is wrong, or missing with nobody to ask."""
    found: dict[str, str] = {}
    for question in QUESTIONS:
        flag = flags.get(question.name)
        found[question.name] = _checked(question, str(flag)) if flag else _ask(question, found)
    return found


def _checked(question: Question, answer: str) -> str:
    answer = answer.strip()
    if question.shape is HOST:
        answer = answer.lower()
    if not question.shape.fullmatch(answer):
        example = f", such as {question.example}" if question.example else ""
        raise Stop(f"--{question.name} is the {question.words}{example}, not “{answer}”.")
    return answer


def _ask(question: Question, so_far: Mapping[str, str]) -> str:
    suggestion = question.suggestion(so_far)
    if not sys.stdin.isatty():
        if suggestion:
            return suggestion
        raise Stop(f"--{question.name} is missing: the {question.words}.")
    shown = f" [{suggestion}]" if suggestion else ""
    while True:
        answer = input(f"{question.words[0].upper()}{question.words[1:]}{shown}: ") or suggestion
        try:
            return _checked(question, answer)
        except Stop as stop:
            print(stop)
