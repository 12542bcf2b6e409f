"""Who may do what with strategies, their imports and versions, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.strategies.models import Import, Passage, Strategy, Version, Withholding
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Outcome


def may_read(actor: Any, group: Group, at: datetime) -> Verdict:
    """Everybody on the staff reads drafts and previews."""
    return has_role(actor, group, at, Role.EDITOR, Role.MODERATOR, Role.AUDITOR)


def may_change(actor: Any, group: Group, at: datetime) -> Verdict:
    """Coordinators and editors bring in files and make versions."""
    return has_role(actor, group, at, Role.EDITOR)


def may_set_steps(actor: Any, strategy: Strategy, at: datetime) -> Verdict:
    """Saying who decides after the consultations: coordinators and editors, at any time."""
    return may_change(actor, strategy.group, at)


def may_prepare(actor: Any, import_: Import, at: datetime) -> Verdict:
    """Correcting an import, deciding on its tracked changes, putting it away."""
    if not (verdict := may_change(actor, import_.group, at)):
        return verdict
    if import_.closed_at is not None:
        return Verdict(
            False, _("This file is closed: its version is published, or it was put away.")
        )
    return ALLOWED


def may_tick(actor: Any, strategy: Strategy, at: datetime) -> Verdict:
    """Ticking off a note of the staff: whoever writes the text or the answers."""
    return has_role(actor, strategy.group, at, Role.EDITOR, Role.MODERATOR)


def may_draft(actor: Any, import_: Import, at: datetime, *, replace: bool) -> Verdict:
    """Making a draft of an import; `replace` says that a draft already there may go."""
    if not (verdict := may_prepare(actor, import_, at)):
        return verdict
    if import_.has_changes and not import_.changes:
        return Verdict(False, _("First decide what to do with the tracked changes."))
    drafts = Version.objects.filter(strategy=import_.strategy_id, published_at=None)
    if not replace and drafts.exists():
        return Verdict(False, _("There is a draft already. Say that it is to be replaced."))
    return ALLOWED


def may_discard(actor: Any, version: Version, at: datetime) -> Verdict:
    """Only a draft can be discarded."""
    if not (verdict := may_change(actor, version.group, at)):
        return verdict
    if version.is_published:
        return Verdict(False, _("A published version stays as it is."))
    return ALLOWED


def may_start_from(actor: Any, version: Version, at: datetime) -> Verdict:
    """Correcting the newest published version by hand, without a Word file."""
    if not (verdict := may_change(actor, version.group, at)):
        return verdict
    if Version.objects.filter(strategy=version.strategy_id, published_at=None).exists():
        return Verdict(False, _("There is a draft already. Correct that one."))
    newer = Version.objects.filter(strategy=version.strategy_id, number__gt=version.number)
    if not version.is_published or newer.exists():
        return Verdict(False, _("A draft is made from the newest published version."))
    return ALLOWED


def may_edit(actor: Any, version: Version, at: datetime) -> Verdict:
    """Correcting the words of a draft, also while people speak about the published version."""
    if not (verdict := may_change(actor, version.group, at)):
        return verdict
    if version.is_published:
        return Verdict(False, _("A published version stays as it is."))
    return ALLOWED


def may_publish(actor: Any, version: Version, at: datetime) -> Verdict:
    """Only a draft can be published, and only once."""
    if not (verdict := may_change(actor, version.group, at)):
        return verdict
    if version.is_published:
        return Verdict(False, _("This version is published already."))
    return ALLOWED


def may_withhold(actor: Any, version: Version, at: datetime) -> Verdict:
    """Covering words of a published version, or showing them again: whoever writes or moderates."""
    if not (verdict := has_role(actor, version.group, at, Role.EDITOR, Role.MODERATOR)):
        return verdict
    if not version.is_published:
        return Verdict(False, _("A draft is not public. Correct it instead."))
    return ALLOWED


def may_show_again(actor: Any, withholding: Withholding, at: datetime) -> Verdict:
    """As long as the words are kept."""
    if not (verdict := may_withhold(actor, withholding.version, at)):
        return verdict
    if withholding.ended_at is not None:
        return Verdict(False, _("These words are shown already."))
    if withholding.kept is None:
        return Verdict(False, _("These words were removed for good."))
    return ALLOWED


def may_decide(actor: Any, passage: Passage, at: datetime) -> Verdict:
    """A person settles what the machine doubted, as long as the version is a draft."""
    if not (verdict := may_discard(actor, passage.version, at)):
        return verdict
    if passage.outcome != Outcome.DOUBTFUL and passage.decided_at is None:
        return Verdict(False, _("This passage was recognised without doubt."))
    return ALLOWED
