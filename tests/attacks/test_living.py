"""A group that nobody attacked: whatever it does, the audit is silent."""

import pytest

from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.ledger.queries.auditing import rows
from tests.attacks import living

pytestmark = pytest.mark.django_db


def test_everything_once_is_as_the_log_says():
    assert living.audit(living.live().group) == []


def test_every_kind_of_row_the_log_speaks_of_is_there():
    group = living.live().group

    lacking = [kind.__name__ for kind in rows.kinds() if not rows._of(kind, group).exists()]

    assert lacking == []
    assert all(kind.LOGGED for kind in rows.kinds() if issubclass(kind, LoggedRow))
