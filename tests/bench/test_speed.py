"""The measure of speed, on an index so small that it takes no time."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.bench import recombine, speed
from kb.bench.plain import Fts5Facets
from kb.bench.queries import CLASSES
from kb.bench.recombine import UNITS, Pool, collect, make_act
from kb.documents import Document, Kind
from kb.language.analyser import load
from kb.language.model import Language
from kb.language.thesaurus import Thesaurus
from kb.search.model import Query
from kb.search.searcher import Searcher
from tests.search.helpers import article, law

RUSSIAN = (
    "Налог на землю поступает в местный бюджет каждого района",
    "Публичные слушания проводятся в открытом заседании кенеша",
    "Договор аренды муниципального имущества заключается письменно",
    "Депутаты утверждают программу развития айылного аймака",
)
KYRGYZ = (
    "Жергиликтүү бюджеттин кирешелери кеңештин токтому менен бекитилет",
    "Коомдук угуулар айыл өкмөтүнүн имаратында өткөрүлөт жана жарыяланат",
    "Муниципалдык мүлктү ижарага берүү келишими жазуу жүзүндө түзүлөт",
    "Депутаттар өнүктүрүү программасын кеңештин сессиясында карашат",
)


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    russian = law(*(article(str(number), None, line) for number, line in enumerate(RUSSIAN, 1)))
    kyrgyz = law(
        *(article(str(number), None, line) for number, line in enumerate(KYRGYZ, 1)),
        title="Жергиликтүү бюджет жөнүндө Үлгү мыйзамы",
        number="0-13",
        kind=Kind.LAW,
        language=Language.KY,
    )
    return [russian, kyrgyz]


@pytest.fixture(scope="module")
def pool(documents: list[Document]) -> Pool:
    return collect(documents, load())


def test_acts_are_the_same_each_time(pool: Pool) -> None:
    records = list(make_act(3, pool, 1))
    assert len(records) == UNITS
    assert records == list(make_act(3, pool, 1))
    assert records[1:] != list(make_act(4, pool, 1))[1:]
    for record in records[1:]:
        words = record.body_words
        shown = [record.text[start:end] for start, end in zip(words.offsets[::2], words.offsets[1::2], strict=True)]
        assert [word.lower() for word in shown] == list(words.surfaces)


def test_every_class_is_forced_and_measured(
    pool: Pool, documents: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recombine, "_SENTENCES", (1, 1))
    ground = speed.build(tmp_path / "index", pool, b"", Thesaurus(), 20 * UNITS, lambda units: None)
    fts5 = Fts5Facets(speed.all_records(ground), tmp_path / "fts5.sqlite3")

    def answer(searcher: Searcher, query: Query) -> object:
        return searcher.search(query)

    bench = speed.Bench(ground, answer, 2)
    assert list(bench.queries) == list(CLASSES)
    report = speed.summarise(bench.run(fts5))
    for kind in CLASSES:
        assert report[kind]["queries"] == 2
        assert 0 < report[kind]["engine_p50"] <= report[kind]["request_p95"]  # type: ignore[operator]
    assert report["words"]["fts5_answered"] == 2
    assert report["typos"]["p95_ratio"] is None
    assert fts5.answer(bench.queries["filters"][0]) > 0
    fts5.close()
    assert speed.index_bytes(ground.folder) > 10_000
    times = speed.commit_times(ground)
    assert len(times) == 20
    assert min(times) > 0
    with speed.ingesting(ground, documents):
        assert bench.run(None)["words"][0].fts5 is None
    assert ground.engine().sequence() > ground.units + 20
