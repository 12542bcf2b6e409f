"""One thing done to many submissions, remembered so that it can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import bundling, moderating, sorting
from sutarta.apps.consultations.models import Deed, Submission, Visibility
from sutarta.apps.consultations.queries.moderating import decisions
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.people.access import Refused, require
from sutarta.apps.people.models import User
from sutarta.apps.tenants.models import Group

Before = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """What to do and with what.

    kind     publish, set_aside, take_back, tag, untag, assign or bundle
    reason   of setting aside; tag: its name; to: the person, None for nobody
    seen     number -> beginning of the digest that stood on the page, for publishing
    """

    kind: str
    reason: str = ""
    tag: str = ""
    to: Any = None
    seen: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """deed: None when nothing changed; left: (number, why) of what stays as it was."""

    deed: Deed | None
    changed: list[int]
    left: list[tuple[int, str]]


@transaction.atomic
def do(
    *, actor: Any, group: Group, submissions: Sequence[Submission], wish: Wish, at: datetime
) -> Done:
    """Do it to each; what one by one would be refused stays as it is, with the reason.

    Raises Refused when it may be done to none of them at all, or nothing is chosen.
    """
    require(rules.may_sort(actor, group, at))
    if not submissions:
        raise Refused(_("Tick at least one submission."))
    _require_sense(wish)
    if wish.kind == "bundle":
        before, left = _bundle(actor, submissions, at), []
    else:
        before, left = _each(actor, submissions, wish, at)
    if not before and left and len({why for _number, why in left}) == 1:
        raise Refused(left[0][1])
    deed = None
    if before:
        deed = Deed.objects.create(group=group, kind=wish.kind, before=before, actor=actor, at=at)
    return Done(deed, sorted(map(int, before)), left)


@transaction.atomic
def undo(*, actor: Any, deed: Deed, at: datetime) -> Done:
    """Undo what the deed did, through the same acts; what changed meanwhile stays and is named."""
    deed = Deed.objects.select_for_update(of=("self",)).select_related("group").get(pk=deed.pk)
    require(rules.may_undo(actor, deed, at))
    rows = Submission.objects.filter(group=deed.group, number__in=[int(n) for n in deed.before])
    changed, left = [], []
    for one in rows.select_related("group", "answer").order_by("number"):
        was = deed.before[str(one.number)]
        try:
            with transaction.atomic():
                _UNDO[deed.kind](actor, one, was, at)
        except Refused as refusal:
            left.append((one.number, str(refusal.reason)))
        else:
            changed.append(one.number)
    deed.undone_at = at
    deed.save(update_fields=["undone_at"])
    return Done(deed, changed, left)


def _require_sense(wish: Wish) -> None:
    if wish.kind not in _UNDO:
        raise Refused(_("Choose what to do."))
    if wish.kind == "set_aside" and not wish.reason.strip():
        raise Refused(_("Write the reason. It goes to the authors whose address is known."))
    if wish.kind in {"tag", "untag"} and not wish.tag.strip():
        raise Refused(_("Write the tag."))


def _each(
    actor: Any, submissions: Sequence[Submission], wish: Wish, at: datetime
) -> tuple[Before, list[tuple[int, str]]]:
    before, left = {}, []
    for one in submissions:
        try:
            with transaction.atomic():
                was = _DO[wish.kind](actor, one, wish, at)
        except Refused as refusal:
            left.append((one.number, str(refusal.reason)))
            continue
        if was is not None:
            before[str(one.number)] = was
    return before, left


def _publish(actor: Any, one: Submission, wish: Wish, at: datetime) -> Before:
    if one.visibility != Visibility.CHECKING:
        raise Refused(_("What the public sees of it is decided already."))
    if one.number not in wish.seen:
        raise Refused(_("Only what stands on the page before you is published together."))
    _require_seen(one, wish)
    row = moderating.moderate(
        actor=actor, submission=one, visibility=Visibility.PUBLIC, seen=one.digest, at=at
    )
    return {"decision": str(row.pk)}


def _require_seen(one: Submission, wish: Wish) -> None:
    if not one.digest.startswith(wish.seen.get(one.number, "")):
        raise Refused(_("The author has corrected the text meanwhile. Read it again."))


def _set_aside(actor: Any, one: Submission, wish: Wish, at: datetime) -> Before | None:
    if one.visibility == Visibility.SET_ASIDE:
        return None
    _require_seen(one, wish)
    row = moderating.moderate(
        actor=actor,
        submission=one,
        visibility=Visibility.SET_ASIDE,
        reason=wish.reason,
        seen=one.digest,
        at=at,
    )
    return {"decision": str(row.pk)}


def _take_back(actor: Any, one: Submission, wish: Wish, at: datetime) -> Before:
    last = decisions(one).last()
    row = moderating.take_back(actor=actor, submission=one, at=at)
    was = {"visibility": last.visibility, "reason": last.reason, "despite": last.despite}
    return {"decision": str(row.pk), "digest": one.digest, **was}


def _tag(actor: Any, one: Submission, wish: Wish, at: datetime) -> Before | None:
    is_new = sorting.tag(actor=actor, submission=one, name=wish.tag, at=at)
    return {"tag": wish.tag} if is_new else None


def _untag(actor: Any, one: Submission, wish: Wish, at: datetime) -> Before | None:
    was_there = sorting.untag(actor=actor, submission=one, name=wish.tag, at=at)
    return {"tag": wish.tag} if was_there else None


def _assign(actor: Any, one: Submission, wish: Wish, at: datetime) -> Before | None:
    now = wish.to and wish.to.pk
    if one.assigned_to_id == now:
        return None
    was = one.assigned_to_id
    sorting.assign(actor=actor, submission=one, to=wish.to, at=at)
    return {"was": was and str(was), "now": now and str(now)}


def _bundle(actor: Any, submissions: Sequence[Submission], at: datetime) -> Before:
    bundles = {one.bundle_id for one in submissions if one.bundle_id}
    along = Submission.objects.filter(bundle__in=bundles) if bundles else []
    was = {one.number: one.bundle_id for one in [*along, *submissions]}
    its = bundling.bundle(actor=actor, submissions=submissions, at=at)
    return {
        str(number): {"was": held and str(held), "now": str(its.pk)}
        for number, held in was.items()
        if held != its.pk
    }


CHANGED = _("Somebody has changed it since, so it stays as it is now.")


def _require_last(one: Submission, was: Before) -> None:
    last = decisions(one).last()
    if last is None or str(last.pk) != was["decision"]:
        raise Refused(CHANGED)


def _back(actor: Any, one: Submission, was: Before, at: datetime) -> None:
    _require_last(one, was)
    moderating.take_back(actor=actor, submission=one, at=at)


def _again(actor: Any, one: Submission, was: Before, at: datetime) -> None:
    _require_last(one, was)
    moderating.moderate(
        actor=actor,
        submission=one,
        visibility=was["visibility"],
        reason=was["reason"],
        despite=was["despite"],
        seen=was["digest"],
        at=at,
    )


def _off(actor: Any, one: Submission, was: Before, at: datetime) -> None:
    if not sorting.untag(actor=actor, submission=one, name=was["tag"], at=at):
        raise Refused(CHANGED)


def _on(actor: Any, one: Submission, was: Before, at: datetime) -> None:
    if not sorting.tag(actor=actor, submission=one, name=was["tag"], at=at):
        raise Refused(CHANGED)


def _give_back(actor: Any, one: Submission, was: Before, at: datetime) -> None:
    if str(one.assigned_to_id or "") != (was["now"] or ""):
        raise Refused(CHANGED)
    to = User.objects.filter(pk=was["was"]).first() if was["was"] else None
    sorting.assign(actor=actor, submission=one, to=to, at=at)


def _part(actor: Any, one: Submission, was: Before, at: datetime) -> None:
    require(rules.may_leave_bundle(actor, one, at))
    if str(one.bundle_id or "") != was["now"]:
        raise Refused(CHANGED)
    bundling.put_back([one], {one.pk: was["was"]}, at)


_DO: dict[str, Callable[[Any, Submission, Wish, datetime], Before | None]] = {
    "publish": _publish,
    "set_aside": _set_aside,
    "take_back": _take_back,
    "tag": _tag,
    "untag": _untag,
    "assign": _assign,
}
_UNDO: dict[str, Callable[[Any, Submission, Before, datetime], None]] = {
    "publish": _back,
    "set_aside": _back,
    "take_back": _again,
    "tag": _off,
    "untag": _on,
    "assign": _give_back,
    "bundle": _part,
}
KINDS = tuple(_UNDO)
