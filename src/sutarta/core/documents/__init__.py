"""Documents: ordered blocks, their identity through versions, and what changed between them."""

from sutarta.core.documents.anchors import (
    Fate,
    Outcome,
    QuotePlace,
    find_quote,
    follow_quote,
    match,
)
from sutarta.core.documents.applying import Side, Step, applied, reverted, steps
from sutarta.core.documents.blocks import SCHEMA, TEXTS, Block, Cell, Document, Kind, Source, Span
from sutarta.core.documents.comparison import ComparedSection, Comparison, compare
from sutarta.core.documents.editing import CannotEdit, Edit
from sutarta.core.documents.lineage import Inheritance, identify, inherit, reassign
from sutarta.core.documents.outline import (
    Section,
    display_numbers,
    looks_like_heading,
    outline,
    section_of,
)
from sutarta.core.documents.pairs import Pair, Turn
from sutarta.core.documents.redline import Change, redline, similarity
from sutarta.core.documents.refating import Became, refate, ties_after
from sutarta.core.documents.store import (
    BadDocument,
    commitment,
    document_digest,
    document_digest_from,
    dump,
    dump_block,
    dump_spans,
    load,
    load_block,
    load_spans,
)
from sutarta.core.documents.tokens import only_numbers_differ
from sutarta.core.documents.wording import neat, paragraphs, plain, respan

__all__ = [
    "SCHEMA",
    "TEXTS",
    "BadDocument",
    "Became",
    "Block",
    "CannotEdit",
    "Cell",
    "Change",
    "ComparedSection",
    "Comparison",
    "Document",
    "Edit",
    "Fate",
    "Inheritance",
    "Kind",
    "Outcome",
    "Pair",
    "QuotePlace",
    "Section",
    "Side",
    "Source",
    "Span",
    "Step",
    "Turn",
    "applied",
    "commitment",
    "compare",
    "display_numbers",
    "document_digest",
    "document_digest_from",
    "dump",
    "dump_block",
    "dump_spans",
    "find_quote",
    "follow_quote",
    "identify",
    "inherit",
    "load",
    "load_block",
    "load_spans",
    "looks_like_heading",
    "match",
    "neat",
    "only_numbers_differ",
    "outline",
    "paragraphs",
    "plain",
    "reassign",
    "redline",
    "refate",
    "respan",
    "reverted",
    "section_of",
    "similarity",
    "steps",
    "ties_after",
]
