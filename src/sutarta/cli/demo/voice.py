"""One thing somebody said in the invented town, and what the desk did with it."""

from __future__ import annotations

from dataclasses import dataclass

from sutarta.apps.consultations.models import Channel, Kind, Outcome


@dataclass(frozen=True)
class Voice:
    """One thing somebody said.

    day           days after the draft was published; it also names the voice
    passage       how the passage begins; "" for none, "*" for the longest one
    replace       for a suggested wording: (words of the passage, words instead)
    shown         whether the desk has looked at it; covered: words that were covered, "" for none
    despite       why it is published although it may point to somebody
    aside         why it was set aside, "" when it was not
    question      the published answer to a question
    answer        outcome and reason, published with all others; draft: not published yet
    like          day of the voice it says the same as
    supports      how many others agree
    phone, post   how to reach somebody without e-mail
    place, link   where it was said when it was not said to us
    minutes_late  how long after the deadline it came; late: why it is taken all the same
    """

    kind: Kind
    day: float
    body: str = ""
    passage: str = ""
    replace: tuple[str, str] = ("", "")
    why: str = ""
    author: str = ""
    organisation: str = ""
    channel: Channel = Channel.WEB
    shown: bool = True
    covered: str = ""
    despite: str = ""
    aside: str = ""
    question: str = ""
    answer: tuple[Outcome, str] | None = None
    draft: tuple[Outcome, str] | None = None
    like: float = 0
    supports: int = 0
    phone: str = ""
    post: str = ""
    place: str = ""
    link: str = ""
    minutes_late: int = 0
    late: str = ""
