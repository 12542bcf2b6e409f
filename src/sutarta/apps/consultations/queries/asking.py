"""What a visitor asks of a list, read from an address and written into one."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import fields, replace
from typing import Self

from django.http import QueryDict

LONGEST = 200  # characters of one value


class Asked:
    """Base of a frozen dataclass whose fields are the names in the address, "" where not asked."""

    @classmethod
    def given(cls, query: QueryDict, known: Mapping[str, Container[str]]) -> dict[str, str]:
        """Field -> what the address says; what we do not know is left out rather than refused.

        known   field -> the values it may have; of the other fields any is taken
        """
        names = [field.name for field in fields(cls)]
        said = {name: query.get(name, "").strip()[:LONGEST] for name in names}
        return {
            name: value if name not in known or value in known[name] else ""
            for name, value in said.items()
        }

    def address(self: Self, **other: str) -> str:
        """The query string, always in the same order, without what is empty."""
        query = QueryDict(mutable=True)
        wanted = replace(self, **other)
        for field in fields(wanted):
            if value := getattr(wanted, field.name):
                query[field.name] = value
        return query.urlencode()
