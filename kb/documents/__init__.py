"""Frozen values of the library: acts, editions, units, blocks and what intake reports of them.

Terms are those of Akoma Ntoso 3.0 and FRBR: an act (work) has dated editions in a language
(expressions); an edition has units in document order, each with a body of blocks.
"""

from kb.documents.blocks import Block, BlockKind, Place, Span, SpanKind, table_block
from kb.documents.expressions import Document, Edition, Metadata
from kb.documents.intake import Coverage, Doubt, Gap, Intake, LeftOut, Original, Report
from kb.documents.units import EID_PREFIX, HIGHER_LEVELS, Level, Note, NoteKind, Unit, count_levels, effective_status
from kb.documents.works import (
    AUDIENCES,
    GENERALITY,
    STATE_KINDS,
    TOPICS,
    ActId,
    ActReference,
    Kind,
    Status,
    parse_act_uri,
    slug_of_number,
)

__all__ = [
    "AUDIENCES",
    "EID_PREFIX",
    "GENERALITY",
    "HIGHER_LEVELS",
    "STATE_KINDS",
    "TOPICS",
    "ActId",
    "ActReference",
    "Block",
    "BlockKind",
    "Coverage",
    "Document",
    "Doubt",
    "Edition",
    "Gap",
    "Intake",
    "Kind",
    "LeftOut",
    "Level",
    "Metadata",
    "Note",
    "NoteKind",
    "Original",
    "Place",
    "Report",
    "Span",
    "SpanKind",
    "Status",
    "Unit",
    "count_levels",
    "effective_status",
    "parse_act_uri",
    "slug_of_number",
    "table_block",
]
