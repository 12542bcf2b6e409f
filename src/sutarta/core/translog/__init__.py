"""A log that can only grow: Merkle tree, proofs, signed checkpoints and tiles.

The tree is that of RFC 6962 and RFC 9162, checkpoints are C2SP signed notes (c2sp.org/signed-note,
c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature), tiles are C2SP tiles (c2sp.org/tlog-tiles):
verifiers and witnesses made for other logs can read ours. What is special to Sutarta stands in
`entries`: what one leaf says, and the promise a receipt carries before its leaf is there; and in
`receipts`, `examining` and `comparing`: what its author holds, and how anybody checks it.

No function here knows the time, draws a random number or opens a file.
"""

from sutarta.core.translog.checkpoints import BadCheckpoint, Checkpoint
from sutarta.core.translog.comparing import compare
from sutarta.core.translog.entries import (
    BadPromise,
    Handover,
    Promise,
    act_digest,
    keys_in_force,
    leaf_around,
    leaf_bytes,
    short_code,
)
from sutarta.core.translog.examining import examine, examine_logs
from sutarta.core.translog.growing import Edge, last_tiles
from sutarta.core.translog.hashing import EMPTY_ROOT, leaf_hash, node_hash
from sutarta.core.translog.notes import BadNote, Note, Signature, Signer, Verifier
from sutarta.core.translog.proofs import (
    BadProof,
    Lookup,
    consistency,
    extends,
    includes,
    inclusion,
    root_of,
)
from sutarta.core.translog.receipts import Finding, NotReceipt
from sutarta.core.translog.tiles import (
    HASH,
    LONGEST_ENTRY,
    WIDTH,
    BadTile,
    Tiles,
    entries_path,
    pack_entries,
    tile_path,
    tiles_of,
    unpack_entries,
)
from sutarta.core.translog.tree import Tree

__all__ = [
    "EMPTY_ROOT",
    "HASH",
    "LONGEST_ENTRY",
    "WIDTH",
    "BadCheckpoint",
    "BadNote",
    "BadPromise",
    "BadProof",
    "BadTile",
    "Checkpoint",
    "Edge",
    "Finding",
    "Handover",
    "Lookup",
    "NotReceipt",
    "Note",
    "Promise",
    "Signature",
    "Signer",
    "Tiles",
    "Tree",
    "Verifier",
    "act_digest",
    "compare",
    "consistency",
    "entries_path",
    "examine",
    "examine_logs",
    "extends",
    "includes",
    "inclusion",
    "keys_in_force",
    "last_tiles",
    "leaf_around",
    "leaf_bytes",
    "leaf_hash",
    "node_hash",
    "pack_entries",
    "root_of",
    "short_code",
    "tile_path",
    "tiles_of",
    "unpack_entries",
]
