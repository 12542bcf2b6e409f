"""Runs the baselines that lie beside the documents; prints what they predict nowhere but as JSON.

    python bench/anchors/baselines.py EVALUATE.PY METHODS TRUTH.json [TRUTH.json ...]

A script of its own, with nothing but the standard library, because the baselines want packages
that we do not: the benchmark runs it in an environment made for the moment.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any


def main(evaluate: str, methods: str, *truths: str) -> None:
    """method -> its scores; or the name of the package it lacks."""
    scorer = _load(evaluate)
    loaded = [json.loads(Path(truth).read_text()) for truth in truths]
    said: dict[str, Any] = {}
    for name in methods.split(","):
        try:
            said[name] = _scored(scorer, scorer.METHODS[name], loaded)
        except ImportError as error:
            said[name] = {"lacks": error.name}
    print(json.dumps(said))


def _scored(scorer: ModuleType, method: Any, truths: list[Any]) -> dict[str, Any]:
    every, hard, edits = Counter[str](), Counter[str](), defaultdict[str, Counter[str]](Counter)
    spent = 0.0
    for truth in truths:
        begun = time.process_time()
        predicted = method(truth["old"], truth["new"])
        spent += time.process_time() - begun
        all_found, hard_found, by_edit = scorer.score(truth, predicted)
        every.update(all_found)
        hard.update(hard_found)
        for edit, counts in by_edit.items():
            edits[edit].update(counts)
    return {"all": every, "hard": hard, "edits": edits, "cpu": spent}


def _load(file: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_evaluate", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main(*sys.argv[1:])
