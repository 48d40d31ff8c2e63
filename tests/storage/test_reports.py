"""Files that editions stand on, and what a person should look at."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from kb.documents import Coverage, Doubt, Gap, LeftOut, Level, Report
from kb.errors import UnknownAct
from kb.language.model import Language
from kb.storage.database import upgrade, writing
from kb.storage.migrating import script
from kb.storage.model import DoubtfulFile
from kb.storage.repository import Library
from tests.storage.making import LAW, intake


def keep(library: Library, number: str, report: Report, **more: Any) -> str:
    law: dict[str, Any] = {**LAW, "number": number}
    taken = intake(**law, content=f"{number}{more}".encode(), report=report, **more)
    return library.store(taken, who="test", version="7").edition


def test_a_source_is_the_file_last_read(library: Library) -> None:
    keep(library, "0-1", Report(coverage=Coverage(9, 8)))
    report = Report((Doubt("title_unknown", where="line 1"),), coverage=Coverage(20, 20), languages={"ky": 3})
    law: dict[str, Any] = {**LAW, "number": "0-1"}
    taken = intake(**law, content=b"newer bytes", report=report)
    edition = library.store(taken, who="test", version="8").edition
    source = library.source(edition)
    assert (source.edition, source.title) == (edition, taken.document.metadata.title)
    assert (source.name, source.media_type) == (taken.original.name, taken.original.media_type)
    assert (source.sha256, source.size, source.version) == (taken.original.sha256, len(b"newer bytes"), "8")
    assert source.report == report
    assert abs(dt.datetime.now(dt.UTC) - source.read) < dt.timedelta(minutes=1)
    with pytest.raises(UnknownAct):
        library.source(f"{edition}2031-01-01")


def test_the_worst_read_come_first(library: Library) -> None:
    gap, doubt = Gap(Level.ARTICLE, "2", "4", "missing"), Doubt("title_unknown")
    keep(library, "0-1", Report(coverage=Coverage(1000, 1000)))
    keep(library, "0-2", Report(coverage=Coverage(1000, 995)))
    doubted = keep(library, "0-3", Report((doubt,), coverage=Coverage(1000, 1000)))
    torn = keep(library, "0-4", Report((doubt,), (gap,), Coverage(1000, 1000)))
    thin = keep(library, "0-5", Report(coverage=Coverage(1000, 900)))
    empty = keep(library, "0-6", Report((doubt,), coverage=Coverage(0, 0)))
    page = library.doubtful()
    assert [source.edition for source in page.sources] == [thin, torn, doubted, empty]
    assert (page.total, page.held) == (4, 6)
    second = library.doubtful(limit=2, offset=1)
    assert [source.edition for source in second.sources] == [torn, doubted]
    assert second.total == 4
    library.remove(thin.partition("/kir")[0], who="test")
    assert [source.edition for source in library.doubtful(limit=1).sources] == [torn]


def test_a_list_shows_numbers_of_reports(library: Library) -> None:
    left_out = (LeftOut("line 2", "Үлгү", "before_first_unit"), LeftOut("line 3", "Үлгү", "under_heading"))
    gap, doubt = Gap(Level.ARTICLE, "2", "4", "missing"), Doubt("title_unknown")
    report = Report((doubt, doubt), (gap,), Coverage(1000, 900, left_out))
    edition = keep(library, "0-1", report)
    shown = DoubtfulFile(edition, "Үлгү айылдык кеңеши жөнүндө", ANY, 1000, 900, pieces=2, gaps=1, warnings=2)
    assert library.doubtful().sources == (shown,)
    # The same file, of which a newer version tells something else.
    keep(library, "0-1", replace(report, gaps=(), warnings=(doubt,)))
    assert library.doubtful().sources == (replace(shown, gaps=0, warnings=1),)


def test_numbers_of_reports_kept_before_are_counted(engine: sa.Engine, library: Library) -> None:
    doubt = Doubt("title_unknown")
    left_out = tuple(LeftOut(f"line {line}", "Үлгү", "under_heading") for line in range(3))
    keep(library, "0-1", Report((doubt, doubt), (Gap(Level.ARTICLE, "2", "4", "missing"),), Coverage(1000, 998)))
    keep(library, "0-2", Report(coverage=Coverage(1000, 700, left_out)))
    keep(library, "0-3", Report(coverage=Coverage(1000, 1000)))
    page = library.doubtful()
    assert page.total == 2
    with writing(engine) as connection, Operations.context(MigrationContext.configure(connection)):
        migration: Any = script().get_revision("0004").module
        migration.downgrade()
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0003'"))
    upgrade(engine)
    assert library.doubtful() == page


def test_recognised_texts_are_known_by_their_editions(library: Library) -> None:
    typed = keep(library, "0-1", Report())
    scanned = keep(library, "0-1", Report(), language=Language.RU, recognised=0.87)
    said = keep(library, "0-2", Report(), licence='"recognised":true')
    assert library.recognised([typed, scanned, said, "/akn/nonsense"]) == {scanned: 0.87}
    assert library.recognised([]) == {}
