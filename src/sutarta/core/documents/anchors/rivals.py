"""Places that another passage has the better claim to: no pair may stand that both would leave."""

from __future__ import annotations

from sutarta.core.documents.anchors.likely import LEAST, Weighing
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.surroundings import Surroundings

_BETTER = 0.03  # by which a claim must be the better one


def yield_to_rivals(pairing: Pairing, weighing: Weighing) -> None:
    """Give a place to a passage without one that is more like it and stands nearer.

    As when a passage was cut, and its equal elsewhere took the place of its neighbour, in which
    but a slip of the pen was mended.
    """
    around = Surroundings(pairing)
    for rival in pairing.old:
        if rival.at in pairing.to_new or rival.sort == "table" or not rival.code:
            continue
        claims = [
            (weighing.score(rival.at, new, around), -new)
            for new in around.expected(rival.at)
            if new in pairing.to_old and not _is_settled(pairing, new)
        ]
        best, place = max(claims, default=(0.0, 0))
        if best >= LEAST:
            owner = pairing.to_old[-place]
            if best > weighing.score(owner, -place, around) + _BETTER:
                pairing.part(owner)
                pairing.pair(rival.at, -place, pairing.likeness.of(rival, pairing.new[-place]))


def _is_settled(pairing: Pairing, new: int) -> bool:
    """Whether a place has its owner by the same id, or by the same words between the same ones."""
    owner, place = pairing.old[pairing.to_old[new]], pairing.new[new]
    if place.id and owner.id == place.id:
        return True
    beside = all(pairing.to_new.get(owner.at + step) == new + step for step in (-1, 1))
    return beside and owner.key == place.key
