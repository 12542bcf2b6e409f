"""Two real notices of 2023: what they say can be made of data, what they leave open is filled.

The notices lie beside the checkout and are only read here; group and town are invented.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sutarta.apps.publishing import outlets
from sutarta.apps.publishing.announcing import PARTS
from tests import make
from tests.apps.publishing import announced
from tests.conftest import go_without

pytestmark = [pytest.mark.django_db, pytest.mark.data]

GUIDELINES, WITH_PROGRAMME = "Užs. Nr.", "4.7"  # by which the two are told apart
TITLE = "Alksnių miesto 2023–2027 m. vietos plėtros strategija"


@pytest.fixture(scope="module")
def seeds() -> dict[str, str]:
    """Name -> text of each notice."""
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "seeds"
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    if not found:
        go_without("The two real notices do not lie beside the checkout.")
    [first] = [text for text in found if WITH_PROGRAMME in text]
    [second] = [text for text in found if GUIDELINES in text]
    return {"first": first, "second": second}


def _quoted(text: str, pattern: str) -> str:
    """The words a notice uses for a fact, without the name of its town."""
    found = re.search(pattern, text, re.DOTALL)
    assert found, pattern
    return " ".join(re.sub(r"(?:Elektrėnų|Kupiškio) miesto ?", "", found[1]).split())


@pytest.fixture
def words(seeds) -> dict[str, str]:
    """Facts of both notices as a group would type them: programme, goals, who took part, why."""
    first, second = seeds["first"], seeds["second"]
    goal = _quoted(second, r"pagrindinis tikslas\s+[–-]\s+(.*?)\.")
    objectives = re.findall(r"^\d\) (.+)$", first, re.MULTILINE)
    return {
        "goal": goal,
        "objectives": "\n".join(objectives),
        "programme": _quoted(first, r"finansuojamas pagal (.*?)\n"),
        "involved": _quoted(first, r"parengė vietos plėtros strategiją, (.*?)\."),
        "changed": _quoted(second, r"atliko (parengtos .*?)\.\s"),
    }


@pytest.fixture
def its():
    group = make.group(
        host="alksniai.test", name="Alksnių miesto vietos veiklos grupė", notice_days=7,
        is_financed=True, project_number="10-001-P-0001",
    )  # fmt: skip
    first = make.version(strategy=make.strategy(group=group, title=TITLE))
    after = make.reworded(first, make.passage(first), "Pagalba teikiama kasdien.")
    return announced.consultation(version=after)


def _plain(said) -> str:
    return " ".join(outlets.plain(said).split())


def test_everything_they_say_can_be_said_from_data(its, words):
    text = _plain(announced.notice(its, **words))

    facts = {
        "group": "Alksnių miesto vietos veiklos grupė",
        "strategy and period": TITLE,
        "programme": "2021–2027 metų Europos Sąjungos fondų investicijų programos",
        "priority": "4 prioriteto",
        "specific objectives": "4.7 konkretų uždavinį",
        "specific objectives too": "4.9 konkretų uždavinį",
        "main goal": words["goal"],
        "involvement": "bendruomenė, nevyriausybinės organizacijos, įmonės",
        "guidelines corrected": "Vidaus reikalų ministerijos gaires",
        "deadline": "iki 2026 m. lapkričio 30 d.",
        "e-mail": "pasiulymai@alksniai.example",
        "where to read": "http://alksniai.test/c/",
    }
    assert [name for name, words in facts.items() if words not in text] == []
    assert len(words["objectives"].split("\n")) == 2
    assert all(one.rstrip(".;") in text for one in words["objectives"].split("\n"))


def test_everything_they_leave_open_is_filled(its, words, client):
    said = announced.notice(its, **words)

    text = _plain(said)

    assert "pasikeitė 1 vieta" in text and "/compare/1/" in text  # what changed
    assert "Visuotinis narių susirinkimas sausio 20 d." in text  # who decides, and when
    assert "(pirmadienio) 24.00 val., Lietuvos laiku" in text  # hour and zone
    assert re.search(r"\b[\w.]+@[\w.]+\b", text) and "[email" not in text  # readable address
    links = set(re.findall(r"http://alksniai\.test(/\S+)", text))
    opened = {link: client.get(link, headers={"host": "alksniai.test"}) for link in links}
    assert {link: answer.status_code for link, answer in opened.items()} == dict.fromkeys(
        links, 200
    )
    assert announced.codes(said) == {}


@pytest.mark.parametrize(
    ("seed", "mistakes"),
    [
        ("first", {"link.here"}),
        ("second", {"email.unreadable", "link.broken", "deadline.differs"}),
    ],
)
@pytest.mark.parametrize("part", ["closing", "elsewhere"])
def test_their_own_mistakes_are_refused(its, seeds, seed, mistakes, part):
    """Typed as the group's own words, each notice is held back for what is wrong with it."""
    assert part in PARTS
    said = announced.notice(its, changed="Pataisyta.", **{part: seeds[seed]})

    found = announced.codes(said)

    assert {code for code, severity in found.items() if severity == "REFUSE"} == mistakes


def test_a_last_day_of_theirs_that_is_not_ours_is_refused(seeds, its):
    later = announced.consultation(version=its.version, last_day=make.LAST_DAY.replace(day=29))
    until = _quoted(seeds["first"], r"(iki lapkričio 30 d\.)")

    said = announced.notice(later, changed="Pataisyta.", closing=f"Kviečiami siūlyti {until}")

    assert announced.codes(said)["deadline.differs"] == "REFUSE"
