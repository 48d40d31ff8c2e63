"""Engines as they come, without our analysis: what the same texts give there."""

from __future__ import annotations

import re
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import EngineUnavailable
from kb.search.meilisearch_client import Client
from kb.search.model import Filters, Query
from kb.search.records import Record

_WORD = re.compile(r"[\w-]+")
_DEPTH = 20
_START_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Text:
    """A record as an engine without our analysis gets it."""

    id: str
    act: str
    lang: str
    eid: str | None
    title: str
    heading: str
    text: str


def plain_text(record: Record) -> Text:
    """What a record shows."""
    whole = record.eid is None
    heading = record.title if whole else " ".join(filter(None, (record.number, record.heading)))
    return Text(record.id, record.act, record.lang, record.eid, "" if whole else record.title, heading, record.text)


class Fts5:
    """SQLite FTS5 with its own tokenizer and bm25: all words, or any where no text has all."""

    name = "sqlite_fts5"

    def __init__(self, texts: Iterable[Text], path: str = ":memory:") -> None:
        """Index ``texts`` in the file ``path``."""
        self._base = sqlite3.connect(path, check_same_thread=False)
        self._base.execute(
            "create virtual table unit using fts5(title, heading, text, act unindexed, lang unindexed, eid unindexed)"
        )
        self._base.executemany(
            "insert into unit values (?, ?, ?, ?, ?, ?)",
            ((one.title, one.heading, one.text, one.act, one.lang, one.eid) for one in texts),
        )
        self._base.commit()

    def find(self, query: str) -> list[tuple[str, str, str | None]]:
        """Act, language and eId of the best texts."""
        words = [f'"{word}"' for word in _WORD.findall(query)]
        if not words:
            return []
        return self._find(" AND ".join(words)) or self._find(" OR ".join(words))

    def _find(self, match: str) -> list[tuple[str, str, str | None]]:
        sql = "select act, lang, eid from unit where unit match ? order by bm25(unit) limit ?"
        return self._base.execute(sql, (match, _DEPTH)).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


class Fts5Facets:
    """FTS5 that answers as ours does: ten hits with snippets, the number of all, and five facets."""

    _FACETS = ("kind", "lang", "status", "year", "body")

    def __init__(self, records: Iterable[Record], path: Path) -> None:
        """Index ``records`` in the file ``path``."""
        self._base = sqlite3.connect(path)
        self._base.executescript(
            "pragma journal_mode=off; pragma synchronous=off;"
            "create virtual table unit using fts5(title, heading, text);"
            "create table about(id integer primary key, kind, lang, status, year, body, official);"
        )
        for number, one in enumerate(records, start=1):
            year = one.act_date.year if one.act_date else None
            self._base.execute(
                "insert into unit(rowid, title, heading, text) values (?, ?, ?, ?)",
                (number, one.title, one.heading or "", one.text),
            )
            self._base.execute(
                "insert into about values (?, ?, ?, ?, ?, ?, ?)",
                (number, one.kind, one.lang, one.status, year, one.body, one.official),
            )
        self._base.commit()
        self._base.execute("insert into unit(unit) values ('optimize')")
        self._base.commit()

    def answer(self, query: Query) -> int:
        """Number of units found."""
        text = query.text
        match = text if text.startswith('"') else " AND ".join(f'"{word}"' for word in _WORD.findall(text))
        where, values = self._conditions(query.filters)
        matching = (
            "with found as materialized (select about.* from unit join about on about.id = unit.rowid "  # noqa: S608
            f"where unit match ?{where}) "
        )
        counts = " union all ".join(
            [
                "select 'total', null, count(*) from found",
                *(f"select '{name}', {name}, count(*) from found group by {name}" for name in self._FACETS),  # noqa: S608
            ]
        )
        rows = self._base.execute(matching + counts, (match, *values)).fetchall()
        hits = (
            "select unit.rowid, snippet(unit, 2, '<mark>', '</mark>', '…', 30) from unit "  # noqa: S608
            f"join about on about.id = unit.rowid where unit match ?{where} order by rank limit 10"
        )
        self._base.execute(hits, (match, *values)).fetchall()
        return int(next(count for name, _, count in rows if name == "total"))

    @staticmethod
    def _conditions(filters: Filters) -> tuple[str, list[object]]:
        where, values = "", []
        for name in ("kind", "lang", "status", "year"):
            if chosen := getattr(filters, name):
                where += f" and about.{name} in ({','.join('?' * len(chosen))})"
                values += chosen
        if filters.official is not None:
            where += " and about.official = ?"
            values.append(filters.official)
        return where, values

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


class StockMeilisearch:
    """Meilisearch with its own settings."""

    name = "meilisearch_stock"

    def __init__(self, url: str, texts: Sequence[Text], key: str = "") -> None:
        """Put ``texts`` into a new index of the server at ``url``."""
        self._client = Client(url, key)
        self._path = f"/indexes/stock-{time.time_ns()}"
        rows = [
            {"id": one.id, "title": one.title, "heading": one.heading, "text": one.text, "unit": number}
            for number, one in enumerate(texts)
        ]
        self._texts = texts
        self._client.wait([self._client.post(f"{self._path}/documents?primaryKey=id", rows)["taskUid"]])

    def find(self, query: str) -> list[tuple[str, str, str | None]]:
        """Act, language and eId of the best texts."""
        asked = {"q": query, "limit": _DEPTH, "attributesToRetrieve": ["unit"]}
        found = self._client.post(f"{self._path}/search", asked)["hits"]
        texts = [self._texts[hit["unit"]] for hit in found]
        return [(one.act, one.lang, one.eid) for one in texts]

    def close(self) -> None:
        """Take the index away."""
        self._client.delete(self._path)


def _answers(url: str) -> bool:
    try:
        Client(url, "").get("/health")
    except EngineUnavailable:
        return False
    return True


@contextmanager
def meilisearch_server(folder: Path, url: str = "") -> Iterator[str | None]:
    """Address of a Meilisearch server.

    Args:
        folder: where a server that is started here keeps its data.
        url: a server that runs already; empty to start the ``meilisearch`` found on PATH.

    Returns:
        A context that gives the address, or None where there is no server and no program.
    """
    if url:
        yield url
        return
    program = shutil.which("meilisearch")
    if program is None:
        yield None
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}"
    arguments = ["--db-path", str(folder / "data"), "--http-addr", f"127.0.0.1:{port}", "--no-analytics"]
    server = subprocess.Popen(  # noqa: S603
        [program, *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not _answers(address):
            if time.monotonic() > deadline or server.poll() is not None:
                yield None
                return
            time.sleep(0.1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
