"""Which list of submissions somebody looks at: filter, search and order, from the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import inbox as queries

NEWEST, OLDEST = "new", "old"


@dataclass(frozen=True)
class Asked:
    """show: name of a filter; words: of the search; sort: new or old."""

    show: str
    words: str
    sort: str

    @property
    def query(self) -> str:
        """For addresses, with "&" at its end."""
        return f"{self.address}&"

    @property
    def address(self) -> str:
        """The same alone, alike for every way of asking for the same list."""
        return urlencode(self.fields)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The same for the hidden fields of a form."""
        words = [("words", self.words)] if self.words else []
        sort = [("sort", self.sort)] if self.sort != NEWEST else []
        return [("show", self.show), *words, *sort]


def asked(request: HttpRequest, first: str = queries.FIRST) -> Asked:
    """What the address asks for; nonsense is the `first` filter, newest on top."""
    show = request.GET.get("show", "")[:60]
    is_known = show in queries.filters(request.group, request.user, request.at)
    return Asked(
        show=show if is_known or show.startswith(queries.TAG) else first,
        words=request.GET.get("words", "").replace("\0", "")[:100],
        sort=OLDEST if request.GET.get("sort") == OLDEST else NEWEST,
    )


def found(request: HttpRequest, wanted: Asked) -> QuerySet[Submission]:
    """What the list holds, in its order."""
    known = queries.filters(request.group, request.user, request.at)
    rows = queries.found(request.group, wanted.show, wanted.words, known)
    return rows.order_by("number") if wanted.sort == OLDEST else rows
