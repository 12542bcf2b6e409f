"""Receipts: downloaded, checked in the browser, by command and by number and code."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import proving
from sutarta.apps.ledger import actions as ledger
from sutarta.core import translog
from sutarta.core.canonical import canonical_bytes, fingerprint
from sutarta.core.translog import Finding, compare, examine
from sutarta.core.translog.examining import fingerprint_of
from sutarta.core.translog.receipts import NotReceipt, read
from tests import make
from tests.cli.conftest import environment
from tests.receipts import ORIGIN, START, MadeLog, Spoken, act, instant, signer

pytestmark = pytest.mark.django_db(transaction=True)


def _speak(way) -> None:
    way.open("/")
    way.press("Skaityti ir komentuoti")
    way.page.locator(".para").first.locator("a.mark").click()
    way.page.wait_for_load_state()
    way.press("Palikti pastabą")
    way.fill("Jūsų pastaba", "Reikia suolelių prie ežero.")
    way.press("Toliau: peržiūrėti ir pateikti")
    way.press("Pateikti ir gauti numerį")


def _download(way, into: Path) -> Path:
    with way.page.expect_download() as coming:
        way.page.get_by_role("link", name="Atsisiųsti patvirtinimą").click()
    way.clicks += 1
    file = into / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def _check(way, file: Path) -> str:
    found = way.page.locator("[data-verify-found]")
    found.evaluate("(place) => { place.textContent = ''; }")
    way.page.set_input_files("#receipt-file", str(file))
    way.page.get_by_role("button", name="Patikrinti").click()
    way.clicks += 1
    found.locator("h2").wait_for()
    return found.get_attribute("data-verdict")


def _codes(way, state: str) -> set[str]:
    rows = way.page.locator(f".findings[data-state={state}] li")
    return {rows.nth(at).get_attribute("data-code") for at in range(rows.count())}


def test_a_resident_takes_the_receipt_home_and_checks_it(walk, consultation, tmp_path, live_server):
    way = walk(js=True)
    ledger.log_of(consultation.group, make.now())
    _speak(way)
    ledger.sequence_all(make.now())
    way.page.reload()
    way.picture("receipt-proof-390")
    way.pages = way.fields = way.clicks = 0  # from here on: what checking takes

    file = _download(way, tmp_path)
    way.press("Kaip jį patikrinti")
    verdict = _check(way, file)

    assert file.name == "gavimo-patvirtinimas-1.json"
    assert verdict == "kept"
    assert way.says("Viskas, ką galima patikrinti, tvarkoje.")
    assert {"text_opens", "included", "promise_signed", "log_extends"} <= _codes(way, "kept")
    assert _codes(way, "unchecked") == {"key_unknown", "not_witnessed"}
    assert way.says("Jį rodo pačios grupės serveris.")
    way.picture("verify-kept-390")
    way.tell("receipt downloaded and checked in the browser")

    said = json.loads(file.read_text("utf-8"))
    said["texts"][0]["content"]["body"] = "Reikia suolelių prie ežerų."
    other = tmp_path / "pakeistas.json"
    other.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    assert _check(way, other) == "failed"
    assert _codes(way, "failed") == {"text_differs"}
    way.picture("verify-failed-390")

    by_command = subprocess.run(
        [sys.executable, "-m", "sutarta.cli.main", "verify", str(file), "--language", "lt",
         "--log", live_server.url],
        capture_output=True, text=True, timeout=60, env=environment(PYTHONUTF8="1"),
    )  # fmt: skip
    assert by_command.returncode == 0, by_command.stderr
    assert "✓ Dabar rodomas žurnalas" in by_command.stdout


def test_a_receipt_from_paper_is_checked_without_scripts_on_a_small_phone(walk, consultation):
    way = walk(width=320)
    ledger.log_of(consultation.group, make.now())
    _speak(way)
    ledger.sequence_all(make.now())
    address = way.page.locator("a.qr-link").get_attribute("href")
    code = proving.printed(Submission.objects.get()).code
    way.pages = way.fields = way.clicks = 0

    way.open(address[address.index("/log/") :])
    assert way.says("Taip: šis kodas priklauso pasiūlymui Nr. 1")
    way.picture("check-yes-320")

    way.open("/log/check/")
    way.fill("Numeris", "Nr. 1")
    way.fill("Trumpasis kodas", code.lower().replace("-", " "))
    way.press("Patikrinti")
    assert way.says("Taip: šis kodas priklauso pasiūlymui Nr. 1")

    way.fill("Trumpasis kodas", code[:-1] + ("2" if code[-1] != "2" else "3"))
    way.press("Patikrinti")
    assert way.says("Šis kodas pasiūlymui Nr. 1 nepriklauso")
    way.tell("printed receipt without JavaScript")

    way.open("/log/verify/")
    assert way.says("sutarta verify gavimo-patvirtinimas-65.json --log")
    assert way.says("Jūsų naršyklė čia failo patikrinti negali")
    assert not way.page.locator("form[data-verify]").is_visible()
    assert way.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_promise_is_looked_up_in_the_log_by_the_page(walk, consultation, tmp_path):
    way = walk(js=True)
    ledger.log_of(consultation.group, make.now())
    _speak(way)
    file = _download(way, tmp_path)
    way.open("/log/verify/")
    assert _check(way, file) == "kept"
    assert {"waiting", "log_empty"} <= _codes(way, "unchecked")

    ledger.sequence_all(make.now())
    assert _check(way, file) == "kept"
    assert "promise_fulfilled" in _codes(way, "kept")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_that_check_are_accessible(walk, consultation, axe, tmp_path, scheme):
    for width in (320, 1280):
        way = walk(js=True, scheme=scheme, width=width)
        ledger.log_of(consultation.group, make.now())
        _speak(way)
        ledger.sequence_all(make.now())
        way.page.reload()
        file = _download(way, tmp_path)
        found = [axe.run(way.page).response["violations"]]
        way.open("/log/verify/")
        _check(way, file)
        found.append(axe.run(way.page).response["violations"])
        way.open("/log/check/?number=1&code=x")
        found.append(axe.run(way.page).response["violations"])
        assert found == [[], [], []]
        assert way.page.evaluate("document.documentElement.scrollWidth") <= width


# --- The script against the core, case by case ----------------------------------------------------


@pytest.fixture
def script(walk, consultation):
    """The page with the script, in a browser."""
    way = walk(js=True)
    way.open("/log/verify/")
    return way.page


def _fresh() -> Spoken:
    log = MadeLog()
    log.fill(5)
    return Spoken(log).take_in()


def _with(*path_and_value):
    said = _fresh().receipt()
    *path, last, value = path_and_value
    place = said
    for step in path:
        place = place[step]
    place[last] = value
    return said


OFFLINE = {
    "whole": _with("help", ""),
    "another letter": _with("texts", 0, "content", "body", "Ne"),
    "a short salt": _with("texts", 0, "salt", "00"),
    "closed": _with("texts", 0, {"digest": _fresh().texts[0]["digest"], "closed": "erased"}),
    "another author": _with("author", "content", "name", "K"),
    "another number": _with("number", 66),
    "another page": _with("acts", 0, "act", "about", "p/66"),
    "back-dated": _with("acts", 0, "act", "at", instant(START - timedelta(days=9))),
    "taken in earlier": _with("acts", 0, "place", "sequenced_at", "2026-01-01T00:00:00Z"),
    "another leaf": _with("acts", 0, "place", "leaf", 4),
    "no path": _with("acts", 0, "place", "path", []),
    "a torn path": _with("acts", 0, "place", "path", ["x", "AA=="]),
    "waiting": _with("acts", 0, "place", None),
    "another code": _with("code", "0000"),
    "no acts": _with("acts", []),
    "no promise": _with("acts", 0, "promise", ""),
    "a promise of nobody": _with("acts", 0, "promise", "promise\n"),
    "a promise of another act": _with(
        "acts", 0, "promise", MadeLog().promise(act("submission.received", 66))
    ),
    "another key": _with("logs", 0, "key", str(signer(7).verifier)),
    "another log's key": _with("logs", 0, "key", str(signer(7, "another/log").verifier)),
    "no key": _with("logs", 0, "key", "x"),
    "no handover": _with("logs", 0, "handovers", ["x"]),
    "no log": _with("logs", []),
    "a witness who did not sign": _with(
        "logs", 0, "witnesses", [{"name": "B", "key": str(signer(9, "b", 4).verifier)}]
    ),
    "number as text": _with("number", "65"),
    "an act that is a list": _with("acts", 0, "act", []),
    "nothing": None,
    "a list": [1],
}  # fmt: skip


def _beside() -> dict[str, tuple[dict, dict[str, bytes]]]:
    """Receipts beside what the site shows later."""
    found = {}
    for name, count in (("grown", 1), ("grown much", 600)):
        spoken = _fresh()
        said = spoken.receipt()
        spoken.log.fill(count)
        found[name] = (said, spoken.log.shown())
    spoken = _fresh()
    said = spoken.receipt()
    spoken.log.rotate(2)
    spoken.log.witnesses["B"] = signer(9, "b", 4)
    found["the same with another key"] = (said, spoken.log.shown())
    found["witnessed"] = (spoken.receipt(), spoken.log.shown())
    spoken = _fresh()
    said = spoken.receipt()
    spoken.log.leaves[2] = b"x"
    spoken.log.fill(3)
    found["forked"] = (said, spoken.log.shown())
    del spoken.log.leaves[3:]
    found["yesterday"] = (said, spoken.log.shown())
    other = MadeLog(signer(4, "sutarta/other"), "sutarta/other")
    other.fill(9)
    found["another log"] = (said, other.shown())
    found["nothing there"] = (said, {})
    spoken = _fresh()
    waiting = Spoken(spoken.log, number=66)
    said = waiting.receipt()
    found["a broken promise"] = (said, spoken.log.shown())
    alone = Spoken(MadeLog()).receipt()
    found["a promise and no log"] = (alone, {})
    young = Spoken(MadeLog(), at=START + timedelta(minutes=55)).receipt()
    found["a young promise and no log"] = (young, {})
    waiting.take_in()
    spoken.log.fill(700)
    found["a promise kept"] = (said, spoken.log.shown())
    return found | _after_a_loss()


def _after_a_loss() -> dict[str, tuple[dict, dict[str, bytes]]]:
    spoken = _fresh()
    said, waiting = spoken.receipt(), Spoken(spoken.log, number=66)
    promise = waiting.receipt()
    told = [{"origin": ORIGIN, "size": 6, "checkpoint": spoken.log.checkpoint()}]
    del spoken.log.leaves[3:]
    second = MadeLog(signer(5, f"{ORIGIN}/2"), f"{ORIGIN}/2")
    text = translog.Handover(ORIGIN, second.key.verifier).text
    note = str(translog.Note(text).signed(spoken.log.key.sign(text)))
    second.began = act("log.epoch_opened", 1, former=ORIGIN, lost=told, handover=note)
    second.take(second.began)
    second.take(waiting.acts[0]["act"])
    shown = second.shown(spoken.log)
    return {"lost openly": (said, shown), "kept in the next epoch": (promise, shown)}


RUN = """async ({said, files, trusted, now}) => {
  const bytes = (hex) => sutartaVerify.unhex(hex);
  const options = {trusted, now: new Date(now)};
  if (files) options.fetch = async (path) => path in files ? bytes(files[path]) : null;
  return await sutartaVerify.receipt(said, options);
}"""


def _by_script(page, said, files=None, trusted="", now=START + timedelta(hours=1)):
    shown = None if files is None else {path: content.hex() for path, content in files.items()}
    asked = {"said": said, "files": shown, "trusted": trusted, "now": now.isoformat()}
    return sorted((one["code"], one["state"]) for one in page.evaluate(RUN, asked))


def _by_core(said, files=None, trusted="", now=START + timedelta(hours=1)):
    found = examine(copy.deepcopy(said), trusted)
    try:
        receipt = read(said)
    except NotReceipt:
        return [("not_a_receipt", "failed")]
    if files is None:
        found.append(Finding("log_not_asked", "unchecked"))
    else:
        found += compare(receipt, files.get, now)
    return sorted((one.code, one.state) for one in found)


def test_the_script_finds_what_the_core_finds(script):
    differing = {
        name for name, said in OFFLINE.items() if _by_script(script, said) != _by_core(said)
    }

    assert differing == set()


def test_the_script_compares_with_a_log_as_the_core_does(script):
    differing = {
        name: (_by_script(script, said, files), _by_core(said, files))
        for name, (said, files) in _beside().items()
        if _by_script(script, said, files) != _by_core(said, files)
    }

    assert differing == {}


def test_the_script_knows_keys_as_the_core_does(script):
    spoken = _fresh()
    first = spoken.log.first
    early = spoken.receipt()
    spoken.log.rotate(2)
    late = Spoken(spoken.log, number=66).take_in().receipt()
    second = spoken.log.key.verifier
    keys = [first, str(second), fingerprint_of(second), str(signer(7).verifier)]

    for said in (early, late):
        for key in keys:
            assert _by_script(script, said, trusted=key) == _by_core(said, trusted=key)


def test_the_script_writes_canonical_json_and_hashes_as_python_does(script):
    values = [
        {"b": [1, 2.0, -0.5, 1e21, 1e-7, 0.1], "a": "š", "": None, "ž": True, "z": "\n\t\x7f"},
        {"\ufb33": 1, "\U0001f600": 2, "a\u0300": 3, "aa": {"z": [], "y": {}}},
        [-0.0, 333333333.33333329, 4.50, 2e-3, 0.000000000000000000000000001, 9007199254740991],
    ]  # fmt: skip
    for value in values:
        said = script.evaluate("(value) => sutartaVerify.canonical(value)", value)
        assert said.encode() == canonical_bytes(value)
        printed = script.evaluate(
            "(value) => sutartaVerify.fingerprint('07'.repeat(32), value)", value
        )
        assert printed == fingerprint(b"\x07" * 32, value)


def test_the_script_grows_trees_as_the_core_does(script):
    tree = translog.Tree(b"%d" % number for number in range(70))
    script.evaluate(
        """async (size) => {
          const v = sutartaVerify, leaves = [];
          for (let at = 0; at < size; at += 1) leaves.push(await v.leafHash(v.utf8(String(at))));
          window.levels = [leaves];
          while (window.levels.at(-1).length > 1) {
            const row = window.levels.at(-1), next = [];
            for (let at = 1; at < row.length; at += 2) {
              next.push(await v.nodeHash(row[at - 1], row[at]));
            }
            window.levels.push(next);
          }
        }""",
        70,
    )
    for size in (1, 2, 3, 7, 8, 64, 65, 70):
        for old in {0, 1, 2, 3, 5, size // 2, size - 1, size}:
            if old > size:
                continue
            path = script.evaluate(
                """async ([old, size]) => (await sutartaVerify.consistency(
                  old, size, async (level, index) => window.levels[level][index]
                )).map(sutartaVerify.hex)""",
                [old, size],
            )
            assert path == [one.hex() for one in tree.consistency(old, size)]
            holds = script.evaluate(
                """async ([old, oldRoot, size, root, path]) => {
                  const u = sutartaVerify.unhex;
                  return await sutartaVerify.extends(old, u(oldRoot), size, u(root), path.map(u));
                }""",
                [old, tree.root(old).hex(), size, tree.root(size).hex(), path],
            )
            assert holds is True


def test_a_browser_without_ed25519_says_so(script):
    script.evaluate(
        """() => {
          const real = crypto.subtle.importKey.bind(crypto.subtle);
          crypto.subtle.importKey = (format, key, algorithm, ...more) =>
            (algorithm.name || algorithm) === "Ed25519"
              ? Promise.reject(new DOMException("no", "NotSupportedError"))
              : real(format, key, algorithm, ...more);
        }"""
    )
    spoken = _fresh()
    said = spoken.receipt()
    spoken.log.fill(3)

    found = dict(_by_script(script, said, spoken.log.shown()))

    assert found["signatures_unchecked"] == "unchecked"
    assert "failed" not in found.values()
    assert found["included"] == found["text_opens"] == found["log_extends"] == "kept"
    assert "checkpoint_signed" not in found
    assert "promise_signed" not in found
