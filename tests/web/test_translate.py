"""Languages are negotiated, dates are worded, and no message lacks its Kyrgyz or Russian."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kb.documents import Doubt, Gap, Level, Status
from kb.errors import BadQuery, ExpiredDraft, KbError, TooLarge, UnknownAct
from kb.language.model import Language
from kb.web import messages, wording
from kb.web.translate import accepted, catalogue, count, day, day_of, day_to, negotiate, tell
from tests.web.messages import message_ids

KY, RU, EN = Language.KY, Language.RU, Language.EN


@pytest.mark.parametrize(
    ("chosen", "cookie", "accept", "language"),
    [
        (None, None, None, KY),
        ("ru", "ky", "en", RU),
        ("xx", "ru", "en", RU),
        (None, "nonsense", "de-DE,ru-RU;q=0.8,en;q=0.9", EN),
        (None, None, "fr", KY),
        (None, None, "ru;q=0, en;q=0.1", EN),
        (None, None, ";;;q=,,=", KY),
    ],
)
def test_language_of_the_interface(
    chosen: str | None, cookie: str | None, accept: str | None, language: Language
) -> None:
    assert negotiate(chosen, cookie, accept) is language


def test_accept_headers_are_read_in_order_of_quality() -> None:
    assert accepted("text/html;q=0.8, application/json, a/b;q=x") == ["application/json", "text/html"]


@pytest.mark.parametrize(
    ("month", "plain", "dative", "of"),
    [
        (1, "2021-жылдын 5-январы", "2021-жылдын 5-январына", "2021-жылдын 5-январындагы"),
        (3, "2021-жылдын 5-марты", "2021-жылдын 5-мартына", "2021-жылдын 5-мартындагы"),
        (4, "2021-жылдын 5-апрели", "2021-жылдын 5-апрелине", "2021-жылдын 5-апрелиндеги"),
        (7, "2021-жылдын 5-июлу", "2021-жылдын 5-июлуна", "2021-жылдын 5-июлундагы"),
        (8, "2021-жылдын 5-августу", "2021-жылдын 5-августуна", "2021-жылдын 5-августундагы"),
        (9, "2021-жылдын 5-сентябры", "2021-жылдын 5-сентябрына", "2021-жылдын 5-сентябрындагы"),
    ],
)
def test_kyrgyz_dates(month: int, plain: str, dative: str, of: str) -> None:
    date = dt.date(2021, month, 5)
    assert (day(date, KY), day_to(date, KY), day_of(date, KY)) == (plain, dative, of)


def test_dates_and_numbers_in_other_languages() -> None:
    date = dt.date(2024, 9, 30)
    assert day(date, RU) == "30 сентября 2024 года"
    assert day(date, EN) == "30 September 2024"
    assert wording.amended_up_to(date, None, KY) == "2024-жылдын 30-сентябрына чейинки өзгөртүүлөр менен"
    assert wording.amended_up_to(date, None, RU) == "С изменениями по 30 сентября 2024 года"
    assert wording.amended_up_to(None, date, RU) is None
    assert wording.amended_up_to(date, date, RU) is None
    assert re.sub(r"\s", " ", count(12345, RU)) == "12 345"


@pytest.mark.parametrize("language", [KY, RU])
def test_every_message_has_words(language: Language) -> None:
    words = catalogue(language)
    placeholders = re.compile(r"%\(\w+\)s")
    for message, where in message_ids().items():
        told = str(words.gettext(message))
        same = told == message and message != "API"
        assert not same, f"{where}: {message!r} is not translated to {language}"
        assert sorted(placeholders.findall(told)) == sorted(placeholders.findall(message)), message


def test_message_ids_are_found() -> None:
    assert len(message_ids()) > 200
    assert "Repealed" in message_ids()


@pytest.mark.parametrize("language", list(Language))
def test_every_error_code_has_words(language: Language) -> None:
    def codes(kind: type[KbError]) -> set[str]:
        return {kind.code}.union(*(codes(one) for one in kind.__subclasses__()))

    for code in codes(KbError):
        assert code in messages.ERRORS, code
        assert wording.error_of_code(code, language, limit=1, path="p", name="n", field="f")


def test_errors_name_their_parameters() -> None:
    assert "5 000" in re.sub(r"\s", " ", wording.error(TooLarge(what="pages", limit=5_000), RU))
    assert "500" in wording.error(BadQuery(reason="too_long", limit=500), KY)
    assert wording.error(UnknownAct(reason="no_edition"), RU) != wording.error(UnknownAct(), RU)


def test_the_end_of_a_draft_is_a_day_in_words() -> None:
    ended = ExpiredDraft(day="2026-11-20")
    assert "до 20 ноября 2026 года" in wording.error(ended, RU)
    assert "2026-жылдын 20-ноябрына чейин" in wording.error(ended, KY)


def test_parameters_are_not_read_again() -> None:
    assert tell("%(a)s %(b)s", EN, a="%(b)s", b="x") == "%(b)s x"
    assert tell("%(a)s %(c)s", EN, a=1) == "1 %(c)s"


def test_doubts_and_gaps() -> None:
    assert wording.doubt(Doubt("pictures_left_out", {"count": 3}), RU) == "рисунки пропущены: 3"
    assert wording.doubt(Doubt("brand_new", {"n": 1}), RU) == "brand_new (n=1)"
    assert wording.doubt_at(Doubt("kind_unknown", where="page 3, line 12"), RU).startswith("стр. 3, строка 12: ")
    assert wording.place("слайд 4", KY) == "слайд 4"
    assert wording.gap(Gap(Level.ARTICLE, "5", "7", "missing"), RU) == "Статья 5 … 7: номера пропущены"


def test_status_of_a_unit_agrees_with_its_level() -> None:
    assert wording.unit_status(Status.REPEALED, Level.ARTICLE, RU) == "Утратила силу"
    assert wording.unit_status(Status.REPEALED, Level.POINT, RU) == "Утратил силу"
    assert wording.unit_status(Status.REPEALED, Level.ARTICLE, KY) == "Күчүн жоготкон"
    assert wording.unit_status(Status.IN_FORCE, Level.ARTICLE, RU) == "Действует"
