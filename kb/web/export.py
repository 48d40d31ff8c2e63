"""A list of hits as a table for spreadsheets."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable

from kb.search.model import Hit

COLUMNS = (
    "act",
    "kind",
    "act_number",
    "act_date",
    "title",
    "edition",
    "eid",
    "level",
    "number",
    "heading",
    "path",
    "lang",
    "status",
    "official",
    "snippet",
    "address",
)
_MARK = re.compile("</?mark>")
#: With these a cell is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def hits_table(hits: tuple[Hit, ...], address: Callable[[Hit], str]) -> bytes:
    """Hits as CSV in UTF-8 with a byte order mark, which spreadsheets need; the first line names the columns.

    Args:
        hits: the hits in their order.
        address: address of a hit's page.
    """
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for hit in hits:
        cells = (
            hit.act,
            hit.act_kind,
            hit.act_number,
            hit.act_date.isoformat() if hit.act_date else None,
            hit.title,
            hit.edition,
            hit.eid,
            hit.level,
            hit.number,
            hit.heading,
            " › ".join(hit.path),
            hit.lang,
            hit.status,
            "true" if hit.official else "false",
            html.unescape(_MARK.sub("", hit.snippet)),
            address(hit),
        )
        table.writerow([_harmless(cell or "") for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
