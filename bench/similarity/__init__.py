"""Prints how well near-duplicates and campaigns are found, beside datasketch, and at what cost.

    python -m bench similarity

Needs the comments that lie beside the checkout for the short texts; says so in one line when they
do not. Letters of campaigns are generated. Everything but CPU and memory is the same everywhere.
"""

from __future__ import annotations

import time
from statistics import median

from bench.similarity import letters, methods, scoring, texts
from bench.similarity.texts import LABELLED, Labelled
from sutarta.core.similarity import NearDuplicates, campaigns

ROUNDS = 3
SEEDS = (11, 12, 13, 14)
SIZES = ((300, 120, 60, 30, 12, 6, 3), (40, 15, 6))
OUTSIDE = 2  # letters of nobody's for each letter of a campaign, less the largest campaign's


def main() -> None:
    if LABELLED.exists():
        short_texts()
    else:
        print(f"Short texts are not measured: no comments at {LABELLED}.")
    print()
    campaigns_of_letters()


def short_texts() -> None:
    print(f"{'near-duplicates among short texts':<42}{'CPU s':>8}{'MB':>7}", end="")
    print(f"{'precision':>11}{'recall':>8}{'F1':>7}")
    for given, rounds in ((texts.joined(), ROUNDS), (texts.mixed(10_000), ROUNDS),
                          (texts.mixed(100_000), 1)):  # fmt: skip
        found = {name: _row(name, given, rounds) for name in methods.METHODS}
        cpu, megabytes = (found["ours"][at] / found["datasketch"][at] for at in (0, 1))
        print(f"{'':<42}{cpu:>8.2f}{megabytes:>7.2f}  of datasketch’s")
    _arriving(texts.mixed(100_000))


def _row(name: str, given: Labelled, rounds: int) -> tuple[float, float]:
    costs = [methods.measured(name, given.texts) for _ in range(rounds)]
    cpu = median(cost.cpu for cost in costs)
    megabytes = median(cost.megabytes for cost in costs)
    score = scoring.of_clusters(costs[0].groups, given.clusters)
    print(f"{f'{len(given.texts):,} {given.name}, {name}':<42}{cpu:>8.2f}{megabytes:>7.0f}", end="")
    print(f"{score[0]:>11.3f}{score[1]:>8.3f}{scoring.f1(score):>7.3f}")
    return cpu, megabytes


def _arriving(given: Labelled) -> None:
    """What one more text costs when so many are there."""
    index: NearDuplicates[int] = NearDuplicates()
    begun = time.process_time()
    for place, text in enumerate(given.texts):
        index.add(place, text)
        if place + 1 in {1_000, 10_000, 99_000}:
            begun = time.process_time()
        if place in {1_999, 10_999, 99_999}:
            cost = (time.process_time() - begun) * 1000
            print(f"one more among {place - 999:,}: {cost:.0f} µs")


def campaigns_of_letters() -> None:
    print(f"{'letters that share passages':<42}{'CPU s':>8}{'found':>7}", end="")
    print(f"{'precision':>11}{'recall':>8}")
    for sizes in SIZES:
        for seed in SEEDS:
            given = letters.letters(sizes, OUTSIDE * (sum(sizes) - sizes[0]) + 100, seed)
            begun = time.process_time()
            found = campaigns(enumerate(given.texts), given.draft)
            cpu = time.process_time() - begun
            keys = [[letter.key for letter in one.letters] for one in found]
            precision, recall = scoring.of_campaigns(keys, given.campaigns)
            name = f"{len(given.texts):,} letters, {len(sizes)} campaigns, seed {seed}"
            print(f"{name:<42}{cpu:>8.2f}{len(found):>7}{precision:>11.3f}{recall:>8.3f}")


if __name__ == "__main__":
    main()
