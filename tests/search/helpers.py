"""A small analyser and small documents for the tests of search."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.documents import ActId, Block, Document, Kind, Level, Metadata, Status, Unit
from kb.language.model import Analyser, Language, Token
from kb.search.embedded import EmbeddedEngine
from kb.search.engine import Engine
from kb.search.meilisearch import MeilisearchEngine
from kb.search.records import Record, make_records
from kb.search.searcher import Searcher
from tests.meilisearch_server import MeiliServer

TODAY = dt.date(2025, 6, 1)
_WORD = re.compile(r"\w+(?:[./-]\w+)*")


class TinyAnalyser:
    """Lower-case words; the key is the first five letters, of a number the number."""

    version = "tiny-1"

    def analyze(self, text: str, language: Language) -> list[Token]:
        return [self._token(match) for match in _WORD.finditer(text)]

    def analyze_many(self, texts: Sequence[str], language: Language) -> list[list[Token]]:
        return [self.analyze(text, language) for text in texts]

    def fit(self, texts: Iterable[tuple[Language, Sequence[str]]]) -> bytes:
        return b""

    def frozen(self, stems: bytes) -> Analyser:
        return self

    def outgrown(self, types: int) -> bool:
        return False

    @staticmethod
    def _token(match: re.Match[str]) -> Token:
        surface = match.group().lower()
        number = re.match(r"\d+(?:[./-]\d+)*", surface)
        return Token(match.start(), match.end(), surface, number.group() if number else surface[:5])


def unit(eid: str, level: Level, number: str | None, *lines: str, **more: object) -> Unit:
    values = {"wid": eid, "heading": None, "parent": None, "status": None} | more
    return Unit(eid=eid, level=level, number=number, body=tuple(map(Block, lines)), **values)  # type: ignore[arg-type]


def law(
    *units: Unit,
    title: str = "О местном бюджете Үлгү",
    number: str = "0-12",
    date: dt.date | None = dt.date(2020, 1, 2),
    kind: Kind = Kind.LAW,
    language: Language = Language.RU,
    status: Status = Status.UNKNOWN,
    **more: object,
) -> Document:
    metadata = Metadata(kind, title, number=number, date=date, status=status, **more)  # type: ignore[arg-type]
    return Document(ActId(kind, number, date, body="ulgu"), language, metadata, units)


def article(number: str, heading: str | None, *lines: str, **more: object) -> Unit:
    return unit(f"art_{number}", Level.ARTICLE, number, *lines, heading=heading, **more)


def records_of(document: Document, until: dt.date | None = None) -> list[Record]:
    return make_records(document, until=until, analyser=TinyAnalyser())


def fill(engine: Engine, *documents: Document, sequence: int = 1) -> None:
    with engine.rebuild() as writer:
        assert writer is not None
        for document in documents:
            writer.replace_edition(document.edition.uri, records_of(document))
        writer.commit(sequence)


def embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder, analyser_version=TinyAnalyser.version)


def meilisearch(folder: Path, server: MeiliServer) -> MeilisearchEngine:
    return MeilisearchEngine(folder, analyser_version=TinyAnalyser.version, url=server.url, key=server.key)


def searcher_over(folder: Path, *documents: Document) -> Searcher:
    engine = embedded(folder)
    fill(engine, *documents)
    return Searcher(engine, TinyAnalyser())
