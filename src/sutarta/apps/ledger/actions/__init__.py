"""What is done to the log: acts are recorded, put in order and signed."""

from sutarta.apps.ledger.actions.epochs import open_epoch
from sutarta.apps.ledger.actions.founding import found_log, log_of, rotate_key
from sutarta.apps.ledger.actions.recording import record, stir
from sutarta.apps.ledger.actions.sequencing import sequence, sequence_all
from sutarta.apps.ledger.actions.witnessing import NotTaken, cosign

__all__ = [
    "NotTaken",
    "cosign",
    "found_log",
    "log_of",
    "open_epoch",
    "record",
    "rotate_key",
    "sequence",
    "sequence_all",
    "stir",
]
