"""States, fates and channels as the public sees them: a word, an icon and a colour together."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Mark(NamedTuple):
    """`tone` picks the colour in parts.css; the word and the icon say the same without it."""

    word: Promise
    icon: str
    tone: str = ""


STATUSES = {
    # outcomes of an answer
    "ACCEPTED": Mark(pgettext_lazy("status", "Accepted"), "check", "accepted"),
    "PARTLY": Mark(pgettext_lazy("status", "Accepted in part"), "half", "partly"),
    "NOT_ACCEPTED": Mark(pgettext_lazy("status", "Not accepted"), "cross", "declined"),
    "NOTED": Mark(pgettext_lazy("status", "Noted"), "info", "noted"),
    "OUT_OF_SCOPE": Mark(pgettext_lazy("status", "Outside the strategy"), "flag", "outside"),
    # where a submission stands
    "WAITING": Mark(pgettext_lazy("status", "Waiting for an answer"), "inbox", "waiting"),
    "BEING_CHECKED": Mark(pgettext_lazy("status", "Being checked"), "search", "waiting"),
    "CHECKING": Mark(pgettext_lazy("status", "Being checked"), "search", "waiting"),
    "LATE": Mark(pgettext_lazy("status", "Received after the deadline"), "clock", "late"),
    "WITHDRAWN": Mark(pgettext_lazy("status", "Withdrawn"), "undo", "withdrawn"),
    "ERASED": Mark(pgettext_lazy("status", "Words erased"), "eyeoff", "withdrawn"),
    "NOT_CONFIRMED": Mark(pgettext_lazy("status", "Not confirmed"), "question", "waiting"),
    "HIDDEN": Mark(pgettext_lazy("status", "Text not published"), "eyeoff", "withdrawn"),
    "REDACTED": Mark(pgettext_lazy("status", "Published, places covered"), "eyeoff", "ready"),
    "PUBLIC": Mark(pgettext_lazy("status", "Published"), "eye", "ready"),
    "DRAFT": Mark(pgettext_lazy("status", "Draft"), "pencil", "draft"),
    "PUBLISHED": Mark(pgettext_lazy("status", "Published"), "eye", "ready"),
    "SET_ASIDE": Mark(pgettext_lazy("status", "Set aside"), "flag", "outside"),
    "OVERDUE": Mark(pgettext_lazy("status", "Overdue"), "clock", "late"),
    # where a consultation stands
    "PREPARING": Mark(pgettext_lazy("status", "Being prepared"), "pencil", "draft"),
    "ANNOUNCED": Mark(pgettext_lazy("status", "Not open yet"), "calendar", "waiting"),
    "OPEN": Mark(pgettext_lazy("status", "Open"), "comment", "accepted"),
    "CLOSED": Mark(pgettext_lazy("status", "Closed, answers being prepared"), "lock", "waiting"),
    "ANSWERED": Mark(pgettext_lazy("status", "Answered"), "check", "ready"),
    # where a meeting with residents stands
    "CANCELLED": Mark(pgettext_lazy("status", "Cancelled"), "cross", "declined"),
    "ON_NOW": Mark(pgettext_lazy("status", "Going on"), "people", "accepted"),
    # whether what there is, is kept safe
    "SAFE": Mark(pgettext_lazy("status", "All well"), "check", "accepted"),
    "NOT_SAFE": Mark(pgettext_lazy("status", "Needs somebody"), "warn", "declined"),
    "NOT_SET_UP": Mark(pgettext_lazy("status", "Not yet"), "clock", "waiting"),
    # a notice seen published
    "OBLIGATORY": Mark(pgettext_lazy("status", "Obligatory"), "flag", "ready"),
    "OUTDATED": Mark(pgettext_lazy("status", "Names a former deadline"), "history", "late"),
    "AFTER_DEADLINE": Mark(
        pgettext_lazy("status", "Published after the deadline"), "warn", "declined"
    ),
    "BEFORE_ANNOUNCED": Mark(
        pgettext_lazy("status", "Published before the announcement"), "warn", "declined"
    ),
    "LENGTH_KEPT": Mark(pgettext_lazy("status", "Stands long enough"), "check", "accepted"),
    "LENGTH_SHORT": Mark(pgettext_lazy("status", "Stands too short"), "warn", "declined"),
    "RECORD_WITHDRAWN": Mark(pgettext_lazy("status", "Record withdrawn"), "undo", "withdrawn"),
    # what became of a passage in the next version
    "NEW": Mark(pgettext_lazy("status", "New"), "plus", "new"),
    "KEPT": Mark(pgettext_lazy("status", "Words unchanged"), "anchor", "ready"),
    "REWORDED": Mark(pgettext_lazy("status", "Reworded"), "pencil", "partly"),
    "NUMBERS": Mark(pgettext_lazy("status", "Only numbers differ"), "hash", "partly"),
    "MOVED": Mark(pgettext_lazy("status", "Moved"), "right", "partly"),
    "SPLIT": Mark(pgettext_lazy("status", "Split"), "split", "partly"),
    "MERGED": Mark(pgettext_lazy("status", "Merged"), "merge", "partly"),
    "GONE": Mark(pgettext_lazy("status", "No longer in the text"), "cross", "declined"),
    "DOUBTFUL": Mark(pgettext_lazy("status", "A person is still deciding"), "question", "waiting"),
}

WORK = {
    "CHECKING": Mark(pgettext_lazy("status", "To moderate"), "search", "new"),
    "WAITING": Mark(pgettext_lazy("status", "To answer"), "inbox", "waiting"),
    "DRAFT": Mark(pgettext_lazy("status", "Answer begun"), "pencil", "draft"),
    "READY": Mark(pgettext_lazy("status", "Answer ready"), "check", "ready"),
}

CHANNELS = {
    "WEB": Mark(pgettext_lazy("channel", "Website"), "web"),
    "EMAIL": Mark(pgettext_lazy("channel", "E-mail"), "mail"),
    "PAPER": Mark(pgettext_lazy("channel", "On paper"), "paper"),
    "PHONE": Mark(pgettext_lazy("channel", "By telephone"), "phone"),
    "MEETING": Mark(pgettext_lazy("channel", "At a meeting"), "people"),
    "WORKGROUP": Mark(pgettext_lazy("channel", "Working group"), "people"),
    "SURVEY": Mark(pgettext_lazy("channel", "Survey"), "chart"),
    "ELSEWHERE": Mark(pgettext_lazy("channel", "Elsewhere"), "pin"),
}
