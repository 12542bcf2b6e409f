"""Anchors measured on real documents with known edits; the floors are what was reached.

Right, false and missed are defined by the scorer that lies beside the documents.
"""

import importlib.util
import json
import sys
from collections import Counter, defaultdict

import pytest

from sutarta.core.documents import Block, Cell, Kind, Outcome, Span, match

pytestmark = [
    pytest.mark.data,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # the scripts there leave files open
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

KINDS = {"heading": Kind.HEADING, "para": Kind.PARAGRAPH, "li": Kind.ITEM}
LEFT_OUT = ("piano-triennale-2017", "appendix-b")  # large; the latter has a test of its own


@pytest.fixture(scope="module")
def documents(shared_data):
    return shared_data / "documents"


@pytest.fixture(scope="module")
def perturb(documents):
    return tool(documents, "perturb")


@pytest.fixture(scope="module")
def evaluate(documents):
    return tool(documents, "evaluate")


def tool(folder, name):
    """A script that lies beside the documents, as a module."""
    spec = importlib.util.spec_from_file_location(f"shared_{name}", folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    spec.loader.exec_module(module)
    sys.dont_write_bytecode = written
    return module


def to_blocks(found):
    """Our blocks, and for each of theirs its position among ours."""
    blocks, places, table = [], [], None
    for one in found:
        if one.kind == "row":
            if one.table != table:
                blocks.append(Block(Kind.TABLE))
            cells = tuple(Cell(((Span(cell),),)) for cell in one.cells)
            block = Block(Kind.ROW, cells=cells)
        else:
            block = Block(KINDS[one.kind], (Span(one.text),), level=one.level)
        table = one.table if one.kind == "row" else None
        places.append(len(blocks))
        blocks.append(block)
    return blocks, places


def predict(old, new):
    """Their old id -> their new id, or None for gone and doubtful."""
    (old_blocks, old_places), (new_blocks, new_places) = to_blocks(old), to_blocks(new)
    back = {place: number for number, place in enumerate(new_places)}
    fates = match(old_blocks, new_blocks)
    return {
        number: back.get(fates[place].new[0]) if fates[place].new else None
        for number, place in enumerate(old_places)
    }


def triple(perturb, documents, folder, wanted):
    """Old blocks, new blocks and the truth between them."""
    source = documents / wanted["file"]
    truth = perturb.make(
        str(source), str(folder), wanted["seed"], wanted["profile"], None, wanted["max_blocks"]
    )
    end = "docx" if (folder / "old.docx").exists() else "md"
    old, new = (perturb.load(str(folder / f"{side}.{end}"))[0] for side in ("old", "new"))
    return old, new, truth


def percent(counts):
    return {name: 100 * counts[name] / sum(counts.values()) for name in counts}


def test_hard_blocks_are_found_again_and_hardly_one_falsely(documents, perturb, evaluate, tmp_path):
    hard, by_edit = Counter(), defaultdict(Counter)
    for number, wanted in enumerate(json.loads((documents / "synthetic.json").read_text())):
        if any(name in wanted["file"] for name in LEFT_OUT):
            continue
        old, new, truth = triple(perturb, documents, tmp_path / str(number), wanted)
        _, found, edits = evaluate.score(truth, predict(old, new))
        hard.update(found)
        for edit, counts in edits.items():
            by_edit[edit].update(counts)

    assert sum(hard.values()) > 2000
    assert percent(hard)["right"] >= 97.0
    assert percent(hard)["false"] <= 0.5
    assert percent(by_edit["deleted"])["right"] >= 98.0


def test_a_large_form_full_of_look_alikes_is_matched(documents, perturb, evaluate, tmp_path):
    name = "docx_versions/fedramp-appendix-b-v06.docx"
    wanted = {"file": name, "seed": 132, "profile": "tables", "max_blocks": None}
    old, new, truth = triple(perturb, documents, tmp_path, wanted)

    predicted = predict(old, new)
    _, hard, _ = evaluate.score(truth, predicted)

    assert percent(hard)["right"] >= 95.0


def test_pairs_labelled_by_hand_hold_no_false_anchor(documents, perturb):
    pairs = defaultdict(list)
    for label in json.loads((documents / "labels.json").read_text())["labels"]:
        pairs[label["pair"]].append(label)
    verdicts = Counter()
    for pair, labels in pairs.items():
        folder = documents / pair
        end = next(end for end in ("md", "rst", "docx") if (folder / f"old.{end}").exists())
        old, new = (perturb.load(str(folder / f"{side}.{end}"))[0] for side in ("old", "new"))
        predicted = predict(old, new)
        verdicts.update(verdict(predicted[label["old"]], label["new"]) for label in labels)

    assert verdicts == {"right": 20, "missed": 1}


def verdict(found, wanted):
    if found in wanted or (found is None and not wanted):
        return "right"
    return "missed" if found is None else "false"


def test_a_new_plan_period_leaves_most_comments_orphaned(documents, perturb):
    folder = documents / "real_pairs" / "piano-triennale-2017-2019-to-2019-2021"
    old, new = (to_blocks(perturb.load(str(folder / f"{s}.rst"))[0])[0] for s in ("old", "new"))

    outcomes = Counter(fate.outcome for fate in match(old, new))

    assert outcomes[Outcome.GONE] / len(old) > 0.7
