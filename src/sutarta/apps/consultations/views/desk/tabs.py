"""The tabs over the list: kinds of work, tags, and the views a person keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import SavedFilter
from sutarta.apps.consultations.queries.inbox import TAG
from sutarta.apps.consultations.views.desk.asked import Asked

ALWAYS = {"moderate", "answer", "ready", "all"}
LABELS = {
    "moderate": _("To moderate"),
    "answer": _("To answer"),
    "mine": _("Mine"),
    "overdue": _("Check overdue"),
    "nobody": _("Nobody’s yet"),
    "drafts": _("Drafts"),
    "ready": _("Answer ready"),
    "questions": _("Questions"),
    "sensitive": _("Covered or hidden"),
    "late": _("Late"),
    "foreign": _("Not translated yet"),
    "unconfirmed": _("Not confirmed"),
    "aside": _("Set aside"),
    "all": _("All"),
}


@dataclass(frozen=True)
class Tabs:
    """wanted: the list that is open; counts, tags: how many each filter and each tag has."""

    wanted: Asked
    counts: dict[str, int]
    tags: dict[str, int]

    def standing(self, is_own: bool) -> list[dict[str, Any]]:
        """Everybody's, with their counts; an empty one stays hidden unless it is chosen.

        is_own   one of the person's own views is open, so none of these is
        """
        named = [(name, str(label), self.counts[name]) for name, label in LABELS.items()]
        tagged = [(f"{TAG}{name}", name, count) for name, count in self.tags.items()]
        return [
            {
                "label": label,
                "count": count,
                "current": name == self.wanted.show and not is_own,
                "is_tag": name.startswith(TAG),
                "query": Asked(name, self.wanted.words, self.wanted.sort).address,
            }
            for name, label, count in [*named, *tagged]
            if count or name in {*ALWAYS, self.wanted.show}
        ]

    def own(self, kept: SavedFilter) -> dict[str, Any]:
        """A view the person keeps; one with search words has no count: it would cost a search."""
        asked = parse_qs(kept.query)
        show = asked["show"][0]
        known = {**self.counts, **{f"{TAG}{name}": n for name, n in self.tags.items()}}
        return {
            "label": kept.name,
            "count": None if "words" in asked else known.get(show, 0),
            "current": kept.query == self.wanted.address,
            "is_own": True,
            "query": kept.query,
        }
