"""What a receipt proves: by itself, and beside the log as it is shown now."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core import translog
from sutarta.core.translog import compare, examine
from sutarta.core.translog.examining import fingerprint_of
from sutarta.core.translog.notes import COSIGNATURE
from sutarta.core.translog.receipts import FAILED, KEPT, UNCHECKED, read
from tests.receipts import ORIGIN, START, MadeLog, Spoken, act, instant, signer

LATER = START + timedelta(hours=1)


@pytest.fixture
def log() -> MadeLog:
    made = MadeLog()
    made.fill(5)
    return made


@pytest.fixture
def spoken(log: MadeLog) -> Spoken:
    return Spoken(log).take_in()


def codes(findings, state: str = "") -> set[str]:
    return {one.code for one in findings if state in {"", one.state}}


def against(said, files, now=LATER, **more):
    return compare(read(said), files.get, now, **more)


def test_a_receipt_proves_words_author_promise_and_place(spoken):
    found = examine(spoken.receipt())

    assert codes(found, FAILED) == set()
    assert codes(found, KEPT) == {
        "number_agrees", "code_fits", "text_opens", "author_opens", "contact_opens",
        "promise_signed", "included", "checkpoint_signed",
    }  # fmt: skip
    assert codes(found, UNCHECKED) == {"key_unknown", "not_witnessed"}


def test_before_the_log_took_it_in_a_receipt_holds_a_promise(log):
    found = examine(Spoken(log).receipt(), log.key.verifier)

    assert codes(found, FAILED) == set()
    assert "waiting" in codes(found, UNCHECKED)
    assert {"promise_signed", "key_trusted"} <= codes(found, KEPT)


def test_corrections_and_a_withdrawal_have_their_own_proofs(spoken):
    spoken.say("Reikia suolelių ir šiukšliadėžių.")
    spoken.happen("submission.withdrawn")
    spoken.take_in()

    found = examine(spoken.receipt())

    assert codes(found, FAILED) == set()
    assert [one.facts["revision"] for one in found if one.code == "text_opens"] == [1, 2]
    assert sum(one.code == "included" for one in found) == 3


def test_what_was_erased_stays_closed_and_every_proof_holds(spoken):
    said = spoken.receipt()
    digests = [said["texts"][0]["digest"], said["author"]["digest"]]
    said["texts"] = [{"digest": digests[0], "closed": "erased"}]
    said["author"] = {"digest": digests[1], "closed": "erased"}

    found = examine(said)

    assert codes(found, FAILED) == set()
    assert {"text_closed", "author_closed"} <= codes(found, UNCHECKED)
    assert "included" in codes(found, KEPT)


def test_a_witness_is_named_with_its_time(spoken):
    spoken.log.witnesses["Alksnių biblioteka"] = signer(9, "biblioteka", COSIGNATURE)

    found = examine(spoken.receipt())

    (one,) = [one for one in found if one.code == "witnessed"]
    assert one.facts == {"name": "Alksnių biblioteka", "at": "2026-11-22T10:01:00+00:00"}


def _changed(said, *path_and_value):
    *path, last, value = path_and_value
    place = said
    for step in path:
        place = place[step]
    place[last] = value(place[last]) if callable(value) else value
    return said


ATTACKS = {
    "another letter": (("texts", 0, "content", "body", "Reikia suoleliu"), "text_differs"),
    "another salt": (("texts", 0, "salt", "00" * 32), "text_differs"),
    "a salt too short": (("texts", 0, "salt", "00"), "text_differs"),
    "another author": (("author", "content", "name", "K. K."), "author_differs"),
    "another contact": (("contact", "content", "email", "x@y.example"), "contact_differs"),
    "another number outside": (("number", 66), "number_differs"),
    "another number inside": (("texts", 0, "content", "number", 66), "number_differs"),
    "another number in the act": (("acts", 0, "act", "facts", "number", 66), "number_differs"),
    "another page": (("acts", 0, "act", "about", "p/66"), "number_differs"),
    "back-dated": (("acts", 0, "act", "at", instant(START - timedelta(days=9))), "not_included"),
    "taken in earlier": (
        ("acts", 0, "place", "sequenced_at", instant(START - timedelta(days=9))), "not_included",
    ),
    "another place": (("acts", 0, "place", "leaf", 4), "not_included"),
    "no path": (("acts", 0, "place", "path", []), "not_included"),
    "another code": (("code", "0000-0000-0000-0000"), "code_differs"),
    "no acts": (("acts", []), "code_differs"),
    "one text less": (("texts", []), "texts_missing"),
    "a digest put in its place": (("texts", 0, "digest", "00" * 32), "text_not_named"),
    "a promise of nothing": (("acts", 0, "promise", "promise\n"), "promise_forged"),
    "another checkpoint": (
        ("logs", 0, "checkpoint", lambda was: was.replace("\n6\n", "\n7\n")), "checkpoint_forged",
    ),
    "another log's key": (
        ("logs", 0, "key", str(signer(7, "another/log").verifier)), "keys_broken",
    ),
    "another key": (("logs", 0, "key", str(signer(7).verifier)), "checkpoint_forged"),
    "a handover of nobody": (("logs", 0, "handovers", ["x"]), "keys_broken"),
    "no log": (("logs", []), "not_included"),
    "a witness who did not sign": (
        ("logs", 0, "witnesses", [{"name": "B", "key": str(signer(9, "b", COSIGNATURE).verifier)}]),
        "witness_forged",
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_changed_in_a_receipt_is_named(spoken, attack):
    change, code = ATTACKS[attack]

    found = examine(_changed(spoken.receipt(), *change))

    assert code in codes(found, FAILED)


def test_a_promise_of_another_act_is_named(spoken):
    said = spoken.receipt()
    said["acts"][0]["promise"] = spoken.log.promise(act("submission.received", 66))

    assert "promise_other" in codes(examine(said), FAILED)


def test_a_corrected_text_cannot_take_the_place_of_the_first(spoken):
    spoken.say("Nieko nereikia.")
    spoken.take_in()
    said = spoken.receipt()
    said["texts"].reverse()

    assert codes(examine(said), FAILED) == {"text_not_named"}


def test_the_printed_key_is_compared_and_keys_after_it_count(spoken):
    first = spoken.log.key.verifier
    spoken.log.rotate(2)
    second = spoken.log.key.verifier
    fresh = Spoken(spoken.log, number=66).take_in()

    assert "key_trusted" in codes(examine(fresh.receipt(), first), KEPT)
    assert "key_trusted" in codes(examine(fresh.receipt(), second), KEPT)
    assert "key_trusted" in codes(examine(fresh.receipt(), fingerprint_of(second)), KEPT)
    assert "key_handed_on" in codes(examine(fresh.receipt(), second), KEPT)
    assert "key_older" in codes(examine(spoken.receipt(), second), UNCHECKED)
    assert "key_other" in codes(examine(fresh.receipt(), signer(7).verifier), FAILED)


def test_the_log_has_grown(spoken):
    said = spoken.receipt()
    spoken.log.fill(600)

    found = against(said, spoken.log.shown())

    assert [(one.code, one.state) for one in found] == [("log_extends", KEPT)]
    assert found[0].facts == {"was": 6, "size": 606}


def test_the_log_has_grown_and_has_another_key(spoken):
    said = spoken.receipt()
    spoken.log.rotate(2)
    spoken.log.fill(3)

    assert codes(against(said, spoken.log.shown())) == {"log_extends"}


def test_a_promise_is_found_kept_in_the_log(log):
    spoken = Spoken(log)
    said = spoken.receipt()
    spoken.take_in()
    log.fill(700)

    found = against(said, log.shown())

    assert codes(found, KEPT) == {"log_extends", "promise_fulfilled"}
    assert codes(found) == codes(found, KEPT)


@pytest.mark.parametrize(
    ("minutes", "code", "state"),
    [(5, "promise_waits", UNCHECKED), (11, "promise_broken", FAILED)],
)
def test_a_promise_that_was_not_kept_is_a_failure_after_ten_minutes(log, minutes, code, state):
    said = Spoken(log).receipt()
    log.fill(3)

    found = against(said, log.shown(), START + timedelta(minutes=minutes))

    assert (code, state) in [(one.code, one.state) for one in found]


def test_yesterday_put_back_is_named(spoken):
    said = spoken.receipt()
    del spoken.log.leaves[3:]

    found = against(said, spoken.log.shown())

    assert [(one.code, one.state) for one in found] == [("log_smaller", FAILED)]


def test_a_copy_may_be_older_than_the_receipt(spoken, log):
    said, waiting = spoken.receipt(), Spoken(log, number=66).receipt()
    del spoken.log.leaves[3:]
    files = spoken.log.shown()

    assert codes(against(said, files, is_live=False), UNCHECKED) == {"copy_older"}
    assert "promise_not_in_copy" in codes(against(waiting, files, is_live=False), UNCHECKED)


@pytest.mark.parametrize("more", [0, 1, 300])
def test_a_fork_with_the_very_key_is_named(spoken, more):
    said = spoken.receipt()
    spoken.log.leaves[2] = translog.leaf_bytes(act("version.withheld", 1), instant(START))
    spoken.log.fill(more)

    found = against(said, spoken.log.shown())

    assert codes(found, FAILED) == {"log_forked"}


def test_a_dropped_submission_is_named_though_the_log_grew(spoken):
    said = spoken.receipt()
    del spoken.log.leaves[5]
    spoken.log.fill(10)

    assert codes(against(said, spoken.log.shown()), FAILED) == {"log_forked"}


def test_another_log_at_the_same_address_is_named(spoken):
    said = spoken.receipt()
    other = MadeLog(signer(4, "sutarta/other"), "sutarta/other")
    other.fill(9)

    assert codes(against(said, other.shown()), FAILED) == {"log_other"}


def test_a_log_signed_by_a_key_nobody_handed_on_to_is_named(spoken):
    said = spoken.receipt()
    spoken.log.key = signer(8)

    assert codes(against(said, spoken.log.shown()), FAILED) == {"log_forged"}


def test_handovers_told_in_another_way_are_named(spoken):
    spoken.log.rotate(2)
    said = Spoken(spoken.log, number=66).take_in().receipt()
    spoken.log.handovers = []
    spoken.log.key = signer(1)
    spoken.log.rotate(3)

    assert codes(against(said, spoken.log.shown()), FAILED) == {"log_keys_broken"}


def _after_a_loss(spoken: Spoken) -> MadeLog:
    """A second epoch that says what the first one lost."""
    lost = spoken.log.checkpoint()
    del spoken.log.leaves[3:]
    second = MadeLog(signer(5, f"{ORIGIN}/2"), f"{ORIGIN}/2")
    text = translog.Handover(ORIGIN, second.key.verifier).text
    note = str(translog.Note(text).signed(spoken.log.key.sign(text)))
    told = [{"origin": ORIGIN, "size": 6, "checkpoint": lost}]
    second.began = act("log.epoch_opened", 1, former=ORIGIN, lost=told, handover=note)
    second.take(second.began)
    return second


def test_a_loss_that_the_log_names_is_told_as_that(spoken):
    said = spoken.receipt()
    second = _after_a_loss(spoken)

    found = against(said, second.shown(spoken.log))

    assert codes(found, FAILED) == {"lost_openly"}
    assert "epoch_ended" in codes(found, KEPT)


def test_a_promise_may_be_kept_in_the_epoch_after(spoken):
    waiting = Spoken(spoken.log, number=66)
    said = waiting.receipt()
    second = _after_a_loss(spoken)
    second.take(waiting.acts[0]["act"], START + timedelta(hours=2))

    found = against(said, second.shown(spoken.log), LATER + timedelta(hours=3))

    assert "promise_fulfilled" in codes(found, KEPT)


def test_an_epoch_that_nobody_handed_on_to_keeps_no_promise(spoken):
    waiting = Spoken(spoken.log, number=66)
    said = waiting.receipt()
    second = _after_a_loss(spoken)
    second.began["facts"]["handover"] = "nothing"
    second.take(waiting.acts[0]["act"])

    found = against(said, second.shown(spoken.log))

    assert "promise_broken" in codes(found, FAILED)


def test_silence_is_not_a_failure_but_garbage_is(spoken):
    def silent(path: str) -> bytes:
        raise TimeoutError("no answer")

    said = spoken.receipt()
    spoken.log.fill(3)
    files = spoken.log.shown()
    torn = {path: content[:-1] if "tile" in path else content for path, content in files.items()}

    found = compare(read(said), silent, LATER)
    assert [(one.code, one.state) for one in found] == [("log_unreachable", UNCHECKED)]
    assert codes(against(said, {}), FAILED) == {"log_not_there"}
    assert codes(against(said, torn), FAILED) == {"log_unreadable"}
    assert codes(against(said, files | {"checkpoint": b"\xff"}), FAILED) == {"log_forged"}
    assert codes(against(said, files | {"keys": b"[" * 9_000}), FAILED) == set()


def test_a_log_that_shows_nothing_may_be_young_but_not_for_long():
    said = Spoken(MadeLog()).receipt()

    assert codes(against(said, {}, START + timedelta(minutes=9)), UNCHECKED) == {"log_empty"}
    assert codes(against(said, {}, START + timedelta(minutes=10)), FAILED) == {"log_not_there"}


def test_entries_that_do_not_fit_the_tree_are_named(log):
    spoken = Spoken(log)
    said = spoken.receipt()
    log.fill(2)
    files = log.shown()
    pretended = translog.leaf_bytes(spoken.acts[0]["act"], instant(START))
    bundle = translog.pack_entries([*log.leaves[:-1], pretended])

    found = against(said, files | {translog.entries_path(0, 7): bundle})

    assert codes(found, FAILED) == {"log_unreadable"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(JSON)
def test_whatever_is_no_receipt_is_said_to_be_none(said):
    assert [one.code for one in examine(said)] == ["not_a_receipt"]


def _places(said, path=()):
    yield path
    items = said.items() if isinstance(said, dict) else enumerate(said)
    for key, inner in items if isinstance(said, dict | list) else ():
        yield from (
            _places(inner, (*path, key)) if isinstance(inner, dict | list) else [(*path, key)]
        )


WHOLE = Spoken(MadeLog()).take_in().receipt()
PATHS = [path for path in _places(WHOLE) if path]


@given(st.sampled_from(PATHS), JSON)
def test_no_damage_makes_the_examination_fall_over_or_go_unseen(path, value):
    said = copy.deepcopy(WHOLE)
    place = said
    for step in path[:-1]:
        place = place[step]
    if place[path[-1]] == value and type(value) is not bool:  # 65.0 is written as 65
        return
    place[path[-1]] = value

    found = examine(said)

    unseen = {"group", "address", "help", "schema"}
    left_out = {("author",), ("contact",), ("acts", 0, "promise"), ("acts", 0, "place")}
    is_left_out = path in left_out and value in (None, "")
    assert codes(found, FAILED) or path[0] in unseen or is_left_out


def test_what_cannot_be_hashed_is_no_receipt(spoken):
    deep = current = []
    for _level in range(3_000):
        current.append([])
        current = current[0]
    for value in (2**60, float("nan"), "\ud800", deep):
        said = spoken.receipt()
        said["acts"][0]["act"]["facts"]["x"] = value
        assert codes(examine(said), FAILED) == {"not_a_receipt"}
        said = spoken.receipt()
        said["texts"][0]["content"]["x"] = value
        assert codes(examine(said), FAILED) == {"text_differs"}
