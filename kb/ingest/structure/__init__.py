"""Structure of an act: the blocks of a source made a tree of units with numbers, headings and addresses.

``find_body`` says where the head ends, ``build`` makes the units. Codes of the doubts that it raises:

- ``number_rejected``: a number at a paragraph's start that fits no list; the paragraph is kept as text;
- ``number_far``, ``number_twice``, ``number_out_of_order``, ``numbering_restarts``: kept as units;
- ``number_lookalike``: letters stood for digits; ``superscript_lost``: 231 between 23 and 24 was read as 23-1;
- ``number_hidden``: a missing number stands inside running text;
- ``heading_unsure``, ``heading_runs_on``, ``alinea_unsure``, ``repeal_unsure``: the likelier reading was taken;
- ``article_twice``: of two copies the last was kept; ``address_twice``: a number that stands twice.
"""

from kb.ingest.structure.assemble import build, find_body
from kb.ingest.structure.model import Structure

__all__ = ["Structure", "build", "find_body"]
