"""The tree of units of one scope: an act, or an appendix with its own numbering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.documents import Block, Level
from kb.ingest import notes
from kb.ingest.structure import filling, headings, inserted, items, lists, ranks
from kb.ingest.structure.findings import Findings
from kb.ingest.structure.looks import Looks, ends_anyhow, ends_sentence, is_capitals, is_dash, opens_list, starts_small
from kb.ingest.structure.marks import HEADINGS, ITEMS, Mark, MarkKind
from kb.ingest.structure.model import Node, Piece
from kb.ingest.structure.numbers import Value, is_next
from kb.ingest.structure.pieces import line_of
from kb.ingest.structure.quotes import quoted

_LISTED = frozenset({Level.POINT, Level.SUBPOINT})


class Builder:
    """Puts the pieces of one scope below its root, one after the other."""

    def __init__(self, root: Node, pieces: Sequence[Piece], looks: Looks, findings: Findings) -> None:
        """Prepare to build below ``root``; appendices and signatures are not among ``pieces``."""
        self.root = root
        self._pieces = pieces
        self._looks = looks
        self._findings = findings
        self._ahead = items.Ahead(pieces)
        self._quoted = quoted(pieces)
        for index, mark in inserted.restore(pieces, self._quoted):
            pieces[index].mark = mark
            findings.doubt("superscript_lost", pieces[index], mark.number)
        for index, mark in items.mistyped(pieces, self._quoted):
            pieces[index].mark = mark
            findings.doubt("number_lookalike", pieces[index], mark.number)
        self._style = headings.HeadingStyle(pieces)
        self._path: list[Node] = [root]
        self._last_clause: Value | None = None
        self._last: dict[MarkKind, Value] = {}
        self._pending: tuple[Node, Piece] | None = None
        kinds = {piece.mark.kind for index, piece in enumerate(pieces) if piece.mark and index not in self._quoted}
        #: Whether the scope has articles; else its numbered paragraphs are clauses.
        self.articles = MarkKind.ARTICLE in kinds
        #: Whether it has articles or numbered clauses at all.
        self.structured = self.articles or items.has_clauses(pieces, self._quoted)
        self._ranks = ranks.HIGHER | ranks.inverted(pieces)
        self._roman_rank = ranks.BARE if kinds & {MarkKind.SECTION, MarkKind.CHAPTER} else 1.0
        self._bare = (
            frozenset() if self.articles else items.bare_headings(pieces, [self._headinglike(p) for p in pieces])
        )

    def build(self) -> None:
        """Place every piece."""
        for index, piece in enumerate(self._pieces):
            pending, self._pending = self._pending, None
            if index in self._quoted or piece.is_table:
                self._text(index, piece)
            elif piece.note is not None:
                self._note(index, piece)
            elif pending is not None and self._goes_on(index, pending, piece):
                continue
            elif piece.mark is None or not self._marked(index, piece, piece.mark):
                self._unmarked(index, piece)

    # Headings

    def _marked(self, index: int, piece: Piece, mark: Mark) -> bool:
        """Place a piece with a mark; False if the mark fits nowhere and the piece is text."""
        if mark.kind in HEADINGS:
            if not self._is_heading(index, piece, mark):
                self._findings.doubt("number_rejected", piece, mark.number)
                return False
            if mark.kind is MarkKind.ARTICLE:
                self._article(index, piece, mark)
            else:
                self._higher(piece, mark, *self._ranks[mark.kind])
            return True
        if mark.kind is MarkKind.ROMAN:
            return self._roman(piece, mark)
        if mark.kind is MarkKind.DECIMAL and not mark.dotted and self._is_bare(index, piece, mark):
            self._higher(piece, mark, Level.SUBCHAPTER, ranks.BARE)
            return True
        return self._item(index, piece, mark)

    def _is_heading(self, index: int, piece: Piece, mark: Mark) -> bool:
        if mark.firm and not mark.keyword_small:
            return True
        if self._looks.emphasised(piece.look) or is_capitals(piece.text):
            return True
        last = self._last.get(mark.kind)
        fits = mark.value is not None and items.fit(last, mark.value) in {items.Fit.NEXT, items.Fit.SKIP}
        short = len(piece.text) <= headings.SHORT and not ends_sentence(piece.text)
        clean = items.is_clean(self._before(index), mark) or self._is_titled_only()
        return fits and (mark.firm or short) and clean

    def _higher(self, piece: Piece, mark: Mark, level: Level, rank: float) -> None:
        split = headings.split_higher(piece, mark, self._looks)
        node = Node(level, rank, mark.number, mark.value, mark.kind)
        self._open(node, piece, split, rank)

    def _article(self, index: int, piece: Piece, mark: Mark) -> None:
        split = headings.split_article(piece, mark, self._ahead.piece(index), self._style, self._looks)
        rank = float(lists.ARTICLE_RANK)
        last = mark.until[0] if mark.until else None
        node = Node(Level.ARTICLE, rank, mark.number, mark.value, mark.kind)
        run_in = split.body[0] if split.doubt == "heading_runs_on" else None
        self._open(node, piece, split if run_in is None else replace(split, body=()), rank)
        if run_in is not None:
            self._pending = None
            line = line_of(run_in, piece)
            if line.mark is None or not self._item(index, line, line.mark):
                filling.put(node, run_in)
        if last is not None and mark.value is not None:
            self._pending = None
            for number in range(mark.value[0] + 1, last + 1):
                twin = Node(Level.ARTICLE, rank, str(number), (number,), mark.kind, place=node.place)
                twin.notes = list(node.notes)
                self._push(twin, len(self._path) - 2)

    def _open(self, node: Node, piece: Piece, split: headings.Split, rank: float) -> None:
        depth = max(index for index, open_node in enumerate(self._path) if open_node.rank < rank)
        node.place, node.look = piece.block.place, piece.look
        node.heading = split.heading
        if split.doubt:
            self._findings.doubt(split.doubt, piece, node.number)
        self._push(node, depth)
        if node.kind is not None and node.value is not None:
            self._last[node.kind] = node.value
        node.tail = split.heading or ""
        if split.heading:
            filling.take_note(node, split.heading)
        for block in split.body:
            filling.put(node, block)
        if not split.body and not node.notes:
            self._pending = (node, piece)

    def _goes_on(self, index: int, pending: tuple[Node, Piece], piece: Piece) -> bool:
        node, first = pending
        if piece.mark is not None and piece.mark.kind is MarkKind.PART and piece.mark.number is None:
            # «РАЗДЕЛ I» above «ОБЩАЯ ЧАСТЬ»: a part stands above sections, so it can only be the section's name.
            named = node.heading is None and node.level is not Level.ARTICLE
            node.heading = headings.as_heading(piece.block) if named else node.heading
            return named
        article = node.level is Level.ARTICLE or node.level in {Level.CLAUSE, Level.SUBCLAUSE}
        more = headings.goes_on(node.heading, first, piece, self._looks, article=article)
        more = more or (self._leads(index, node) and headings.is_higher_line(node.heading, first, piece, self._looks))
        if not more and not headings.is_wedged(node.heading, piece, self._ahead.piece(index)):
            return False
        line = headings.as_heading(piece.block) or ""
        node.heading = f"{node.heading} {line}" if node.heading else line
        node.tail = line
        filling.take_note(node, node.heading)
        self._pending = pending if not node.notes else None
        return True

    def _leads(self, index: int, node: Node) -> bool:
        """Whether a heading above the articles is followed by another one, with a line or two between."""
        if not self.articles or node.rank >= lists.ARTICLE_RANK:
            return False
        follower = self._ahead.mark(index)
        return follower is not None and follower.kind in HEADINGS and self._ahead.distance(index) <= headings.MORE_LINES

    def _roman(self, piece: Piece, mark: Mark) -> bool:
        last = self._last.get(MarkKind.ROMAN)
        fits = mark.value is not None and (is_next(last, mark.value) or mark.value == (1,))
        skips = (
            mark.value is not None
            and last is not None
            and last[0] < mark.value[0] <= last[0] + 3
            and not mark.lookalike
        )
        short = len(piece.text) <= headings.LONG and piece.text[-1] not in ";,"
        if not (fits or (skips and self._looks.emphasised(piece.look))) or not short:
            if len(mark.number or "") > 1:
                self._findings.doubt("number_rejected", piece, mark.number)
            return False
        level = Level.SECTION if self._roman_rank == 1.0 else Level.SUBCHAPTER
        self._higher(piece, mark, level, self._roman_rank)
        return True

    def _headinglike(self, piece: Piece) -> bool:
        mark = piece.mark
        if mark is None or mark.kind is not MarkKind.DECIMAL or mark.dotted:
            return False
        text = piece.text[mark.end :]
        if not text or len(text) > headings.SHORT or ends_anyhow(text) or text[-1] == "," or starts_small(text):
            return False
        return self._looks.emphasised(piece.look) or not self._looks.known

    def _is_bare(self, index: int, piece: Piece, mark: Mark) -> bool:
        """Whether ``1. Общие положения`` is a sub-heading: among articles, when an article follows it at once."""
        if not self.articles:
            return index in self._bare
        follower = self._ahead.mark(index)
        text = piece.text[mark.end :]
        if follower is None or follower.kind not in HEADINGS or self._ahead.distance(index) > 2 or not text:
            return False
        if len(text) > headings.SHORT or ends_anyhow(text) or text[-1] == ",":
            return False
        floor = lists.floor_of(self._path)
        if self._path[floor].level is not Level.ARTICLE or self._looks.emphasised(piece.look):
            return True
        listed = [node.value for node in self._path[floor].children if node.kind is MarkKind.DECIMAL]
        bare = mark.value is not None and not is_next(listed[-1] if listed else None, mark.value)
        if bare:
            self._findings.doubt("heading_unsure", piece, mark.number)
        return bare

    # Items

    def _item(self, index: int, piece: Piece, mark: Mark) -> bool:
        around = lists.Around(
            clean=items.is_clean(self._before(index), mark) or self._is_titled_only(),
            fresh=self._is_titled_only(),
            continues=self._ahead.continues(index, mark),
            soft=piece.soft,
            last_clause=None if self.articles else self._last_clause,
        )
        spot = lists.find_spot(self._path, mark, around)
        if spot is None:
            self._findings.doubt("number_rejected", piece, mark.number)
            return False
        node = lists.new_node(spot, self._path)
        node.place, node.look = piece.block.place, piece.look
        if spot.doubt:
            self._findings.doubt(spot.doubt, piece, spot.mark.number)
        if spot.mark.lookalike:
            self._findings.doubt("number_lookalike", piece, spot.mark.number)
        self._push(node, spot.depth)
        if node.level is Level.CLAUSE:
            self._last_clause = node.value
        rest = piece.block.cut(mark.end)
        if node.level in {Level.CLAUSE, Level.SUBCLAUSE}:
            is_title, doubt = headings.clause_heading(piece, mark, self._ahead.piece(index), self._looks)
            if is_title:
                if doubt:
                    self._findings.doubt(doubt, piece, node.number)
                self._titled(node, piece, rest)
                return True
        if rest.text:
            filling.put(node, rest)
        return True

    def _is_titled_only(self) -> bool:
        """Whether the innermost unit has nothing but a heading yet, after which any item may come."""
        node = self._path[-1]
        return (bool(node.heading) and not node.body) or (node is self.root and not node.children)

    def _titled(self, node: Node, piece: Piece, rest: Block) -> None:
        node.heading = headings.as_heading(rest)
        node.tail = rest.text
        self._pending = (node, piece)
        if node.heading:
            filling.take_note(node, node.heading)

    def _push(self, node: Node, depth: int) -> None:
        self._path[depth + 1 :] = [self._path[depth].add(node)]

    # Text and notes

    def _unmarked(self, index: int, piece: Piece) -> None:
        if piece.mark is None and self._is_unnumbered(index, piece):
            rank = self._unnumbered_rank(piece)
            node = Node(Level.SECTION, rank)
            self._open(node, piece, headings.Split(headings.as_heading(piece.block)), rank)
            self._pending = None
            return
        self._text(index, piece)

    def _is_unnumbered(self, index: int, piece: Piece) -> bool:
        """Whether a paragraph is a heading without number; among articles and clauses only before a number."""
        if not self._looks.heading(piece, loose=not self.structured):
            return False
        if not self.structured:
            return True
        follower = self._ahead.mark(index)
        if self.articles:
            return follower is not None and follower.kind in HEADINGS and self._ahead.distance(index) <= 1
        return not opens_list(self._path[-1].tail) or is_capitals(piece.text)

    def _unnumbered_rank(self, piece: Piece) -> float:
        """Rank of a heading without number: that of a numbered one set alike, else below all numbered ones."""
        if piece.look.outline is not None:
            return ranks.UNNUMBERED + piece.look.outline / 10
        for node in self._path[1:]:
            alike = self._looks.same(node.look, piece.look) and is_capitals(node.heading or "") == is_capitals(
                piece.text
            )
            if node.rank < ranks.UNNUMBERED and alike and self._looks.emphasised(piece.look):
                return node.rank
        return ranks.UNNUMBERED + 0.9

    def _text(self, index: int, piece: Piece) -> None:
        node = self._path[-1]
        if node is self.root:
            node = self._loose(piece)
        elif self.articles and node.rank < lists.ARTICLE_RANK and node.level is not Level.APPENDIX:
            self._findings.leave_out(piece, "under_heading")
        elif self._closes(index, node, piece) or self._is_new_alinea(node, piece):
            closing = Node(Level.ALINEA, node.rank, place=piece.block.place, look=piece.look)
            self._push(closing, len(self._path) - 2)
            node = closing
        filling.put(node, piece.block)

    def _is_new_alinea(self, node: Node, piece: Piece) -> bool:
        if node.level is not Level.ALINEA or piece.is_table:
            return False
        return not (is_dash(piece.text) or opens_list(node.tail) or starts_small(piece.text))

    def _loose(self, piece: Piece) -> Node:
        """The unit for text that stands before any heading or number."""
        if self.root.level is Level.APPENDIX:
            return self.root
        if self.structured:
            self._findings.leave_out(piece, "before_first_unit")
        node = Node(Level.SECTION, ranks.UNNUMBERED + 0.9, place=piece.block.place, look=piece.look)
        self._push(node, 0)
        return node

    def _closes(self, index: int, node: Node, piece: Piece) -> bool:
        """Whether a paragraph behind the last point of a list closes the unit that holds the list.

        ``1. …: 1) …; 2) … .`` and then ``Бул эрежелер …`` before ``2.``.
        """
        if node.level not in _LISTED or piece.is_table or index in self._quoted:
            return False
        if is_dash(piece.text) or starts_small(piece.text) or opens_list(node.tail) or not (node.tail or node.notes):
            return False
        follower = self._ahead.mark(index)
        if follower is not None and follower.kind is node.kind and is_next(node.value, follower.value or ()):
            return False
        if not ends_sentence(node.tail) and node.tail:
            self._findings.doubt("alinea_unsure", piece)
        return True

    def _note(self, index: int, piece: Piece) -> None:
        """A note in a paragraph of its own: of the point above it if the article goes on, else of the article."""
        if piece.note is None:
            return
        node = self._path[-1]
        if node is self.root and not (node.body or node.heading or node.level):
            node = self._loose(piece)
        scope = notes.scope(piece.note)
        if scope.level is not Level.ALINEA and not scope.piece:
            node = self._noted(index, node, scope)
        node.notes.append(piece.note)

    def _noted(self, index: int, node: Node, scope: notes.NoteScope) -> Node:
        if scope.level is not None:
            named = [one for one in self._path[1:] if one.level and scope.covers(one.level, one.number)]
            if named:
                return named[-1]
        holder = next(
            (one for one in reversed(self._path) if one.level in {Level.ARTICLE, Level.CLAUSE}), self._path[-1]
        )
        follower = self._ahead.mark(index)
        inside = (
            follower is not None
            and follower.kind in ITEMS
            and (self.articles or follower.dotted or follower.kind is not MarkKind.DECIMAL)
        )
        return node if inside else holder

    def _before(self, index: int) -> Piece | None:
        return self._pieces[index - 1] if index else None
