"""What people fill in: a file and its corrections, why there is a draft, the words of a block."""

from sutarta.apps.strategies.forms.editing import BlockForm, new_like
from sutarta.apps.strategies.forms.preparing import (
    ACCEPTED,
    AltForm,
    CorrectionForm,
    DraftForm,
    FileForm,
    HeaderForm,
    KindForm,
    NewStrategyForm,
    correcting,
)

__all__ = [
    "ACCEPTED",
    "AltForm",
    "BlockForm",
    "CorrectionForm",
    "DraftForm",
    "FileForm",
    "HeaderForm",
    "KindForm",
    "NewStrategyForm",
    "correcting",
    "new_like",
]
