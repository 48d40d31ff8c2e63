"""Drafts: keys open what they should, revisions are counted, only the newest can be followed, expired ones go."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from kb.errors import ExpiredDraft, TooManyDrafts, UnknownDraft
from kb.storage.drafts import IDLE, TOLD, DraftStore, Keeping, NewDraft
from kb.storage.tables import DraftRevisionRow, FormVersionRow

NOW = dt.datetime(2026, 11, 24, 8, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
READ, EDIT = "a" * 64, "b" * 64


def new(name: str = "one", read: str = READ, edit: str = EDIT, version: str = "v1") -> NewDraft:
    return NewDraft(name, "charter", version, {("charter", version): b"\x00form"}, read, edit, {"answers": {}})


@pytest.fixture
def store(engine: sa.Engine) -> DraftStore:
    return DraftStore(engine)


def test_a_draft_is_opened_by_either_key(store: DraftStore) -> None:
    store.create(new(), NOW, NOW + DAY)
    reading, editing = store.open(READ, NOW), store.open(EDIT, NOW)
    assert (reading.may_edit, editing.may_edit) == (False, True)
    assert (editing.id, editing.form, editing.form_version) == ("one", "charter", "v1")
    assert (editing.created, editing.expires) == (NOW, NOW + DAY)
    assert (editing.newest.number, editing.newest.content, editing.newest.time) == (1, {"answers": {}}, NOW)
    with pytest.raises(UnknownDraft):
        store.open("c" * 64, NOW)


def test_revisions_follow_each_other(store: DraftStore) -> None:
    store.create(new(), NOW, NOW + DAY)
    content = {"answers": {"municipality_name": "Баш-Кайыңды", "note": "\ud800 'А & Б' <script>"}}
    made = store.save("one", 1, content, NOW + DAY / 2, NOW + 2 * DAY)
    assert made is not None
    assert made.number == 2
    assert store.save("one", 1, {"answers": {"late": 1}}, NOW + DAY, NOW + 9 * DAY) is None
    assert store.save("none", 1, {}, NOW, NOW + DAY) is None
    opened = store.open(EDIT, NOW + DAY)
    assert opened.expires == NOW + 2 * DAY
    assert opened.newest.content == {"answers": {"municipality_name": "Баш-Кайыңды", "note": "� 'А & Б' <script>"}}
    assert [one.number for one in store.revisions("one")] == [2, 1]
    first = store.revision("one", 1)
    assert first is not None
    assert first.content == {"answers": {}}
    assert store.revision("one", 3) is None


def test_of_those_who_save_at_once_one_is_first(store: DraftStore) -> None:
    store.create(new(), NOW, NOW + DAY)
    with ThreadPoolExecutor(6) as people:
        made = list(people.map(lambda n: store.save("one", 1, {"n": n}, NOW, NOW + DAY), range(6)))
    assert [one.number for one in made if one] == [2]
    assert store.open(EDIT, NOW).newest.number == 2


def test_the_oldest_revisions_are_forgotten(engine: sa.Engine) -> None:
    store = DraftStore(engine, Keeping(revisions=3))
    store.create(new(), NOW, NOW + DAY)
    for number in range(1, 6):
        assert store.save("one", number, {"n": number}, NOW, NOW + DAY)
    assert [one.number for one in store.revisions("one")] == [6, 5, 4]


def test_a_draft_takes_so_many_bytes(engine: sa.Engine) -> None:
    store = DraftStore(engine, Keeping(draft_bytes=1_000))
    store.create(new(), NOW, NOW + DAY)
    for number, size in enumerate((100, 150, 150, 100), 1):
        assert store.save("one", number, {"a": "ы" * size}, NOW, NOW + DAY)
    assert [one.number for one in store.revisions("one")] == [5, 4, 3], "a letter takes two bytes"
    assert store.save("one", 5, {"a": "ы" * 2_000}, NOW, NOW + DAY)
    assert [one.number for one in store.revisions("one")] == [6]


def test_there_are_so_many_drafts(engine: sa.Engine) -> None:
    store = DraftStore(engine, Keeping(drafts=2))

    def begin(name: str, now: dt.datetime) -> None:
        store.create(new(name, f"read {name}", f"edit {name}"), now, now + 9 * DAY)

    begin("one", NOW)
    begin("two", NOW)
    with pytest.raises(TooManyDrafts) as raised:
        begin("three", NOW)
    assert raised.value.params == {"limit": 2}
    store.save("one", 1, {"a": 1}, NOW, NOW + 9 * DAY)
    begin("three", NOW + IDLE)
    assert store.open("edit one", NOW + IDLE).newest.number == 2, "something was saved in it"
    with pytest.raises(UnknownDraft):
        store.open("edit two", NOW + IDLE)
    store.save("three", 1, {"a": 1}, NOW, NOW + DAY)
    with pytest.raises(TooManyDrafts):
        begin("four", NOW + IDLE * 3)
    begin("four", NOW + 2 * DAY)


def test_that_a_draft_was_there_is_known_for_a_year(store: DraftStore) -> None:
    store.create(new(), NOW, NOW + DAY)
    store.forget_expired(NOW + DAY + TOLD - dt.timedelta(seconds=1))
    with pytest.raises(ExpiredDraft):
        store.open(EDIT, NOW + TOLD)
    store.forget_expired(NOW + DAY + TOLD)
    with pytest.raises(UnknownDraft):
        store.open(EDIT, NOW + TOLD)


def test_versions_of_forms_are_kept_once(store: DraftStore, engine: sa.Engine) -> None:
    store.create(new(), NOW, NOW + DAY)
    store.create(new("two", "c" * 64, "d" * 64), NOW, NOW + DAY)
    store.save("two", 1, {"x": 1}, NOW, NOW + DAY, {("charter", "v2"): b"second"})
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(FormVersionRow)) == 2
    assert (store.form_version("v1"), store.form_version("v2"), store.form_version("v3")) == (
        b"\x00form",
        b"second",
        None,
    )


def test_versions_of_forms_go_with_the_last_draft_that_needs_them(store: DraftStore) -> None:
    forms = {("charter", name): name.encode() for name in ("v1", "v2", "v3")} | {("order", "o1"): b"o1"}

    def begin(name: str, days: int, version: str, **versions: str) -> None:
        draft = NewDraft(name, "charter", version, forms, f"read {name}", f"edit {name}", {"versions": versions})
        store.create(draft, NOW, NOW + days * DAY)

    begin("short", 1, "v1", charter="v1", order="o1")
    begin("long", 9, "v2", charter="v3", order="o1")
    store.save("long", 1, {"versions": {"charter": "v2"}}, NOW, NOW + 9 * DAY)
    store.forget_expired(NOW + DAY / 2)
    assert store.form_version("v1") == b"v1", "nothing has expired"
    store.forget_expired(NOW + DAY)
    kept = {name for name in ("v1", "v2", "v3", "o1") if store.form_version(name)}
    assert kept == {"v2", "v3", "o1"}, "an earlier revision can be brought back"
    store.forget_expired(NOW + 9 * DAY)
    assert not any(store.form_version(name) for name in ("v2", "v3", "o1"))


def test_expired_drafts_say_so_and_hold_nothing(store: DraftStore, engine: sa.Engine) -> None:
    store.create(new(), NOW, NOW + DAY)
    store.create(new("two", "c" * 64, "d" * 64), NOW, NOW + 9 * DAY)
    assert store.open(EDIT, NOW + DAY - dt.timedelta(seconds=1)).id == "one"
    with pytest.raises(ExpiredDraft) as raised:
        store.open(EDIT, NOW + DAY)
    assert raised.value.params == {"day": "2026-11-25"}
    assert store.forget_expired(NOW + 2 * DAY) == 1
    assert store.forget_expired(NOW + 2 * DAY) == 0
    with engine.connect() as connection:
        assert set(connection.scalars(sa.select(DraftRevisionRow.draft_id))) == {"two"}
    for now in (NOW, NOW + 3 * DAY):
        with pytest.raises(ExpiredDraft):
            store.open(READ, now)
    assert store.open("d" * 64, NOW + 2 * DAY).id == "two"


def test_failures_do_not_tell_what_was_answered(store: DraftStore) -> None:
    store.create(new(), NOW, NOW + DAY)
    with pytest.raises(sa.exc.IntegrityError) as raised:
        store.create(new("one", "e" * 64, "f" * 64), NOW, NOW + DAY)
    assert "e" * 64 not in str(raised.value)
