"""Everything that changes strategies: bringing a file in, drafting, publishing."""

from sutarta.apps.strategies.actions.deciding import decide_passage, reopen_passage
from sutarta.apps.strategies.actions.drafting import (
    discard_draft,
    make_draft,
    publish_version,
)
from sutarta.apps.strategies.actions.editing import (
    Changed,
    add_blocks,
    edit_block,
    merge_block,
    move_block,
    remove_block,
    start_draft_from,
    undo,
)
from sutarta.apps.strategies.actions.importing import (
    BadFile,
    choose_changes,
    correct,
    keep_import,
    put_away,
    start_strategy,
    start_with_file,
    tie_key,
)
from sutarta.apps.strategies.actions.noting import (
    forget_notes,
    forget_remarks,
    mark_settled,
    offer_again,
    settle_remarks,
    tick,
)
from sutarta.apps.strategies.actions.stepping import set_steps

__all__ = [
    "BadFile",
    "Changed",
    "add_blocks",
    "choose_changes",
    "correct",
    "decide_passage",
    "discard_draft",
    "edit_block",
    "forget_notes",
    "forget_remarks",
    "keep_import",
    "make_draft",
    "mark_settled",
    "merge_block",
    "move_block",
    "offer_again",
    "publish_version",
    "put_away",
    "remove_block",
    "reopen_passage",
    "set_steps",
    "settle_remarks",
    "start_draft_from",
    "start_strategy",
    "start_with_file",
    "tick",
    "tie_key",
    "undo",
]
