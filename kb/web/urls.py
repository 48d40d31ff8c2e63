"""Addresses of acts, editions and units: built here, parsed here.

``/akn/kg/act/law/2021-10-20/123`` is an act, ``…/kir`` its Kyrgyz text, ``…/kir@2024-09-30`` an edition,
``…/kir:2016-05-01`` the text as of a day, and ``/~art_29`` behind any of them a unit.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kb.documents import STATE_KINDS, ActId, ActReference, parse_act_uri
from kb.language.model import Language

_EXPRESSION = re.compile(r"([a-z]{3})(?:([@:])(\d{4}-\d{2}-\d{2})?)?")
_EID = re.compile(r"[\w\-]{1,200}")
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Address:
    """What an address asks for.

    Attributes:
        act: URI of the act.
        language: language of the text, None if the address leaves it open.
        edition: whether an edition is named (``@``).
        date: date of the edition named; None for an undated one.
        as_of: the day whose text is asked for (``:``).
        eid: the unit, or None for the whole act.
    """

    act: str
    language: Language | None = None
    edition: bool = False
    date: dt.date | None = None
    as_of: dt.date | None = None
    eid: str | None = None

    @property
    def expression(self) -> str | None:
        """URI of the edition that is named, or None."""
        if self.language is None or not self.edition:
            return None
        return f"{self.act}/{self.language.akn}@{self.date or ''}"

    @property
    def path(self) -> str:
        """The address again, not percent-encoded."""
        text = self.act
        if self.language is not None:
            text += f"/{self.language.akn}"
            if self.edition:
                text += f"@{self.date or ''}"
            elif self.as_of is not None:
                text += f":{self.as_of}"
        return f"{text}/~{self.eid}" if self.eid else text


def parse_address(path: str) -> Address:
    """What a path under ``/akn/`` asks for (``/akn/kg/act/law/2021-10-20/123/rus@/~art_29``).

    Args:
        path: the path with its first slash, percent-decoded.

    Raises:
        ValueError: it is no address of ours.
    """
    if len(path) > _LONGEST:
        raise ValueError(path[:_LONGEST])
    rest, mark, eid = path.rstrip("/").partition("/~")
    if mark and not _EID.fullmatch(eid):
        raise ValueError(path)
    unit = eid or None
    if _is_act(rest):
        return Address(rest, eid=unit)
    act, _, last = rest.rpartition("/")
    found = _EXPRESSION.fullmatch(last)
    if found is None or not _is_act(act):
        raise ValueError(path)
    language = Language.from_akn(found[1])
    date = dt.date.fromisoformat(found[3]) if found[3] else None
    if found[2] == "@":
        return Address(act, language, edition=True, date=date, eid=unit)
    if found[2] == ":" and date is None:
        raise ValueError(path)
    return Address(act, language, as_of=date, eid=unit)


def _is_act(path: str) -> bool:
    try:
        parse_act_uri(path)
    except ValueError:
        return False
    return True


def valid_eid(text: str) -> bool:
    """Whether a text can be an eId at all."""
    return _EID.fullmatch(text) is not None


def href(path: str) -> str:
    """A path as a link has it: percent-encoded, the signs of our addresses kept."""
    return quote(path, safe="/~@:")


def unit_href(uri: str, eid: str | None) -> str:
    """Link to a unit of an act or edition, or to the whole of it."""
    return href(f"{uri}/~{eid}" if eid else uri)


def api_href(uri: str, eid: str | None = None) -> str:
    """Link to an act or a unit of it in the API."""
    return href(f"/api/v1/acts{uri}" + (f"/units/{eid}" if eid else ""))


def file_href(sha256: str, name: str) -> str:
    """Link to an original file."""
    return href(f"/files/{sha256}/{name.replace('/', '-')}")


def reference_uri(reference: ActReference) -> str | None:
    """URI of an act that a text names, or None where kind, number and date do not name it alone."""
    if reference.kind not in STATE_KINDS or not reference.number or not reference.date:
        return None
    return ActId(reference.kind, reference.number, reference.date).uri


def report_href(edition: str) -> str:
    """Link to the report on the file of an edition."""
    return href(f"/report{edition}")


def with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path (already encoded) with a query; without ``?`` if there are no pairs."""
    encoded = urlencode(list(pairs))
    return f"{path}?{encoded}" if encoded else path
