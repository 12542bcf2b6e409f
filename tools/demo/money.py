"""The money of the invented strategy: what each action costs, from which purse, in which year.

All sums are whole cents, and every table is added up from the same cells, so that rows,
columns and totals always agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

YEARS = range(2024, 2030)
PURSES = ("ES", "municipality", "own")
NAMES = {"municipality": "Savivaldybės biudžetas", "own": "Nuosavas indėlis"}


@dataclass(frozen=True)
class Action:
    """`euros` for version 1 and 2; `years` are shares of the work done in 2024–2029."""

    number: str
    name: str
    fund: str
    euros: tuple[int, int]
    years: tuple[int, ...]
    shares: tuple[int, int, int] = (800, 125, 75)  # of PURSES, per mille
    own: str = ""


ACTIONS = (
    Action(
        "6.2.1", "Bendruomenės namai Malūno gatvėje", "ERPF", (300_000, 250_000),
        (0, 3, 7, 4, 1, 0), own="Savivaldybės lėšos ir pastatas",
    ),
    Action(
        "6.2.2", "Dienos centras vaikams ir jaunimui Ąžuolų mikrorajone", "ERPF",
        (180_000, 180_000), (1, 3, 4, 2, 1, 0), own="Vykdytojo ir rėmėjų lėšos",
    ),
    Action(
        "6.2.3", "Įėjimai ir keltuvai, pritaikyti visiems", "ERPF", (90_000, 90_000),
        (0, 1, 2, 2, 1, 1), own="Įstaigų ir bendrijų lėšos",
    ),
    Action(
        "6.2.4", "Atvira amatų dirbtuvė", "ERPF", (110_000, 110_000), (0, 2, 4, 2, 1, 0),
        own="Įrankiai ir savanorių darbas",
    ),
    Action(
        "6.3.1", "Pagalba į namus", "ESF+", (160_000, 160_000), (1, 2, 3, 3, 3, 2),
        own="Vykdytojo lėšos",
    ),
    Action(
        "6.3.2", "Pirmojo darbo patirtis jaunimui", "ESF+", (100_000, 150_000),
        (1, 2, 3, 3, 3, 1), own="Įmonių mokamas priedas prie atlygio",
    ),
    Action(
        "6.3.3", "Kaimynų savanorystė", "ESF+", (60_000, 60_000), (1, 2, 2, 2, 2, 2),
        own="Savanorių darbas",
    ),
    Action(
        "6.3.4", "Psichologo ir teisininko pagalba šeimoms", "ESF+", (80_000, 80_000),
        (1, 3, 3, 3, 3, 2), own="Patalpos ir savanorių darbas",
    ),
    Action(
        "6.3.5", "Skaitmeniniai įgūdžiai vyresniems", "ESF+", (45_000, 45_000),
        (0, 2, 2, 2, 2, 1), own="Bibliotekos patalpos ir savanorių darbas",
    ),
    Action(
        "6.3.6", "Socialinio verslo pradžia", "ESF+", (70_000, 70_000), (0, 2, 3, 3, 3, 2),
        own="Dalyvių lėšos",
    ),
)  # fmt: skip

Cells = Mapping[tuple[str, str, int], int]


def cells(version: int) -> dict[tuple[str, str, int], int]:
    """(number of the action, purse, year) -> cents."""
    found = {}
    for action in ACTIONS:
        purses = split(action.euros[version - 1] * 100, action.shares)
        for purse, cents in zip(PURSES, purses, strict=True):
            for year, part in zip(YEARS, split(cents, action.years), strict=True):
                found[action.number, purse, year] = part
    return found


def split(cents: int, shares: Sequence[int]) -> list[int]:
    """Share out without losing a cent; the last share that is not nothing takes the rest.

    >>> split(100, (1, 1, 1, 0))
    [33, 33, 34, 0]
    """
    parts = [cents * share // sum(shares) for share in shares]
    last = max(place for place, share in enumerate(shares) if share)
    parts[last] += cents - sum(parts)
    return parts


def euros(cents: int) -> str:
    """As printed in the tables: "1 195 000,00", "–" for nothing."""
    whole, rest = divmod(cents, 100)
    return f"{whole:,},{rest:02}".replace(",", "\u00a0", f"{whole:,}".count(",")) if cents else "–"


def table(name: str, version: int) -> Iterator[str]:
    """Rows of the named table in the markup of markup.py."""
    found = cells(version)
    yield from TABLES[name](found)


def _sum(found: Cells, number: str = "", purses: Iterable[str] = PURSES, year: int = 0) -> int:
    return sum(
        cents
        for (action, purse, when), cents in found.items()
        if (not number or action == number) and purse in purses and (not year or when == year)
    )


def by_purse(found: Cells) -> Iterator[str]:
    yield "|| Veiksmas | ERPF | ESF+ | Savivaldybės biudžetas | Nuosavas indėlis | Iš viso |"
    for action in ACTIONS:
        funds = [
            _sum(found, action.number, ("ES",)) if fund == action.fund else 0
            for fund in ("ERPF", "ESF+")
        ]
        others = [_sum(found, action.number, (purse,)) for purse in PURSES[1:]]
        yield _line(
            f"{action.number}. {action.name}", [*funds, *others, _sum(found, action.number)]
        )
    funds = [_fund(found, fund) for fund in ("ERPF", "ESF+")]
    others = [_sum(found, purses=(purse,)) for purse in PURSES[1:]]
    yield _bold("Iš viso", [*funds, *others, _sum(found)])


def _fund(found: Cells, fund: str, year: int = 0) -> int:
    return sum(
        _sum(found, action.number, ("ES",), year) for action in ACTIONS if action.fund == fund
    )


def by_year(found: Cells) -> Iterator[str]:
    years = " | ".join(f"{year} m." for year in YEARS)
    yield f"|| Veiksmas ir lėšų šaltinis | Metai {'>' * (len(YEARS) - 1)} | Iš viso |"
    yield f"|| ^ | {years} | ^ |"
    for action in ACTIONS:
        yield _years(found, f"**{action.number}. {action.name}**", action.number, PURSES)
        for purse in PURSES:
            label = action.fund if purse == "ES" else NAMES[purse]
            yield _years(found, label, action.number, (purse,))
    totals = [_sum(found, year=year) for year in YEARS]
    yield _bold("Iš viso", [*totals, _sum(found)])


def _years(found: Cells, label: str, number: str, purses: Sequence[str]) -> str:
    sums = [_sum(found, number, purses, year) for year in YEARS]
    return _line(label, [*sums, sum(sums)])


def by_source(found: Cells) -> Iterator[str]:
    years = " | ".join(f"{year} m." for year in YEARS)
    yield f"|| Lėšų šaltinis | {years} | Iš viso |"
    for fund in ("ERPF", "ESF+"):
        sums = [_fund(found, fund, year) for year in YEARS]
        yield _line(fund, [*sums, sum(sums)])
    for purse in PURSES[1:]:
        yield _years(found, NAMES[purse], "", (purse,))
    totals = [_sum(found, year=year) for year in YEARS]
    yield _bold("Iš viso", [*totals, _sum(found)])


def own(found: Cells) -> Iterator[str]:
    yield "|| Veiksmas | Nuosavas indėlis, Eur | Kas jį sudaro |"
    for action in ACTIONS:
        cents = _sum(found, action.number, ("own",))
        yield f"| {action.number}. {action.name} | {euros(cents)} | {action.own} |"
    yield f"| **Iš viso** | **{euros(_sum(found, purses=('own',)))}** | – |"


def _line(label: str, sums: Sequence[int]) -> str:
    return f"| {label} | {' | '.join(map(euros, sums))} |"


def _bold(label: str, sums: Sequence[int]) -> str:
    return f"| **{label}** | {' | '.join(f'**{euros(cents)}**' for cents in sums)} |"


TABLES = {"by_purse": by_purse, "by_year": by_year, "by_source": by_source, "own": own}
