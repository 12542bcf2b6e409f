"""The Word files of the demonstration: what their texts give, of real size, with true sums."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter

import pytest
from docx import Document
from docx.table import Table
from PIL import Image, ImageChops

from sutarta.core.documents import compare, identify, inherit
from sutarta.formats import docx
from sutarta.formats.reading import read_kind
from tests.cli.conftest import ROOT

TOOLS = ROOT / "tools" / "demo"
BUNDLED = ROOT / "src" / "sutarta" / "cli" / "demo"
NAMES = ("alksniai-1.docx", "alksniai-2.docx", "kelmyne-1.docx")
LEAST_WORDS = 12_000  # about 50 pages, as LibreOffice sets them
ACTIONS = {"6.2": 4, "6.3": 6}
LABELS = (
    "Kodėl to reikia.", "Ką darysime.", "Kam skirta.",
    "Kas įgyvendins.", "Kiek kainuos.", "Ko tikimės.",
)  # fmt: skip
OUTLINE = """
1. Kas mes esame
2. Miestas ir jo žmonės
2.1. Teritorija
2.2. Gyventojai
2.3. Darbas ir pajamos
2.4. Paslaugos ir įstaigos
2.5. Bendruomenės, verslas ir savivaldybė
3. Ko žmonėms trūksta
3.1. Vyresnių žmonių pagalba namuose
3.2. Vaikų ir jaunimo užimtumas
3.3. Žmonės su negalia
3.4. Šeimos, patiriančios sunkumų
3.5. Vieta susitikti
3.6. Darbas ir pirmoji patirtis
4. SSGG analizė
5. Poreikiai pagal svarbą
6. Tikslas, uždaviniai ir veiksmai
6.1. Tikslas
6.2. 1 uždavinys: Sutvarkyti ir visiems pritaikyti bendruomenei skirtas vietas
6.2.1. Bendruomenės namai Malūno gatvėje
6.2.2. Dienos centras vaikams ir jaunimui Ąžuolų mikrorajone
6.2.3. Įėjimai ir keltuvai, pritaikyti visiems
6.2.4. Atvira amatų dirbtuvė
6.3. 2 uždavinys: Teikti pagalbą arčiau namų ir padėti įsitraukti
6.3.1. Pagalba į namus
6.3.2. Pirmojo darbo patirtis jaunimui
6.3.3. Kaimynų savanorystė
6.3.4. Psichologo ir teisininko pagalba šeimoms
6.3.5. Skaitmeniniai įgūdžiai vyresniems
6.3.6. Socialinio verslo pradžia
7. Rodikliai
8. Finansinis planas
9. Kaip dirbsime
9.1. Valdymas
9.2. Atranka ir nešališkumas
9.3. Stebėsena ir vertinimas
9.4. Viešumas
10. Kaip strategija parengta
11. Lygios galimybės ir aplinka
1 priedas. Apklausos rezultatai
2 priedas. Susitikimų sąrašas
3 priedas. Sąvokos
""".strip().splitlines()


@pytest.fixture(scope="module")
def build():
    """The script that writes the files."""
    sys.path.insert(0, str(TOOLS))
    try:
        import build

        yield build
    finally:
        sys.path.remove(str(TOOLS))


@pytest.fixture(scope="module")
def made(build) -> dict[str, bytes]:
    """File name -> bytes, as the committed texts give them now."""
    return {source.name: source.made() for source in build.SOURCES}


@pytest.fixture(scope="module")
def readings() -> dict[str, docx.findings.Reading]:
    """File name -> the file as Sutarta reads it."""
    return {name: read_kind("docx", (BUNDLED / name).read_bytes()) for name in NAMES}


def test_the_bundled_files_are_what_the_texts_give(build, made):
    assert tuple(made) == NAMES
    for name, data in made.items():
        ours = dict(build.contents(data))
        theirs = dict(build.contents((BUNDLED / name).read_bytes()))
        assert ours.keys() == theirs.keys()
        for part, words in ours.items():
            same = _looks_like if part.endswith(".png") else bytes.__eq__
            assert same(words, theirs[part]), f"{name} {part}: run make demo-files"


def test_the_same_texts_give_the_same_bytes(build, made):
    again = build.SOURCES[0]

    assert again.made() == made[again.name]


def test_nothing_in_them_needs_looking_at(readings):
    for name, reading in readings.items():
        codes = Counter(found.code for found in reading.findings)
        assert codes == {"left_out.contents": 1}, name


def test_the_strategy_is_of_real_size(readings):
    for name in NAMES[:2]:
        blocks = readings[name].document.blocks
        assert sum(len(block.text.split()) for block in blocks) > LEAST_WORDS
        kinds = Counter(block.kind for block in blocks)
        assert (kinds["table"] > 20, kinds["figure"], kinds["footnote"] > 10) == (True, 2, True)


@pytest.mark.parametrize("name", NAMES[:2])
def test_its_outline_stands(readings, name):
    headings = [block for block in readings[name].document.blocks if block.kind == "heading"]
    shown = [f"{block.number} {block.text}" for block in headings[1:]]

    below = re.compile(r"9\.\d\.\d\. |11\.\d\. ")
    assert [words for words in shown if not below.match(words)] == OUTLINE


@pytest.mark.parametrize("name", NAMES[:2])
def test_every_action_says_the_same_six_things(readings, name):
    actions: dict[str, list[str]] = {}
    items: Counter[str] = Counter()
    number = ""
    for block in readings[name].document.blocks:
        if block.kind == "heading":
            number = block.number.strip(".") if re.match(r"6\.[23]\.\d", block.number) else ""
        elif number and block.kind == "paragraph":
            actions.setdefault(number, []).append(block.text)
        elif number:
            items[number] += 1

    assert Counter(number[:3] for number in actions) == ACTIONS
    for number, paragraphs in actions.items():
        assert [text[: len(label)] for text, label in zip(paragraphs, LABELS, strict=True)] == list(
            LABELS
        ), number
        assert 3 <= items[number] <= 6, number


def test_the_second_version_changes_in_every_way(readings):
    old, new = (readings[name].document for name in NAMES[:2])
    old = identify(old, seed="1")
    turns = Counter(str(pair.turn) for pair in compare(old, inherit(old, new, "2").document).pairs)

    assert turns["reworded"] > 60
    assert all(turns[turn] for turn in ("new", "gone", "moved", "split", "merged"))
    assert turns["kept"] > 600


@pytest.mark.parametrize("name", NAMES)
def test_the_sums_in_the_money_tables_add_up(name):
    tables = [_rows(table) for table in Document(BUNDLED / name).tables]
    money = [rows for rows in tables if re.search(r",\d\d$", rows[-1][-1])]

    assert len(money) == (1 if name.startswith("kelmyne") else 3)
    for rows in money:
        figures = [[_cents(cell) for cell in row[1:]] for row in rows if _is_figures(row)]
        *parts, total = figures
        lines = [row for row, text in zip(parts, _labels(rows), strict=False) if text]
        assert [sum(column) for column in zip(*lines, strict=True)] == total
        assert all(sum(row[:-1]) == row[-1] for row in figures)


@pytest.mark.parametrize("name", NAMES[:2])
def test_every_table_of_money_tells_the_same_total(name):
    words = [_rows(table)[-1] for table in Document(BUNDLED / name).tables]
    totals = [row[-1] for row in words if re.search(r",\d\d$", row[-1])]

    assert totals == ["1\u00a0195\u00a0000,00"] * 3


@pytest.mark.parametrize("name", NAMES[:2])
def test_what_an_action_costs_is_what_its_parts_cost(name):
    tables = [_rows(table) for table in Document(BUNDLED / name).tables]
    [parts] = [rows[1:] for rows in tables if rows[0][1:] == ["Išlaidos", "Suma"]]
    [actions] = [rows[1:-1] for rows in tables if rows[0][1:3] == ["ERPF", "ESF+"]]

    spent: Counter[str] = Counter()
    for action, _item, cents in parts[:-1]:
        spent[action[:5]] += int(cents.replace("\u00a0", "")) * 100
    assert spent == {row[0][:5]: _cents(row[-1]) for row in actions}
    assert parts[-1][-1] == "1\u00a0195\u00a0000"


def _looks_like(one: bytes, other: bytes) -> bool:
    """Whether two pictures show the same, however they are packed."""
    first, second = (Image.open(io.BytesIO(data)).convert("RGB") for data in (one, other))
    return first.size == second.size and ImageChops.difference(first, second).getbbox() is None


def _rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _is_figures(row: list[str]) -> bool:
    return all(re.fullmatch(r"–|[\d\u00a0]+,\d\d", cell) for cell in row[1:])


def _labels(rows: list[list[str]]) -> list[str]:
    """Labels of the lines a total is made of: where lines of purses follow an action, these."""
    labels = [row[0] for row in rows if _is_figures(row)]
    is_detailed = len(labels) > 20
    return ["" if is_detailed and re.match(r"\d", label) else label for label in labels]


def _cents(text: str) -> int:
    return 0 if text == "–" else int(re.sub(r"[\u00a0,]", "", text))
