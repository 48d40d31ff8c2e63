"""Drafts: two people at once, undo, case forms that go stale, versions of forms, answers from outside."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from kb.errors import BadAnswers, DatabaseUnavailable, ExpiredDraft, UnknownDraft, UnknownForm, UnknownRevision
from kb.language.model import Language
from kb.storage.database import open_database, upgrade
from kb.storage.drafts import DraftStore
from kb.templates.catalog import load_form
from kb.templates.model import Form
from kb.usecases.draft_content import Clash, Content, read_answers
from kb.usecases.draft_keeping import keep_clean
from kb.usecases.drafts import Draft, Drafts, reading_key

KY, RU = Language.KY, Language.RU
NAME, PEOPLE = ("answers", "municipality_name"), ("answers", "population")


@dataclass
class World:
    """What a test can change."""

    now: dt.datetime = dt.datetime(2026, 11, 24, 8, 5, tzinfo=dt.UTC)
    answers_bytes: int = 50_000
    newest: str = ""

    def load(self, name: str) -> Form:
        form = load_form(name)
        return replace(form, version=self.newest) if self.newest and name == "charter" else form


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    made = open_database(f"sqlite:///{tmp_path / 'kb.sqlite3'}")
    upgrade(made)
    yield made
    made.dispose()


@pytest.fixture
def drafts(world: World, engine: sa.Engine) -> Drafts:
    return Drafts(DraftStore(engine), world, 180, load=world.load, now=lambda: world.now)


@pytest.fixture
def draft(drafts: Drafts) -> Draft:
    return drafts.open(drafts.create("charter", [KY, RU]), edit=True)


def again(drafts: Drafts, draft: Draft) -> Draft:
    return drafts.open(draft.key, edit=True)


def test_a_draft_begins_empty_with_its_companions(drafts: Drafts, draft: Draft) -> None:
    assert list(draft.forms) == ["charter", "working-group-order", "assembly-protocol", "charter-resolution"]
    assert (draft.number, draft.newer, draft.content.answers) == (1, (), {})
    assert draft.form.id == "charter"
    with pytest.raises(UnknownForm):
        drafts.create("nonsense", [KY])
    only = drafts.open(drafts.create("assembly-protocol", []), edit=True)
    assert list(only.forms) == ["assembly-protocol"]
    assert only.content.languages == (KY, RU)


def test_keys_are_long_and_open_one_door_each(drafts: Drafts, draft: Draft, engine: sa.Engine) -> None:
    assert len(draft.key) == len(draft.read_key) == 32
    assert draft.read_key == reading_key(draft.key) != draft.key
    reading = drafts.open(draft.read_key, edit=False)
    assert not reading.may_edit
    for key, edit in [(draft.key, False), (draft.read_key, True), ("x" * 32, True), ("../../etc", True), ("", False)]:
        with pytest.raises(UnknownDraft) as raised:
            drafts.open(key, edit=edit)
        assert not raised.value.params
    with pytest.raises(UnknownDraft):
        drafts.save(reading, 1, {NAME: "Башка"})
    with engine.connect() as connection:
        rows = str(list(connection.execute(sa.text("SELECT * FROM draft"))))
    assert draft.key not in rows
    assert draft.read_key not in rows
    assert draft.key not in repr(draft)


def test_saving_and_nothing_to_save(drafts: Drafts, draft: Draft, world: World) -> None:
    world.now += dt.timedelta(days=3)
    saved = drafts.save(draft, 1, {NAME: "Баш-Кайыңды", PEOPLE: 5200})
    assert (saved.number, saved.time, saved.changed, saved.joined, saved.clashes) == (2, world.now, True, False, ())
    same = drafts.save(draft, 2, {NAME: "Баш-Кайыңды"})
    assert (same.number, same.changed) == (2, False)
    opened = again(drafts, draft)
    assert opened.content.answers == {"municipality_name": "Баш-Кайыңды", "population": 5200}
    assert opened.expires == world.now + dt.timedelta(days=180)
    drafts.save(draft, 2, {PEOPLE: None})
    assert again(drafts, draft).content.answers == {"municipality_name": "Баш-Кайыңды"}


def test_two_people_at_once(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {NAME: "Кайыңды", PEOPLE: 100})
    first = drafts.save(draft, 2, {NAME: "Баш-Кайыңды", PEOPLE: 100})
    second = drafts.save(draft, 2, {NAME: "Кайыңды", PEOPLE: 200, ("answers", "self_tax_min"): 300})
    assert (first.number, second.number, second.joined, second.clashes) == (3, 4, True, ())
    assert again(drafts, draft).content.answers == {
        "municipality_name": "Баш-Кайыңды",
        "population": 200,
        "self_tax_min": 300,
    }
    late = drafts.save(draft, 2, {NAME: "Ак-Суу", PEOPLE: 100})
    assert late.clashes == (Clash(NAME, "Баш-Кайыңды", "Ак-Суу"),)
    assert not late.changed
    assert again(drafts, draft).content.answers["municipality_name"] == "Баш-Кайыңды"
    confirmed = drafts.save(draft, 4, {NAME: "Ак-Суу"})
    assert confirmed.changed
    assert again(drafts, draft).content.answers["municipality_name"] == "Ак-Суу"


def test_what_is_based_on_no_known_revision_overwrites_nothing(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {NAME: "Кайыңды"})
    saved = drafts.save(draft, 77, {NAME: "Ак-Суу", PEOPLE: 5})
    assert saved.clashes == (Clash(NAME, "Кайыңды", "Ак-Суу"), Clash(PEOPLE, None, 5))


def test_undo_and_history(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {NAME: "Кайыңды"})
    drafts.save(draft, 2, {NAME: "Ак-Суу", ("stages", "2"): "2026-11-02", ("languages", ""): ["ru"]})
    told = [(one.number, one.places) for one in drafts.history(draft)]
    assert told == [(3, (NAME, ("stages", "2"), ("languages", ""))), (2, (NAME,)), (1, ())]
    restored = drafts.restore(draft, 2, 3)
    assert restored.number == 4
    opened = again(drafts, draft)
    assert opened.content.answers == {"municipality_name": "Кайыңды"}
    assert (opened.content.stages, opened.content.languages) == ({}, (KY, RU))
    assert [one.number for one in drafts.history(draft)] == [4, 3, 2, 1]
    for numbers in [(99, 4), (2, 99)]:
        with pytest.raises(UnknownRevision):
            drafts.restore(draft, *numbers)


def test_confirmed_case_forms_go_with_the_answer_they_were_of(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {("answers", "head_name"): "Шевчук А. А.", NAME: "Бишкек"})
    cases = {("cases", "head_name dat"): "Шевчукка А. А.", ("cases", "community gen"): "Бишкек шаарынын"}
    drafts.save(draft, 2, cases)
    assert again(drafts, draft).content.told()["case_forms"] == {
        "head_name": {"dat": "Шевчукка А. А."},
        "community": {"gen": "Бишкек шаарынын"},
    }
    drafts.save(draft, 3, {NAME: "Ош"})
    assert again(drafts, draft).content.cases == {"head_name dat": "Шевчукка А. А."}
    drafts.save(draft, 4, {("answers", "head_name"): "Асанов А. А."})
    assert "case_forms" not in again(drafts, draft).content.told()


def test_a_case_form_is_not_confirmed_of_an_answer_that_somebody_else_has_changed(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {("answers", "head_name"): "Шевчук А. А."})
    drafts.save(draft, 2, {("answers", "head_name"): "Асанов А. А."})
    late = drafts.save(draft, 2, {("cases", "head_name dat"): "Шевчукка А. А.", PEOPLE: 5})
    assert (late.changed, late.joined, late.clashes) == (True, True, ())
    content = again(drafts, draft).content
    assert (content.answers["head_name"], content.cases) == ("Асанов А. А.", {})


def test_a_draft_keeps_the_version_of_its_form(drafts: Drafts, draft: Draft, world: World) -> None:
    began = draft.form.version
    world.newest = "next"
    kept = again(drafts, draft)
    assert (kept.form.version, kept.newer) == (began, ("charter",))
    assert kept.form == load_form("charter")
    drafts.follow_newest(kept)
    moved = again(drafts, draft)
    assert (moved.form.version, moved.newer) == ("next", ())
    drafts.restore(moved, 1, moved.number)
    assert again(drafts, draft).form.version == began


def test_drafts_expire_and_the_next_one_sweeps(drafts: Drafts, draft: Draft, world: World) -> None:
    world.now += dt.timedelta(days=179)
    again(drafts, draft)
    world.now += dt.timedelta(days=2)
    with pytest.raises(ExpiredDraft):
        again(drafts, draft)
    with pytest.raises(ExpiredDraft):
        drafts.save(draft, 1, {NAME: "Кеч"})
    drafts.create("charter", [KY])
    with pytest.raises(ExpiredDraft):
        drafts.open(draft.read_key, edit=False)


def test_expired_drafts_go_while_nobody_begins_one(drafts: Drafts, draft: Draft, world: World) -> None:
    world.now += dt.timedelta(days=181)
    stop, swept = threading.Event(), []

    class Watched:
        def forget_expired(self) -> int:
            swept.append(drafts.forget_expired())
            if len(swept) == 3:
                stop.set()
            if len(swept) == 2:
                raise DatabaseUnavailable(reason="not_answering")
            return swept[-1]

    keep_clean(Watched(), stop, every=0.001)
    assert swept == [1, 0, 0]


def test_a_draft_does_not_grow_without_bound(drafts: Drafts, draft: Draft, world: World) -> None:
    world.answers_bytes = 2_000
    with pytest.raises(BadAnswers) as raised:
        drafts.save(draft, 1, {NAME: "ы" * 2_000})
    assert raised.value.params["reason"] == "too_large"
    assert again(drafts, draft).number == 1


def test_answers_go_out_and_come_in(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {NAME: "Кайыңды", ("cases", "villages[0] gen"): "Ак-Суунун", ("stages", "2"): "2026-01-02"})
    told = json.dumps(again(drafts, draft).content.told())
    other = drafts.open(drafts.create("charter", [KY]), edit=True)
    drafts.save(other, 1, {PEOPLE: 7})
    drafts.bring_in(other, read_answers(told.encode(), 9_999))
    content = again(drafts, other).content
    assert content.answers == {"municipality_name": "Кайыңды"}
    assert content.cases == {"villages[0] gen": "Ак-Суунун"}
    assert content.languages == (KY,)
    drafts.restore(other, 2, 3)
    assert again(drafts, other).content.answers == {"population": 7}


def test_answers_that_no_form_asks_for_are_left_out_and_named(drafts: Drafts, draft: Draft) -> None:
    told = {"population": 7, "foo": 1, "bar": [2], "case_forms": {"head_name": {"dat": "Асановго"}, "x": 5}}
    assert drafts.bring_in(draft, told) == ("foo", "bar", "case_forms")
    content = again(drafts, draft).content
    assert (content.answers, content.cases) == ({"population": 7}, {"head_name dat": "Асановго"})
    for nothing in ({}, {"foo": 1}, {"case_forms": {"head_name": {"dat": "х"}}}):
        with pytest.raises(BadAnswers) as raised:
            drafts.bring_in(draft, nothing)
        assert raised.value.params["reason"] == "no_answers"
    assert again(drafts, draft).content == content


@pytest.mark.parametrize("around", ['{"lang": "ky", "answers": %s}', '{"form": "charter", "answers": %s, "number": 2}'])
def test_answers_are_found_where_the_product_writes_them(around: str) -> None:
    assert read_answers((around % '{"population": 7}').encode(), 999) == {"population": 7}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[1, 2]", "not_object"),
        (b'{"a": NaN}', "not_json"),
        (b"[" * 100_000, "too_large"),
        (b"[" * 5_000, "not_json"),
        (b'{"a": ' + b"[" * 12 + b"]" * 12 + b"}", "too_deep"),
    ],
)
def test_answers_that_cannot_be_read(content: bytes, reason: str) -> None:
    with pytest.raises(BadAnswers) as raised:
        read_answers(content, 50_000)
    assert raised.value.params["reason"] == reason


def test_answers_hold_what_a_page_can_show() -> None:
    found = read_answers(b'\xef\xbb\xbf{"a": "x\\u0000\\ud800y", "b": 1' + b"0" * 300 + b', "c": [true, null]}', 9_999)
    assert found == {"a": "x\ufffd\ufffdy", "b": "9" * 40, "c": [True, None]}
    hostile = Content.from_answers(
        {"case_forms": {"__class__ x": {"gen": "y"}, "a": "b", "v[0]": {"gen": 1, "A": "z"}}}
    )
    assert hostile == Content()


def test_saving_the_same_twice_is_nobody_else(drafts: Drafts, draft: Draft) -> None:
    drafts.save(draft, 1, {NAME: "Кайыңды"})
    again_same = drafts.save(draft, 1, {NAME: "Кайыңды"})
    assert (again_same.joined, again_same.changed, again_same.clashes) == (False, False, ())
