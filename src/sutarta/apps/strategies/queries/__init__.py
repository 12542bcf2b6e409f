"""What is asked of strategies: their versions, a file being prepared, the way of a passage."""

from sutarta.apps.strategies.queries.comparing import (
    Comparison,
    Rewording,
    beside,
    compared,
    tally,
)
from sutarta.apps.strategies.queries.editing import (
    Act,
    acts,
    changed_ids,
    columns,
    edit_of,
    may_join,
    seen,
)
from sutarta.apps.strategies.queries.history import Step, history
from sutarta.apps.strategies.queries.preparing import corrected, open_import, picture
from sutarta.apps.strategies.queries.stepping import steps_of, without_steps
from sutarta.apps.strategies.queries.versions import (
    HEAVY,
    doubtful,
    draft_of,
    first_public,
    newest,
    passages_of,
    published,
    strategies_of,
    strategy_at,
    version_at,
)

__all__ = [
    "HEAVY",
    "Act",
    "Comparison",
    "Rewording",
    "Step",
    "acts",
    "beside",
    "changed_ids",
    "columns",
    "compared",
    "corrected",
    "doubtful",
    "draft_of",
    "edit_of",
    "first_public",
    "history",
    "may_join",
    "newest",
    "open_import",
    "passages_of",
    "picture",
    "published",
    "seen",
    "steps_of",
    "strategies_of",
    "strategy_at",
    "tally",
    "version_at",
    "without_steps",
]
