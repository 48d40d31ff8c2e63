"""The rendered document clause by clause, as HTML with marks on what answers filled."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from kb.language.model import Language
from kb.templates.fill import render
from kb.templates.interview import remarks_now
from kb.templates.marks import (
    BOLD,
    BOLD_END,
    FILLED,
    FILLED_END,
    FILLED_NAME,
    MISSING,
    MISSING_END,
    MODEL,
    MODEL_END,
    POINT,
    set_numbers,
    starting_number,
    without_filling,
)
from kb.templates.model import WHOLE, Checked, Clause, Doubtful, Form, LegalBasis, Remark

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = re.compile(f"[{BOLD}{BOLD_END}{MODEL}{MODEL_END}]")
_FILLING = re.compile(f"{FILLED}([^{FILLED_NAME}]*){FILLED_NAME}([^{FILLED_END}]*){FILLED_END}")
_MODEL = '<mark class="model">'
#: Where words that Word keeps in two runs go on.
_BETWEEN = re.compile(f"{MODEL_END}(?:{BOLD_END}{BOLD})?{MODEL}")
_MODEL_WORDS = re.compile(f"{_MODEL}(.*?)</mark>")
_WANTING = re.compile(f"{MISSING}[^{MISSING_END}]*{MISSING_END}")


@dataclass(frozen=True, slots=True)
class Preview:
    """A document as a page shows it.

    Attributes:
        clauses: its pieces in order.
        doubtful: case forms to be confirmed.
    """

    clauses: tuple[Clause, ...]
    doubtful: tuple[Doubtful, ...]


@dataclass(slots=True)
class _Piece:
    """A piece of the preview while it grows."""

    level: str
    label: str = ""
    number: str = ""
    heading: str = ""
    html: list[str] = field(default_factory=list)
    fields: dict[str, bool] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)


def preview(form: Form, checked: Checked, language: Language, answers: object = None) -> Preview:
    """What the document would be with the answers so far; where one is wanting, the question's name stands.

    Args:
        form: the form.
        checked: its checked answers, with or without errors.
        language: language of the document.
        answers: the raw answers, for the case forms that they give.

    Raises:
        ValueError: the form has no template in ``language``.
        BadForm: the template does not work.
    """
    rendered = render(form, checked, language, answers, missing=True)
    remarks = remarks_now(form, checked.values)
    return Preview(clauses_of(rendered.document, form.bases, remarks), rendered.doubtful)


def clauses_of(
    document: str, bases: tuple[LegalBasis, ...] = (), remarks: tuple[Remark, ...] = ()
) -> tuple[Clause, ...]:
    """Clauses of a rendered document.

    Args:
        document: its main part, marks and all.
        bases: legal bases to be set beside the clauses.
        remarks: remarks on the official text to be set beside its clauses.

    Raises:
        BadForm: the numbers of its units cannot be counted.
    """
    tree = etree.fromstring(set_numbers(document, keep=True).encode())
    behind = _by_clause(bases)
    return tuple(_clause(piece, behind, remarks) for piece in _pieces(tree[0]))


def _by_clause(bases: tuple[LegalBasis, ...]) -> Mapping[str, tuple[LegalBasis, ...]]:
    found: dict[str, tuple[LegalBasis, ...]] = {}
    for basis in bases:
        found[basis.clause] = (*found.get(basis.clause, ()), basis)
    return found


def _clause(piece: _Piece, bases: Mapping[str, tuple[LegalBasis, ...]], remarks: tuple[Remark, ...]) -> Clause:
    own = piece.label or (WHOLE if piece.level == "text" else "")
    said = tuple(one for one in remarks if _of(one.clause) == piece.label and piece.level != "section")
    told = "\n".join(piece.html)
    behind = dict.fromkeys(basis for label in (own, *piece.labels) for basis in bases.get(label, ()))
    return Clause(
        label=piece.label,
        level=piece.level,
        number=piece.number,
        heading=piece.heading,
        # What an author highlighted is the model's own only where something is said about it.
        html=told if said else _MODEL_WORDS.sub(r"\1", told),
        fields=tuple(piece.fields),
        missing=tuple(name for name, wanting in piece.fields.items() if wanting),
        bases=tuple(behind),
        remarks=said,
    )


def _of(number: str) -> str:
    """Number of the clause that a unit of the official text belongs to; empty for what stands before them."""
    return number.partition(".")[0]


def _pieces(body: Any) -> Iterator[_Piece]:
    piece = _Piece("text")
    for block in body:
        if block.tag == _W + "p":
            text = _text(block)
            unit = starting_number(text)
            if unit and unit[0] in {"section", "clause"}:
                if piece.html or piece.heading:
                    yield piece
                plain = _UNSEEN.sub("", unit[2])
                number, _dot, heading = plain.partition(".")
                piece = _Piece(unit[0], unit[1], number.strip(), without_filling(heading).strip())
                continue
            if unit and unit[0] == POINT:
                if piece.html or piece.heading:
                    yield piece
                piece = _Piece(POINT, unit[1], unit[2].partition(".")[0])
            elif unit and unit[1]:
                piece.labels.append(unit[1])
            piece.html += _paragraph(block, unit[2] if unit else text, piece.fields, unit[1] if unit else "")
        elif block.tag == _W + "tbl":
            piece.html.append(_table(block, piece.fields))
    if piece.html or piece.heading:
        yield piece


def _text(par: Any) -> str:
    """Characters of a paragraph, a run's bold ones and the model's own between marks in private use."""
    told = []
    for run in par.iter(_W + "r"):
        text = "".join(_characters(run))
        bold = run.find(f"{_W}rPr/{_W}b") is not None
        if text and run.find(f"{_W}rPr/{_W}highlight") is not None:
            text = f"{MODEL}{text}{MODEL_END}"
        told.append(f"{BOLD}{text}{BOLD_END}" if bold and text else text)
    return "".join(told)


def _characters(run: Any) -> Iterator[str]:
    for child in run:
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in {_W + "br", _W + "cr"}:
            yield "\n"
        elif child.tag == _W + "tab":
            yield "\t"


def _style(par: Any) -> str:
    found = par.find(f"{_W}pPr/{_W}pStyle")
    return str(found.get(_W + "val")) if found is not None else "Normal"


def _paragraph(par: Any, text: str, fields: dict[str, bool], label: str = "") -> list[str]:
    if not text.strip():
        return []
    anchor = f' data-unit="{html.escape(label)}"' if label else ""
    return [f'<p class="{_style(par).lower()}"{anchor}>{_marked(text, fields)}</p>']


def _marked(text: str, fields: dict[str, bool]) -> str:
    told = html.escape(_BETWEEN.sub("", text)).replace("\n", "<br>").replace("\t", " ")
    told = told.replace(BOLD, "<strong>").replace(BOLD_END, "</strong>")
    told = told.replace(MODEL, _MODEL).replace(MODEL_END, "</mark>")

    def mark(found: re.Match[str]) -> str:
        wanting = _WANTING.search(found[2]) is not None
        fields[found[1]] = fields.get(found[1], False) or wanting
        kind = ' class="missing"' if wanting else ""
        words = found[2].replace(MISSING, "").replace(MISSING_END, "")
        return f'<mark{kind} data-field="{html.escape(found[1])}">{words}</mark>' if words else ""

    return without_filling(_FILLING.sub(mark, told))


def _table(table: Any, fields: dict[str, bool]) -> str:
    bordered = table.find(f"{_W}tblPr/{_W}tblStyle")
    kind = "columns" if bordered is not None and bordered.get(_W + "val") == "Columns" else "grid"
    rows = []
    for row in table.iter(_W + "tr"):
        cells = (
            "".join(f"<p>{_marked(_text(par), fields)}</p>" for par in cell.iter(_W + "p"))
            for cell in row.iter(_W + "tc")
        )
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f'<table class="{kind}">{"".join(rows)}</table>'
