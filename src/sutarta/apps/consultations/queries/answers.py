"""Answers as they stand at the desk: what they say together, and whom they reach."""

from __future__ import annotations

from collections.abc import Iterable

from sutarta.apps.consultations.models import Answer
from sutarta.core.canonical import digest


def content_digest(answers: Iterable[Answer]) -> str:
    """Digest of what answers say, so that one changed afterwards is noticed.

    Their submissions are asked for their numbers: select them with the answers.
    """
    said = ([one.submission.number, str(one.outcome), one.reason, list(one.changed)]
            for one in answers)  # fmt: skip
    return digest(sorted(said))
