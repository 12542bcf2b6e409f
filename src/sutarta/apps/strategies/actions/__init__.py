"""Everything that changes strategies: bringing a file in, drafting, publishing."""

from sutarta.apps.strategies.actions.drafting import (
    decide_passage,
    discard_draft,
    make_draft,
    publish_version,
)
from sutarta.apps.strategies.actions.importing import (
    BadFile,
    choose_changes,
    correct,
    keep_import,
    put_away,
    start_strategy,
    start_with_file,
)

__all__ = [
    "BadFile",
    "choose_changes",
    "correct",
    "decide_passage",
    "discard_draft",
    "keep_import",
    "make_draft",
    "publish_version",
    "put_away",
    "start_strategy",
    "start_with_file",
]
