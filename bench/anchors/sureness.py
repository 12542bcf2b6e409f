"""How far confidence can be trusted: limits chosen without a document, and what they give on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import exp
from typing import Any
from unittest.mock import patch

from bench.anchors import table
from bench.anchors.material import Triple
from sutarta.core.documents import Fate, Outcome
from sutarta.core.documents.anchors import confidence, likely

LEASTS = (0.54, 0.58, 0.62, 0.66, 0.70)
FALSE_COSTS = 4  # a false anchor is as bad as so many missed ones: the principle of all limits
PRIOR = -2.5  # evidence divides the odds of a pair by twelve
PRIOR_WEIGHT = 4.0  # how firmly that is believed
ERRORS = (0.001, 0.002, 0.005, 0.01)
BINS = (0.0, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.01)


@dataclass(frozen=True)
class Decision:
    """What the machine decided by itself about one old passage.

    sure    its confidence
    right   whether it is true
    false   whether it put a comment where it does not belong
    """

    sure: float
    right: bool
    false: bool
    hard: bool


def leave_one_out(triples: Sequence[Triple]) -> list[Decision]:
    """For each document, limits and weights made of the others; prints what they give on it."""
    sources = sorted({triple.source for triple in triples})
    by_source = {name: [one for one in triples if one.source == name] for name in sources}
    tried = {
        least: {name: _at(by_source[name], least=least) for name in sources} for least in LEASTS
    }
    evidence = {name: list(_evidence(by_source[name])) for name in sources}
    decisions: list[Decision] = []
    print(
        f"\nleave one document out: what is chosen on the others{'hard: right  false missed':>38}\n"
    )
    found: dict[str, table.Score] = {}
    for name in sources:
        least = min(LEASTS, key=lambda one: _cost(tried[one], leaving=name))
        weights = fit([row for other in sources if other != name for row in evidence[other]])
        told = f"least {least}, weights " + " ".join(f"{weight:.1f}" for weight in weights)
        with limits(least, weights):
            found[name] = table.score(by_source[name])
            decisions += decided(by_source[name])
        print(f"{name[:38]:<40}{told:<50}{table.shares(found[name].hard)}")
    _show_mean_and_worst(found)
    every = fit([row for rows in evidence.values() for row in rows])
    print("weights from all: " + " ".join(f"{weight:.1f}" for weight in every), end="; ")
    print("in the code: " + " ".join(f"{weight:.1f}" for weight in confidence.WEIGHTS))
    return decisions


def _show_mean_and_worst(found: Mapping[str, table.Score]) -> None:
    for name in ("right", "false"):
        every = {source: table.share(score.hard, name) for source, score in found.items()}
        worst = (min if name == "right" else max)(every, key=lambda one: every[one])
        mean = sum(every.values()) / len(every)
        print(f"{name}: mean {mean:.2f} %, worst {every[worst]:.2f} % ({worst[:40]})")


def _at(triples: Iterable[Triple], *, least: float) -> table.Score:
    with limits(least, confidence.WEIGHTS):
        return table.score(triples)


def _cost(scores: Mapping[str, table.Score], *, leaving: str) -> float:
    others = [score.hard for name, score in scores.items() if name != leaving]
    return sum((FALSE_COSTS * one["false"] + one["missed"]) / one.total() for one in others)


@contextmanager
def limits(least: float, weights: Sequence[float]) -> Iterator[None]:
    """The limits that are tuned, put in place of those in the code."""
    rounds = (*(one for one in likely._ROUNDS[:-1] if one > least), least)
    with ExitStack() as stack:
        stack.enter_context(patch.object(likely, "LEAST", least))
        stack.enter_context(patch.object(likely, "_ROUNDS", rounds))
        stack.enter_context(patch.object(likely, "_DOUBTFUL", min(likely._DOUBTFUL, least)))
        stack.enter_context(patch.object(confidence, "WEIGHTS", tuple(weights)))
        yield


def _evidence(triples: Iterable[Triple]) -> Iterator[tuple[tuple[float, ...], bool]]:
    """What speaks against every pair that is found, sure or not, and whether it is right."""
    against = confidence.Evidence.against
    for triple in triples:
        seen: dict[tuple[int, int], tuple[float, ...]] = {}

        def noted(
            self: Any, old: int, new: int, worth: float, seen: dict[Any, Any] = seen
        ) -> tuple[float, ...]:
            seen[old, new] = against(self, old, new, worth)
            return seen[old, new]

        with ExitStack() as stack:
            stack.enter_context(patch.object(confidence.Evidence, "against", noted))
            stack.enter_context(patch.object(confidence, "ACCEPTED", 0.0))
            fates = triple.fates()
        anchors = triple.anchors()
        for fate in fates:
            anchor = anchors.get(triple.old.names[fate.old])
            if anchor is not None and fate.new and (fate.old, fate.new[0]) in seen:
                found = triple.new.names[fate.new[0]] in anchor["new"]
                yield seen[fate.old, fate.new[0]], found


def decided(triples: Iterable[Triple]) -> Iterator[Decision]:
    """All that was not left to a person."""
    for triple in triples:
        anchors = triple.anchors()
        for fate in triple.fates():
            anchor = anchors.get(triple.old.names[fate.old])
            if anchor is not None:
                yield _decision(triple, fate, anchor)


def _decision(triple: Triple, fate: Fate, anchor: Mapping[str, Any]) -> Decision:
    wanted, hard = anchor["new"], triple.is_hard(dict(anchor))
    if fate.outcome is Outcome.DOUBTFUL:
        return Decision(-1.0, right=False, false=False, hard=hard)
    if not fate.new:
        return Decision(fate.confidence, right=not wanted, false=False, hard=hard)
    right = triple.new.names[fate.new[0]] in wanted
    return Decision(fate.confidence, right=right, false=not right, hard=hard)


def show_curve(title: str, decisions: Sequence[Decision]) -> None:
    """The share that the machine may decide by itself at each error, surest first."""
    print(
        f"\nrisk and coverage, {title}: decided by machine, in percent, when at most so many are\n"
    )
    print(f"{'':<32}" + "".join(f"{100 * error:>8.1f} %" for error in ERRORS) + f"{'all':>10}")
    for name, chosen in (
        ("all passages", decisions),
        ("hard ones", [d for d in decisions if d.hard]),
    ):
        for error_name in ("false", "wrong"):
            covered = _covered(chosen, error_name)
            line = "".join(f"{100 * covered[error]:>10.1f}" for error in ERRORS)
            at_all = sum(decision.sure >= 0 for decision in chosen) / len(chosen)
            print(f"{name + ', ' + error_name:<32}{line}{100 * at_all:>10.1f}")


def _covered(decisions: Sequence[Decision], what: str) -> dict[float, float]:
    """error -> share of passages that may be decided; ties are decided together."""
    ranked = sorted((one for one in decisions if one.sure >= 0), key=lambda one: -one.sure)
    best = dict.fromkeys(ERRORS, 0.0)
    wrong = 0
    for count, one in enumerate(ranked, 1):
        wrong += one.false if what == "false" else not one.right
        if count < len(ranked) and ranked[count].sure == one.sure:
            continue
        for error in ERRORS:
            if wrong <= error * count:
                best[error] = count / len(decisions)
    return best


def show_calibration(title: str, decisions: Iterable[Decision]) -> None:
    """What confidence says, and how often it was so."""
    bins: defaultdict[int, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.sure >= 0:
            bins[max(at for at, start in enumerate(BINS) if start <= one.sure)].append(one)
    print(f"\nconfidence, {title}{'decisions':>16}{'said':>9}{'right':>9}")
    for at, inside in sorted(bins.items()):
        said = 100 * sum(one.sure for one in inside) / len(inside)
        right = 100 * sum(one.right for one in inside) / len(inside)
        name = f"{BINS[at]:.3f} to {min(1.0, BINS[at + 1]):.3f}"
        print(f"{name:<24}{len(inside):>20,}{said:>9.2f}{right:>9.2f}")


def fit(rows: Sequence[tuple[tuple[float, ...], bool]], rounds: int = 30) -> tuple[float, ...]:
    """Logistic regression by Newton's method.

    Before anything is measured, each kind of evidence speaks against a pair (PRIOR): what a few
    documents hold no example of is not taken for harmless.
    """
    size = len(rows[0][0])
    weights = [5.0] + [0.0] * (size - 1)
    grouped: defaultdict[tuple[float, ...], list[int]] = defaultdict(lambda: [0, 0])
    for evidence, right in rows:
        grouped[tuple(round(one, 2) for one in evidence)][right] += 1
    for _round in range(rounds):
        slope, bend = _slope(grouped, weights)
        step = _solved(bend, slope)
        weights = [
            weight + max(-1.0, min(1.0, one)) for weight, one in zip(weights, step, strict=True)
        ]
        if max(map(abs, step)) < 1e-6:
            break
    return tuple(weights)


def _slope(
    grouped: Mapping[tuple[float, ...], Sequence[int]], weights: Sequence[float]
) -> tuple[list[float], list[list[float]]]:
    size = len(weights)
    pull = [1e-6] + [PRIOR_WEIGHT] * (size - 1)
    slope = [pull[at] * (PRIOR - weights[at]) for at in range(size)]
    bend = [[pull[at] * (at == other) for other in range(size)] for at in range(size)]
    for evidence, (wrong, right) in grouped.items():
        total = sum(weight * one for weight, one in zip(weights, evidence, strict=True))
        likely_right = 1 / (1 + exp(-total))
        lacking = right - (wrong + right) * likely_right
        spread = (wrong + right) * likely_right * (1 - likely_right)
        for at in range(size):
            slope[at] += lacking * evidence[at]
            for other in range(size):
                bend[at][other] += spread * evidence[at] * evidence[other]
    return slope, bend


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss and Jordan, with the largest pivot."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        largest = max(range(at, size), key=lambda other: abs(rows[other][at]))
        rows[at], rows[largest] = rows[largest], rows[at]
        for other in range(size):
            if other != at:
                factor = rows[other][at] / rows[at][at]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[at], strict=True)]
    return [rows[at][size] / rows[at][at] for at in range(size)]
