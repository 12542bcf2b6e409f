"""What is handed over and what comes back, as one line of JSON each."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sutarta.apps.consultations.actions.speaking import Words


@dataclass(frozen=True)
class Call:
    """One form sent on the website: the arguments of `speaking.submit`.

    consultation  its key
    reader        language of the page, in which a refusal is said
    """

    consultation: UUID
    words: Words
    at: datetime
    recorded_at: datetime
    request_key: str
    language: str
    network: str
    reader: str

    def packed(self) -> bytes:
        facts = vars(self) | {
            "words": vars(self.words),
            "consultation": str(self.consultation),
            "at": self.at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
        }
        return line(facts)

    @classmethod
    def unpacked(cls, said: bytes) -> Call:
        """Raises ValueError, KeyError or TypeError for what is no call."""
        facts = json.loads(said)
        words = {**facts.pop("words")}
        return cls(
            consultation=UUID(facts.pop("consultation")),
            words=Words(**words | {"for_whom": tuple(words["for_whom"])}),
            at=datetime.fromisoformat(facts.pop("at")),
            recorded_at=datetime.fromisoformat(facts.pop("recorded_at")),
            **facts,
        )


@dataclass(frozen=True)
class Answer:
    """What became of a call: stored, or refused with a sentence for the person.

    submission   key of the stored one, "" when there is none
    secret       opens the author's page
    is_new       False when the same form had been sent before
    refused      why it may not be taken, as people.access.Refused says it
    bad_words    what is wrong with the words, as speaking.BadWords says it
    failed       it went wrong here; whoever handed it over may try by themselves
    """

    submission: str = ""
    secret: str = ""
    is_new: bool = False
    refused: str = ""
    bad_words: str = ""
    failed: bool = False

    def packed(self) -> bytes:
        return line(vars(self))

    @classmethod
    def unpacked(cls, said: bytes) -> Answer:
        return cls(**json.loads(said))


def line(facts: Mapping[str, Any]) -> bytes:
    """JSON holds no bare line end, so that one marks the end of what is said."""
    return json.dumps(facts).encode() + b"\n"
