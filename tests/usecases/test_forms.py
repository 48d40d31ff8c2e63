"""Imported forms of an installation: how they come, are named, are saved by two people, and what drafts keep."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from kb.errors import BadForm, InputRefused, KbError, NotADocument, TooLarge, UnknownForm
from kb.language.model import Language
from kb.storage.database import open_database, upgrade
from kb.storage.drafts import DraftStore
from kb.templates.archive import pack, unpack
from kb.templates.catalog import IDS
from kb.templates.convert.renaming import Given
from kb.templates.installed import KEPT, InstalledForms
from kb.usecases import forms as usecase
from kb.usecases.administration import Administration, kept_key
from kb.usecases.draft_content import ANSWERS
from kb.usecases.drafts import Drafts
from kb.usecases.fill import fill_form
from kb.usecases.forms import Forms
from kb.usecases.workers import Bounds
from tests.templates.convert.blanks import par, texts, word
from tests.web.conftest import Limits

BLANK = word([par("Бир нерсе _____ деп аталат."), par("Төрага: ____")])


@pytest.fixture
def forms(tmp_path: Path) -> Forms:
    return Forms(InstalledForms(tmp_path / "forms"))


def key(forms: Forms, form: str, field: str) -> str:
    return next(spot.key for spot in forms.naming(form).found.spots if spot.field == field)


THING = Given("thing", details=True, label=("Нерсе", "Вещь"), type="text")


def test_a_blank_becomes_a_form_of_the_installation(forms: Forms, tmp_path: Path) -> None:
    taken = forms.take_in(BLANK, "C:\\Үлгү\\Элдик_жыйын.ky.docx")
    held = taken.held
    assert (taken.new, held.form.id, held.revision) == (True, "eldik-zhyiyn", 1)
    assert (held.form.title.ky, held.form.origin) == ("Элдик жыйын", "Элдик_жыйын.ky.docx")
    assert (held.about.blanks, held.about.found, held.about.named) == (2, 2, 1)
    assert held.original == BLANK
    assert [form.id for form in forms.all()] == [*IDS, "eldik-zhyiyn"]
    assert Forms(InstalledForms(tmp_path / "forms")).load("eldik-zhyiyn").version == held.form.version
    assert unpack(pack(held.form)) == held.form


def test_the_same_bytes_are_the_same_form(forms: Forms) -> None:
    first = forms.take_in(BLANK, "blank.docx")
    forms.name(first.held.form.id, 1, {key(forms, "blank", "bir_nerse"): THING})
    again = forms.take_in(BLANK, "other.docx")
    assert (again.new, again.changed, again.held.form.id, again.held.revision) == (False, False, "blank", 2)
    assert "thing" in again.held.form.fields
    other = forms.take_in(word([par("Катчы: ____")]), "blank.docx")
    assert other.held.form.id == "blank-2"


@pytest.mark.parametrize("name", ["charter.docx", "Charter.DOCX"])
def test_a_shipped_id_is_never_taken(forms: Forms, name: str) -> None:
    assert forms.take_in(BLANK, name).held.form.id == "charter-2"
    assert forms.load("charter").origin == ""


def test_names_are_saved_on_what_they_were_given_on(forms: Forms) -> None:
    forms.take_in(BLANK, "blank.docx")
    spot = key(forms, "blank", "bir_nerse")
    first = forms.name("blank", 1, {spot: THING}, title=("Жыйын", "Собрание"))
    assert (first.held.revision, first.held.form.title.ru, first.errors) == (2, "Собрание", {})
    assert first.held.about.named == 2
    assert first.held.about.unsure == ()
    second = forms.name("blank", 1, {spot: dataclasses.replace(THING, name="other")})
    assert second.late
    assert second.held.revision == 2
    assert "thing" in forms.load("blank").fields
    wrong = forms.name("blank", 2, {spot: dataclasses.replace(THING, name="Ката")}, title=("", " "))
    assert wrong.errors == {(spot, "name"): "bad_name", ("", "title"): "needed"}
    assert forms.held("blank").revision == 2


def test_another_blank_under_the_id_of_one_that_went(forms: Forms, tmp_path: Path) -> None:
    reader = Forms(InstalledForms(tmp_path / "forms"))
    assert forms.take_in(BLANK, "blank.docx").held.about.blanks == 2
    assert reader.naming("blank").held.about.blanks == 2
    forms.remove("blank")
    other = forms.take_in(word([par("Төрага: ____")]), "blank.docx")
    assert (other.held.form.id, other.held.revision, other.held.about.blanks) == ("blank", 1, 1)
    assert reader.naming("blank").held.about.blanks == 1


def test_what_was_looked_at_is_settled(forms: Forms) -> None:
    forms.take_in(BLANK, "blank.docx")
    spot = key(forms, "blank", "bir_nerse")
    kept = forms.name("blank", 1, {spot: Given("bir_nerse")})
    assert [one.reason for one in kept.held.about.unsure] == ["name"]
    seen = forms.name("blank", 2, {}, seen=[spot])
    assert seen.held.about.unsure == ()
    assert seen.held.form.version == kept.held.form.version


def test_an_overlay_can_be_given_back(forms: Forms) -> None:
    held = forms.take_in(BLANK, "blank.docx").held
    text = held.overlay.decode().replace("bir_nerse", "thing")
    done = forms.take_overlay("blank", 1, text.encode())
    assert (done.held.revision, "thing" in done.held.form.fields) == (2, True)
    assert forms.take_overlay("blank", 1, text.encode()).late
    with pytest.raises(BadForm):
        forms.take_overlay("blank", 2, b"lang: xx")
    with pytest.raises(BadForm):
        forms.take_overlay("blank", 2, text.replace("= thing", "= thing.__class__").encode())
    assert forms.held("blank").revision == 2


@pytest.mark.parametrize(
    ("content", "error"), [(b"", NotADocument), (b"PK\x03\x04", InputRefused), (word([par("{{ 7*7 }}")]), BadForm)]
)
def test_what_is_refused_leaves_nothing(forms: Forms, tmp_path: Path, content: bytes, error: type[KbError]) -> None:
    with pytest.raises(error):
        forms.take_in(content, "blank.docx")
    assert forms.imported() == ()
    assert [one.name for one in (tmp_path / "forms").iterdir() if not one.name.startswith(".lock")] == []


def test_a_file_that_is_too_large_is_not_opened(forms: Forms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usecase, "MOST_BLANK", 10)
    with pytest.raises(TooLarge):
        forms.take_in(BLANK, "blank.docx")


@pytest.mark.parametrize("form", ["", "..", "../forms/blank", "/tmp", "blank/1", "nothing", "a" * 90, "Blank", ".lock"])
def test_no_path_is_a_form(forms: Forms, form: str) -> None:
    forms.take_in(BLANK, "blank.docx")
    with pytest.raises(UnknownForm):
        forms.load(form)
    with pytest.raises(UnknownForm):
        forms.remove(form)


def test_a_spoilt_form_hides_no_other(forms: Forms, tmp_path: Path) -> None:
    forms.take_in(BLANK, "blank.docx")
    forms.take_in(word([par("Катчы: ____")]), "next.docx")
    (tmp_path / "forms" / "blank" / "1" / "form.yaml").write_text("[]")
    fresh = Forms(InstalledForms(tmp_path / "forms"))
    assert [one.form.id for one in fresh.imported()] == ["next"]
    with pytest.raises(BadForm):
        fresh.load("blank")


def test_old_revisions_go(forms: Forms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.templates.installed.KEPT", 2)
    assert KEPT > 2
    forms.take_in(BLANK, "blank.docx")
    for number in range(1, 5):
        forms.name("blank", number, {}, title=(f"Ат {number}", ""))
    kept = {one.name for one in (tmp_path / "forms" / "blank").iterdir()}
    assert kept == {"current", "3", "4", "5"}


def test_a_draft_keeps_the_form_that_it_began_with(forms: Forms, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'kb.sqlite3'}")
    upgrade(database)
    drafts = Drafts(DraftStore(database), Limits(), 180, load=forms.load, renamed=forms.renamed)
    forms.take_in(BLANK, "blank.docx")
    key_of = drafts.create("blank", [Language.KY])
    draft = drafts.open(key_of, edit=True)
    drafts.save(draft, 1, {(ANSWERS, "bir_nerse"): "көл", (ANSWERS, "chairperson"): "Асанов А."})
    forms.name("blank", 1, {key(forms, "blank", "bir_nerse"): THING})
    running = drafts.open(key_of, edit=True)
    assert "bir_nerse" in running.form.fields
    assert running.newer == ("blank",)
    filled = fill_form(running.form, running.content.told(), Language.KY)
    assert filled.docx
    assert texts(filled.docx)[0] == "Бир нерсе көл деп аталат."
    assert "thing" in drafts.open(drafts.create("blank", []), edit=True).form.fields
    other = key(forms, "blank", "chairperson")
    forms.name("blank", 2, {key(forms, "blank", "thing"): Given("lake"), other: Given("head")})
    drafts.follow_newest(running)
    followed = drafts.open(key_of, edit=True)
    assert followed.content.answers == {"lake": "көл", "head": "Асанов А."}
    assert followed.newer == ()
    forms.remove("blank")
    assert "lake" in drafts.open(key_of, edit=True).form.fields
    with pytest.raises(UnknownForm):
        drafts.create("blank", [])
    database.dispose()


def test_names_are_followed_through_all_namings(forms: Forms) -> None:
    forms.take_in(BLANK, "blank.docx")
    versions = [forms.load("blank").version]
    thing, head = key(forms, "blank", "bir_nerse"), key(forms, "blank", "chairperson")
    for number, given in enumerate(
        [{thing: Given("a")}, {thing: Given("b"), head: Given("a")}, {}, {thing: Given("a"), head: Given("b")}], 1
    ):
        forms.name("blank", number, given)
        versions.append(forms.load("blank").version)
    assert forms.renamed("blank", versions[0]) == {"bir_nerse": "a", "chairperson": "b"}
    assert forms.renamed("blank", versions[1]) == {"a": "a", "chairperson": "b"}
    assert forms.renamed("blank", versions[2]) == {"b": "a", "a": "b"}
    assert forms.renamed("blank", versions[4]) == {}
    assert forms.renamed("charter", versions[0]) == forms.renamed("nothing", versions[0]) == {}


def test_a_blank_is_made_into_a_form_within_bounds(tmp_path: Path) -> None:
    bounded = Forms(InstalledForms(tmp_path / "forms"), Bounds(60.0, 2**30))
    assert bounded.take_in(BLANK, "blank.docx").held.form.id == "blank"
    with pytest.raises(BadForm):
        bounded.take_in(word([par("{% for x in y %}")]), "bad.docx")


def test_the_key_is_made_once_and_read_by_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "admin-key"
    made = kept_key(path)
    assert len(made) >= 32
    assert kept_key(path) == made
    assert path.stat().st_mode & 0o077 == 0
    assert [one.name for one in tmp_path.iterdir()] == ["admin-key"]


def test_passes_and_seals() -> None:
    moment = [dt.datetime(2026, 5, 5, tzinfo=dt.UTC)]
    secret = "ачкыч-ачкыч-ачкыч"
    secret_now = [secret]
    found = Administration(lambda: secret_now[0], now=lambda: moment[0])
    assert found.knows(f" {secret} ")
    assert not found.knows("")
    assert not found.knows("башка")
    given = found.admit()
    assert found.admits(given)
    assert secret not in given
    assert found.sealed(found.seal())
    assert not found.sealed("")
    assert not found.sealed(given)
    until, _dot, signature = given.partition(".")
    for forged in ("", ".", "x.y", f"{int(until) + 1}.{signature}", f"{until}.", f"٣.{signature}", f"{until}.ү"):
        assert not found.admits(forged)
    moment[0] += dt.timedelta(hours=13)
    assert not found.admits(given)
    moment[0] -= dt.timedelta(hours=13)
    secret_now[0] = "жаңы-жаңы-жаңы-жаңы"
    assert not found.admits(given)
