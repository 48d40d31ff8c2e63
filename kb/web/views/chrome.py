"""What stands around every page: language switch, navigation, addresses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.language.model import Language
from kb.web.translate import OWN_NAMES
from kb.web.urls import href, with_query


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its words, its address (already encoded) or None for the page itself, language of the words."""

    text: str
    href: str | None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Switch:
    """One language of the switch."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a page.

    Attributes:
        language: language of the interface.
        path: path of the page, encoded.
        address: address of the page with host, for print.
        json_href: the same page as JSON.
        switches: the languages, on the same page.
        today: the day, for print.
        query: words in the header's search box.
    """

    language: Language
    path: str
    address: str
    json_href: str
    switches: tuple[Switch, ...]
    today: dt.date
    query: str = ""


def chrome(language: Language, path: str, query: Sequence[tuple[str, str]], origin: str, today: dt.date) -> Chrome:
    """The frame of a page.

    Args:
        language: language of the interface.
        path: path of the page, decoded, without ``.json``.
        query: parameters of the request in order.
        origin: scheme and host (``https://kb.example``).
        today: the day.
    """
    rest = [(name, value) for name, value in query if name != "hl"]
    encoded = href(path)
    switches = tuple(
        Switch(code.value, name, with_query(encoded, [*rest, ("hl", code.value)]), code is language)
        for code, name in OWN_NAMES.items()
    )
    return Chrome(
        language=language,
        path=encoded,
        address=with_query(f"{origin}{encoded}", rest),
        json_href=with_query("/index.json" if path == "/" else f"{encoded}.json", rest),
        switches=switches,
        today=today,
        query=next((value for name, value in rest if name == "q"), "") if path == "/search" else "",
    )


def title_in(titles: Mapping[Language, str], language: Language) -> tuple[str, str]:
    """The title to show a reader and its language: the reader's, else Kyrgyz, else Russian, else any; empty if none."""
    for choice in (language, Language.KY, Language.RU, *titles):
        if titles.get(choice):
            return titles[choice], choice.value
    return "", language.value


@dataclass(frozen=True, slots=True)
class Pager:
    """Paging of a list: numbers of the first and last shown, of all, and links to the pages around."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


def pager(path: str, pairs: Sequence[tuple[str, str]], total: int, limit: int, offset: int) -> Pager:
    """Paging of a list.

    Args:
        path: path of the list.
        pairs: its parameters without ``offset``.
        total: number of all that fit.
        limit: how many a page shows.
        offset: how many are before this page.
    """

    def at(start: int) -> str:
        return with_query(path, [*pairs, ("offset", str(start))] if start else pairs)

    last = min(offset + limit, total)
    return Pager(
        first=min(offset + 1, total),
        last=last,
        total=total,
        before=at(max(offset - limit, 0)) if offset > 0 else None,
        after=at(offset + limit) if last < total else None,
    )
