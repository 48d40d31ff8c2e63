"""What is particular to the Meilisearch engine: the server's absence and faults, keys, crashes, other writers."""

from __future__ import annotations

import datetime as dt
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from kb.documents import Kind, Status
from kb.errors import BadParameter, EngineUnavailable, IndexMissing
from kb.language.model import Language
from kb.search import meilisearch_writer as writing
from kb.search.engine import Engine, Request, Word
from kb.search.meilisearch import MeilisearchEngine
from kb.search.meilisearch_client import Client, Refusal
from kb.search.meilisearch_queries import at_least
from kb.search.meilisearch_records import encode_record
from kb.search.model import Filters
from kb.search.vocabulary import Vocabulary
from tests.meilisearch_server import MASTER_KEY, MeiliServer, OwnServer
from tests.search.helpers import TODAY, TinyAnalyser, article, embedded, fill, law, meilisearch, records_of

LAW = law(article("1", "Налог", "земля"))
OTHER = law(article("1", None, "налог"), number="0-2")
ASKED = Request(TODAY, words=(Word(("налог",)),), required=1)


@pytest.fixture
def engine(tmp_path: Path, meili: MeiliServer) -> MeilisearchEngine:
    engine = meilisearch(tmp_path, meili)
    fill(engine, LAW)
    return engine


def engine_at(url: str, folder: Path, **more: str) -> MeilisearchEngine:
    return MeilisearchEngine(folder, analyser_version=TinyAnalyser.version, url=url, **more)


def counts(vocabulary: Vocabulary) -> str:
    return "\n".join(sorted(vocabulary.dump().dump().split("\n")))


CALLS: list[Callable[[Engine], object]] = [
    lambda engine: engine.candidates(ASKED),
    lambda engine: engine.needs_rebuild(),
    lambda engine: engine.sequence(),
    lambda engine: engine.vocabulary(),
    lambda engine: engine.stems(),
    lambda engine: engine.record(LAW.edition.uri, None),
    lambda engine: engine.writer().__enter__(),
    lambda engine: engine.rebuild().__enter__(),
]


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
def test_a_server_that_is_away_is_told_at_once(call: Callable[[Engine], object], tmp_path: Path) -> None:
    started = time.monotonic()
    with pytest.raises(EngineUnavailable):
        call(engine_at("http://127.0.0.1:9", tmp_path))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("url", ["", "localhost:7700", "ftp://host", "http://", "http://[::1", "meilisearch"])
def test_an_address_that_is_none(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadParameter) as problem:
        engine_at(url, tmp_path)
    assert problem.value.params["name"] == "KB_MEILI_URL"


def test_a_name_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadParameter):
        engine_at("http://127.0.0.1:9", tmp_path, name="a/b")


def test_a_server_that_comes_back(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, meili: MeiliServer) -> None:
    server = OwnServer(tmp_path_factory.mktemp("restarted"))
    server.start()
    try:
        engine = meilisearch(tmp_path, MeiliServer(server.url, MASTER_KEY))
        fill(engine, LAW)
        assert engine.candidates(ASKED).total == 1
        server.stop()
        with pytest.raises(EngineUnavailable):
            engine.candidates(ASKED)
        server.start()
        assert engine.candidates(ASKED).total == 1
        assert engine.sequence() == 1
    finally:
        server.stop()


def test_a_wrong_key_is_told(engine: MeilisearchEngine, tmp_path: Path, meili: MeiliServer) -> None:
    wrong = engine_at(meili.url, tmp_path, key="wrong")
    with pytest.raises(EngineUnavailable, match="invalid_api_key"):
        wrong.candidates(ASKED)
    with pytest.raises(EngineUnavailable, match="invalid_api_key"), wrong.rebuild():
        pass
    read_only = engine_at(meili.url, tmp_path, key=meili.key, search_key="wrong")
    with pytest.raises(EngineUnavailable, match="invalid_api_key"):
        read_only.vocabulary()


def test_searches_have_a_key_that_can_do_nothing_else(engine: MeilisearchEngine, meili: MeiliServer) -> None:
    engine.candidates(ASKED)
    admin = Client(meili.url, meili.key)
    (key,) = [one for one in admin.get("/keys?limit=1000")["results"] if one["indexes"] == [engine.name]]
    assert sorted(key["actions"]) == ["documents.get", "search"]
    with pytest.raises(Refusal) as refused:
        admin.for_searches(key["key"]).post(f"/indexes/{engine.name}/documents", [{"id": "x"}])
    assert refused.value.problem == "invalid_api_key"
    admin.delete(f"/keys/{key['uid']}")
    assert engine.candidates(ASKED).total == 1


