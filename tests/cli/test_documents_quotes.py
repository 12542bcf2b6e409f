"""`sutarta documents anchors --quotes`: marked words, found in the new blocks or reported lost."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import sutarta

HOMES = "Bendruomenės namai Malūno gatvėje dirbs ir savaitgaliais, kad ateitų dirbantys žmonės."
YOUTH = "Jaunimo erdvei skiriama trečdalis visų lėšų, o jos veiklą planuoja patys jaunuoliai."
TRAIL = "Dviračių takas nuo stoties iki ežero bus apšviestas ir prižiūrimas žiemą."
RIDES = "Senjorų pavėžėjimas pas gydytoją organizuojamas kartu su savanoriais ir seniūnija."


def listed(*texts):
    return [
        {"id": at, "kind": "para", "text": text, "section": ""} for at, text in enumerate(texts)
    ]


@pytest.fixture
def ask(tmp_path):
    def ask(old, new, quotes):
        pair, file = tmp_path / "pair.json", tmp_path / "quotes.json"
        pair.write_text(json.dumps({"old": listed(*old), "new": listed(*new)}))
        file.write_text(quotes if isinstance(quotes, str) else json.dumps(quotes))
        return sutarta("documents", "anchors", "--pair", pair, "--quotes", file)

    return ask


def found(done):
    assert (done.returncode, done.stderr) == (0, "")
    return [one["found"] for one in json.loads(done.stdout)]


def test_marked_words_are_found_in_the_new_wording(ask):
    new = HOMES.replace("dirbs ir", "kitąmet dirbs ir")

    done = ask([YOUTH, HOMES], [YOUTH, new], [{"block": 1, "quote": "ateitų dirbantys"}])

    start = new.index("ateitų")
    assert found(done) == [{"block": 1, "start": start, "end": start + len("ateitų dirbantys")}]


def test_words_edited_inside_the_quote_are_still_found(ask):
    new = HOMES.replace("ir savaitgaliais", "ir šeštadieniais")
    quote = "Malūno gatvėje dirbs ir savaitgaliais, kad ateitų dirbantys žmonės"

    (place,) = found(ask([YOUTH, HOMES], [YOUTH, new], [{"block": 1, "quote": quote}]))

    words = new[place["start"] : place["end"]]
    assert words == "Malūno gatvėje dirbs ir šeštadieniais, kad ateitų dirbantys žmonės"


def test_words_taken_out_are_lost_while_the_block_stays(ask):
    new = HOMES.replace(", kad ateitų dirbantys žmonės", "")

    done = ask([YOUTH, HOMES], [YOUTH, new], [{"block": 1, "quote": "ateitų dirbantys"}])

    (said,) = json.loads(done.stdout)
    assert (said["outcome"], said["new"], said["found"]) == ("reworded", [1], None)


def test_of_words_that_stand_twice_the_surroundings_tell_which(ask):
    old = "Takas iki ežero bus šią vasarą. Kelias iki ežero bus kitą vasarą."
    new = "Asfaltuotas takas iki ežero bus šią vasarą. Kelias iki ežero bus kitą vasarą."
    quotes = [{"block": 0, "quote": "iki ežero", "before": "Kelias ", "after": " bus kitą"}]

    (place,) = found(ask([old, YOUTH], [new, YOUTH], quotes))

    assert place["start"] == new.index("iki ežero", new.index("Kelias"))


def test_after_a_split_the_part_that_holds_the_words_is_named(ask):
    quotes = [{"block": 1, "quote": "Malūno gatvėje"}, {"block": 1, "quote": "planuoja patys"}]

    first, second = found(
        ask([TRAIL, f"{HOMES} {YOUTH}", RIDES], [TRAIL, HOMES, YOUTH, RIDES], quotes)
    )

    assert (first["block"], second["block"]) == (1, 2)
    assert YOUTH[second["start"] : second["end"]] == "planuoja patys"


def test_after_a_merge_the_words_are_found_further_on(ask):
    quotes = [{"block": 2, "quote": "planuoja patys"}]

    (place,) = found(ask([TRAIL, HOMES, YOUTH, RIDES], [TRAIL, f"{HOMES} {YOUTH}", RIDES], quotes))

    assert place["block"] == 1
    assert f"{HOMES} {YOUTH}"[place["start"] : place["end"]] == "planuoja patys"


def test_words_of_a_passage_that_is_gone_are_lost(ask):
    (said,) = json.loads(ask([HOMES, YOUTH], [YOUTH], [{"block": 0, "quote": "Malūno"}]).stdout)

    assert (said["outcome"], said["new"], said["found"]) == ("gone", [], None)


@pytest.mark.parametrize(
    "quotes",
    [
        "no json", {"block": 0}, [3], [{"block": 0}], [{"block": 0, "quote": "  "}],
        [{"block": 0, "quote": 7}], [{"block": 9, "quote": "Malūno"}], [{"quote": "Malūno"}],
        [{"block": 0, "quote": "Malūno", "before": 1}],
    ],
)  # fmt: skip
def test_a_bad_file_of_quotes_is_refused_in_one_line(ask, quotes):
    done = ask([HOMES], [HOMES], quotes)

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "quotes.json" in done.stderr