def test_a_search_key_is_enough_to_search(engine: MeilisearchEngine, tmp_path: Path, meili: MeiliServer) -> None:
    engine.candidates(ASKED)
    keys = Client(meili.url, meili.key).get("/keys?limit=1000")["results"]
    (key,) = [one["key"] for one in keys if one["indexes"] == [engine.name]]
    reader = engine_at(meili.url, tmp_path / "elsewhere", search_key=key, name=engine.name)
    assert reader.candidates(ASKED).total == 1
    assert reader.vocabulary().records() == 2


def test_two_installations_share_a_server(tmp_path: Path, meili: MeiliServer) -> None:
    one, other = meilisearch(tmp_path / "one", meili), meilisearch(tmp_path / "other", meili)
    fill(one, LAW)
    assert other.needs_rebuild()
    fill(other, OTHER)
    assert [found.edition for found in one.candidates(ASKED).window] == [LAW.edition.uri]
    assert [found.edition for found in other.candidates(ASKED).window] == [OTHER.edition.uri]
    assert meilisearch(tmp_path / "one", meili).name == one.name != other.name


def test_another_version_needs_a_rebuild(
    engine: MeilisearchEngine, tmp_path: Path, meili: MeiliServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = MeilisearchEngine(tmp_path, analyser_version="tiny-2", url=meili.url, key=meili.key)
    assert other.needs_rebuild()
    assert other.sequence() == 0
    with pytest.raises(IndexMissing):
        other.candidates(ASKED)
    monkeypatch.setattr("kb.search.meilisearch_settings.SETTINGS", {"searchableAttributes": ["id"]})
    assert meilisearch(tmp_path, meili).needs_rebuild()
    monkeypatch.undo()
    monkeypatch.setattr("kb.search.meilisearch.SCHEMA_VERSION", 999)
    assert meilisearch(tmp_path, meili).needs_rebuild()
    assert not engine.needs_rebuild()


def test_another_process_is_followed(engine: MeilisearchEngine, tmp_path: Path, meili: MeiliServer) -> None:
    reader = meilisearch(tmp_path, meili)
    assert reader.candidates(ASKED).total == 1
    with engine.writer() as writer:
        assert writer is not None
        writer.replace_edition(OTHER.edition.uri, records_of(OTHER))
        writer.commit(7)
    assert reader.sequence() == 7
    assert reader.candidates(ASKED).total == 2
    assert counts(reader.vocabulary()) == counts(engine.vocabulary())
    fill(engine, OTHER, sequence=8)
    assert reader.sequence() == 8
    assert reader.vocabulary().records() == 2


def test_two_writers_under_one_name(engine: MeilisearchEngine, tmp_path: Path, meili: MeiliServer) -> None:
    elsewhere = engine_at(meili.url, tmp_path / "elsewhere", key=meili.key, name=engine.name)
    with engine.writer() as first, elsewhere.writer() as second:
        assert first is not None
        assert second is not None
        second.remove_act(LAW.act_id.uri)
        first.commit(5)
        with pytest.raises(EngineUnavailable, match="another process"):
            second.commit(6)
    assert engine.sequence() == 5
    assert engine.candidates(ASKED).total == 1


def test_a_task_that_fails_is_told_and_nothing_is_lost(
    engine: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(record: Any) -> dict[str, Any]:
        return encode_record(record) | ({"id": "bad id!"} if record.eid else {})

    monkeypatch.setattr(writing, "encode_record", bad)
    with engine.writer() as writer:
        assert writer is not None
        writer.replace_edition(OTHER.edition.uri, records_of(OTHER))
        with pytest.raises(EngineUnavailable, match="invalid_document_id"):
            writer.commit(4)
        with pytest.raises(EngineUnavailable, match="failed"):
            writer.commit(4)
    monkeypatch.undo()
    assert engine.sequence() == 1
    assert engine.candidates(ASKED).total == 1
    with engine.writer() as writer:
        assert writer is not None
        writer.replace_edition(OTHER.edition.uri, records_of(OTHER))
        writer.commit(4)
    assert engine.candidates(ASKED).total == 2


class Died(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("sent", range(7))
def test_a_commit_that_broke_off_is_mended(
    sent: int, tmp_path: Path, meili: MeiliServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = law(*(article(str(n), None, f"налог сөз{n}") for n in range(5)))
    after = law(*(article(str(n), None, f"налог слово{n}") for n in range(3, 6)))
    engine = meilisearch(tmp_path, meili)
    fill(engine, before, OTHER)
    monkeypatch.setattr(writing, "_BATCH_DOCUMENTS", 1)
    left = [sent]

    class Dying(Client):
        def _send(self, method: str, path: str, body: bytes | None, sort: str) -> tuple[int, bytes]:
            if method == "POST" and "/fetch" not in path and "multi" not in path:
                if not left[0]:
                    raise Died
                left[0] -= 1
            return super()._send(method, path, body, sort)

    dying = meilisearch(tmp_path, meili)
    dying._admin = Dying(meili.url, meili.key)

    def change(writer: writing.IndexWriter | None) -> None:
        assert writer is not None
        writer.replace_edition(after.edition.uri, records_of(after))
        writer.remove_act(OTHER.act_id.uri)
        writer.commit(9)

    try:
        with dying.writer() as writer:
            change(writer)
    except Died:
        assert engine.sequence() == 1
    with engine.writer() as writer:
        change(writer)
    assert engine.sequence() == 9
    fresh = meilisearch(tmp_path / "fresh", meili)
    fill(fresh, after, sequence=9)
    assert {one.id for one in engine.candidates(ASKED).window} == {one.id for one in fresh.candidates(ASKED).window}
    assert engine.candidates(Request(TODAY)).total == fresh.candidates(Request(TODAY)).total == 4
    assert counts(engine.vocabulary()) == counts(fresh.vocabulary())
    assert counts(meilisearch(tmp_path, meili).vocabulary()) == counts(fresh.vocabulary())


def test_many_commits_are_folded_into_one_vocabulary(
    engine: MeilisearchEngine, tmp_path: Path, meili: MeiliServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_NOTES", 3)
    watching = meilisearch(tmp_path, meili)
    for sequence in range(2, 14):
        document = law(article("1", None, f"налог сөз{sequence}"), number=f"0-{sequence % 4}")
        with engine.writer() as writer:
            assert writer is not None
            writer.replace_edition(document.edition.uri, records_of(document))
            writer.commit(sequence)
        if sequence % 5 == 0:
            assert watching.sequence() == sequence
            assert counts(watching.vocabulary()) == counts(meilisearch(tmp_path, meili).vocabulary())
    assert watching.sequence() == 13
    assert counts(watching.vocabulary()) == counts(engine.vocabulary())
    assert {entry.surface for entry in engine.vocabulary().prefixed("сөз", 99)} == {"сөз10", "сөз11", "сөз12", "сөз13"}


def test_a_building_that_broke_off_is_swept(engine: MeilisearchEngine, meili: MeiliServer) -> None:
    admin = Client(meili.url, meili.key)
    admin.wait([admin.post("/indexes", {"uid": f"{engine.name}-new", "primaryKey": "other"})["taskUid"]])
    fill(engine, LAW, OTHER, sequence=2)
    assert engine.candidates(ASKED).total == 2
    with pytest.raises(IndexMissing):
        admin.get(f"/indexes/{engine.name}-new")


def test_an_edition_written_twice_while_building(tmp_path: Path, meili: MeiliServer) -> None:
    changed = law(article("1", None, "аренда"))
    engine = meilisearch(tmp_path, meili)
    with engine.rebuild() as writer:
        assert writer is not None
        for document in (LAW, OTHER):
            writer.replace_edition(document.edition.uri, records_of(document))
            writer.commit(1)
        writer.replace_edition(changed.edition.uri, records_of(changed))
        writer.remove_act(OTHER.act_id.uri)
        writer.commit(2)
    fresh = meilisearch(tmp_path / "fresh", meili)
    fill(fresh, changed)
    assert counts(engine.vocabulary()) == counts(fresh.vocabulary())
    assert engine.sequence() == 2
    assert engine.candidates(Request(TODAY)).total == 2


# -- phrases in pieces ------------------------------------------------------------------------------------------------

PIECES = law(
    article("1", None, "план местного бюджета принят"),
    article("2", None, "план местного хозяйства и проект местного бюджета"),
)


@pytest.fixture
def pieces(tmp_path: Path, meili: MeiliServer) -> MeilisearchEngine:
    engine = meilisearch(tmp_path, meili)
    fill(engine, PIECES)
    return engine


def eids(engine: Engine, **more: object) -> list[str | None]:
    found = engine.candidates(Request(TODAY, **more))  # type: ignore[arg-type]
    assert found.total == len(found.window) == sum(found.facets["kind"].values())
    return sorted((one.eid for one in found.window), key=str)


def test_a_phrase_in_pieces_is_none(pieces: MeilisearchEngine) -> None:
    phrase = ("план", "местного", "бюджета")
    assert eids(pieces, phrases=(phrase,)) == ["art_1"]
    assert eids(pieces, excluded_phrases=(phrase,)) == [None, "art_2"]


def test_other_names_are_in_order_with_one_word_between(pieces: MeilisearchEngine) -> None:
    def named(*keys: str) -> list[str | None]:
        return eids(pieces, words=(Word(("нет",), (), (keys,)),), required=1)

    assert named("план", "бюдже") == ["art_1"]
    assert named("план", "местн", "бюдже") == ["art_1"]
    assert named("план", "хозяй", "и", "проек") == ["art_2"]
    assert named("план", "хозяй", "проек") == []
    assert named("план", "хозяй", "бюдже") == []
    assert named("бюдже", "план") == []
    assert named("приня") == ["art_1"]


# -- the same as the other engine -------------------------------------------------------------------------------------

WORDS = ("бюдже", "налог", "земля", "план", "и", "совет", "отчёт", "устав", "сессия", "право", "долг", "счёт", "1", "2")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, meili: MeiliServer) -> tuple[Engine, Engine]:
    chance = random.Random(5)

    def text(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    documents = [
        law(
            *(article(str(n), text(4) if n % 3 else None, text(12)) for n in range(8)),
            title=text(5),
            number=f"0-{place}",
            date=dt.date(2000 + place % 5, 1, 1) if place % 4 else None,
            kind=chance.choice([Kind.LAW, Kind.CODE, Kind.ORDER]),
            language=chance.choice([Language.KY, Language.RU]),
            status=chance.choice([Status.IN_FORCE, Status.REPEALED, Status.UNKNOWN]),
            official=chance.random() < 0.5,
            body=chance.choice(["Кеңеш", "КЕҢЕШ", None]),
        )
        for place in range(75)
    ]
    engines = embedded(tmp_path_factory.mktemp("one")), meilisearch(tmp_path_factory.mktemp("other"), meili)
    for engine in engines:
        fill(engine, *documents)
    return engines


def some_request(chance: random.Random) -> Request:
    def word() -> Word:
        names = tuple(tuple(chance.sample(WORDS, chance.randint(1, 4))) for _ in range(chance.choice([0, 0, 1])))
        return Word(tuple(chance.sample(WORDS, chance.randint(1, 2))), chance.choice([(), ("3",)]), names)

    def phrases(most: int) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(chance.choices(WORDS, k=chance.randint(1, 4))) for _ in range(chance.randint(0, most)))

    words = tuple(word() for _ in range(chance.randint(0, 5)))
    filters = Filters(
        kind=chance.choice([(), (), ("law",), ("law", "code")]),
        lang=chance.choice([(), (), ("ky",)]),
        status=chance.choice([(), (), ("repealed", "unknown")]),
        year=chance.choice([(), (), (2001, 2002)]),
        body=chance.choice([(), (), ("КЕҢЕШ",)]),
        official=chance.choice([None, None, True]),
        date_from=chance.choice([None, None, dt.date(2001, 1, 1)]),
        date_to=chance.choice([None, None, dt.date(2003, 1, 1)]),
    )
    return Request(
        TODAY,
        filters,
        words=words,
        required=chance.randint(1, max(len(words), 1)),
        phrases=phrases(1),
        excluded=(word(),) if chance.random() < 0.2 else (),
        excluded_phrases=phrases(1),
        numbers=chance.choice([(), (), (), ("3", "0-7")]),
        documents_only=chance.random() < 0.1,
        window=1_000,
    )


@pytest.mark.parametrize("seed", range(120))
def test_both_engines_find_the_same(seed: int, both: tuple[Engine, Engine]) -> None:
    request = some_request(random.Random(seed))
    one, other = (engine.candidates(request) for engine in both)
    assert {found.id for found in other.window} == {found.id for found in one.window}
    assert other.total == one.total
    assert other.facets == one.facets


def test_too_many_words_to_count_are_looked_at_again(both: tuple[Engine, Engine]) -> None:
    request = Request(TODAY, words=tuple(Word((word,)) for word in WORDS), required=9, window=1_000)
    one, other = (engine.candidates(request) for engine in both)
    assert {found.id for found in other.window} == {found.id for found in one.window}
    assert 0 < other.total == one.total < 200


@pytest.mark.parametrize("words", [1, 2, 3])
def test_a_larger_window_begins_with_the_smaller(words: int, both: tuple[Engine, Engine]) -> None:
    request = Request(TODAY, words=tuple(Word((word,)) for word in WORDS[:words]), required=1)
    small, large = (both[1].candidates(Request(**_values(request) | {"window": window})) for window in (200, 1_000))
    assert small.total == large.total > 200
    assert len(small.window) == 200
    assert [one.id for one in large.window[:200]] == [one.id for one in small.window]
    assert len(large.window) == len({one.id for one in large.window}) == min(large.total, 1_000)


def _values(request: Request) -> dict[str, Any]:
    return {name: getattr(request, name) for name in Request.__dataclass_fields__}


def test_the_best_records_are_in_the_window(tmp_path: Path, meili: MeiliServer) -> None:
    plain = [article(str(n), None, "налог " + "слово " * 30) for n in range(400)]
    best = [article("900", "Налог", "налог"), article("901", None, "налог налог налог")]
    engine = meilisearch(tmp_path, meili)
    fill(engine, law(*plain[:200], *best, *plain[200:]))
    window = engine.candidates(Request(TODAY, words=(Word(("налог",)),), required=1)).window
    assert {one.eid for one in window[:2]} == {"art_900", "art_901"}


@pytest.mark.parametrize("parts", range(1, 9))
def test_at_least_some_of_many(parts: int) -> None:
    names = [f"x{place}" for place in range(parts)]
    for required in range(1, parts + 1):
        expression = at_least(names, required).replace("AND", "and").replace("OR", "or")
        for held in range(2**parts):
            values = {name: bool(held >> place & 1) for place, name in enumerate(names)}
            assert eval(expression, values) == (sum(values[name] for name in names) >= required)


# -- a server that misbehaves -----------------------------------------------------------------------------------------


@contextmanager
def stub(answer: Callable[[str, str], tuple[int, bytes]]) -> Iterator[str]:
    """A server on this machine that gives what ``answer`` says for method and path."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = answer(self.command, self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>not this server</html>"),
        (500, b""),
        (502, b"bad gateway"),
        (503, b'{"message": "busy", "code": "too_many_search_requests"}'),
        (200, b"[]"),
    ],
)
def test_answers_that_are_none(status: int, body: bytes, tmp_path: Path) -> None:
    with stub(lambda method, path: (status, body)) as url, pytest.raises(EngineUnavailable):
        engine_at(url, tmp_path, key="x").candidates(ASKED)


def test_a_server_that_hangs_is_told_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.search.meilisearch_client._SEARCH_SECONDS", 0.3)

    def answer(method: str, path: str) -> tuple[int, bytes]:
        time.sleep(1.0)
        return 200, b"{}"

    with stub(answer) as url:
        engine = engine_at(url, tmp_path, key="x")
        started = time.monotonic()
        threads = [threading.Thread(target=_refused, args=(engine,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - started < 0.9


def _refused(engine: Engine) -> None:
    with pytest.raises(EngineUnavailable):
        engine.candidates(ASKED)


@pytest.mark.parametrize("end", ["failed", "canceled"])
def test_the_error_of_a_task_is_told(end: str, tmp_path: Path) -> None:
    task = {"uid": 3, "status": end, "type": "indexCreation", "error": {"code": "no_space_left", "message": "full"}}

    def answer(method: str, path: str) -> tuple[int, bytes]:
        if path.startswith("/tasks"):
            results = [] if "indexUids" in path else [task]
            return 200, json.dumps({"results": results}).encode()
        if method == "DELETE":
            return 404, b'{"code": "index_not_found", "message": ""}'
        return 202, b'{"taskUid": 3}'

    with stub(answer) as url, pytest.raises(EngineUnavailable, match=r"no_space_left.*full"):
        engine_at(url, tmp_path, key="x").rebuild().__enter__()
