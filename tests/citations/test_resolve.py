from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from kb.citations.find import find
from kb.citations.resolve import Context, HeldAct, Resolved, State, resolve, titles_alike
from kb.citations.walk import HeldUnit
from kb.documents import EID_PREFIX, Kind, Level, Status
from kb.language.model import Language

LEVELS = {prefix: level for level, prefix in EID_PREFIX.items()}


@dataclass(frozen=True)
class Act:
    act: str
    kind: Kind
    titles: Mapping[Language, str]
    number: str | None = None
    date: dt.date | None = None
    status: Status = Status.UNKNOWN
    body: str | None = None


@dataclass(frozen=True)
class One:
    eid: str
    level: Level
    number: str | None
    parent: str | None


def tree(*eids: str, parents: Mapping[str, str] | None = None) -> tuple[One, ...]:
    units = []
    for eid in eids:
        prefix, _, number = eid.rsplit("__", 1)[-1].partition("_")
        level = LEVELS[prefix]
        shown = number.replace("-", ".") if level is Level.SUBCLAUSE else number
        around = eid.rsplit("__", 1)[0] if "__" in eid else None
        units.append(One(eid, level, shown, (parents or {}).get(eid, around)))
    return tuple(units)


@dataclass
class Shelf:
    """A library in memory."""

    held: Sequence[Act]
    texts: Mapping[str, Sequence[One]]
    lines: Mapping[str, int] = field(default_factory=dict)

    def acts(
        self,
        *,
        kind: Kind | None = None,
        number: str | None = None,
        date: dt.date | None = None,
        year: int | None = None,
    ) -> Sequence[HeldAct]:
        return [
            act
            for act in self.held
            if kind in (None, act.kind)
            and number in (None, act.number)
            and date in (None, act.date)
            and (year is None or (act.date is not None and act.date.year == year))
        ]

    def titled(self, title: str) -> Sequence[HeldAct]:
        return [act for act in self.held if any(titles_alike(title, one) for one in act.titles.values())]

    def edition(self, act: str) -> str | None:
        return f"{act}/rus@" if f"{act}/rus@" in self.texts else None

    def units(self, edition: str, levels: Collection[Level], numbers: Collection[str]) -> Sequence[HeldUnit]:
        return [one for one in self.texts[edition] if one.level in levels and one.number in numbers]

    def children(self, edition: str, parent: str) -> Sequence[HeldUnit]:
        return [one for one in self.texts[edition] if one.parent == parent]

    def run(self, edition: str, first: str, last: str) -> Sequence[HeldUnit]:
        eids = [one.eid for one in self.texts[edition]]
        level = self.texts[edition][eids.index(first)].level
        return [one for one in self.texts[edition][eids.index(first) : eids.index(last) + 1] if one.level is level]

    def path(self, edition: str, eid: str) -> Sequence[HeldUnit]:
        by_eid = {one.eid: one for one in self.texts[edition]}
        found: list[HeldUnit] = []
        parent = by_eid[eid].parent if eid in by_eid else None
        while parent:
            found.insert(0, by_eid[parent])
            parent = by_eid[parent].parent
        return found

    def paragraphs(self, edition: str, eid: str) -> int:
        return self.lines.get(eid, 0)


DAY = dt.date(2013, 7, 9)
LAW = Act("/law", Kind.LAW, {Language.RU: "О Үлгү"}, "0-12", DAY)
CODE = Act("/code", Kind.CODE, {Language.RU: "Гражданский кодекс Кыргызской Республики"}, "0-15", dt.date(1996, 5, 8))
PART_II = Act("/code2", Kind.CODE, {Language.KY: "Жарандык кодекс"}, "0-1", dt.date(1998, 1, 5))
CHARTER = Act("/charter", Kind.MODEL_CHARTER, {Language.RU: "Типовой устав"}, "0-279", dt.date(2022, 12, 12))
TWIN = Act("/twin", Kind.LAW, {Language.RU: "О бюджете Үлгү"}, "0-7", dt.date(2020, 1, 1))
OLD_TWIN = Act("/old", Kind.LAW, {Language.RU: "О бюджете Үлгү"}, "0-8", dt.date(2010, 1, 1), Status.REPEALED)
CARD = Act("/card", Kind.LAW, {Language.RU: "О карточке"}, "0-99", DAY)

TEXTS = {
    "/law/rus@": tree(
        "chp_1", "art_11", "art_12", "art_12__para_1", "art_12__para_3", "art_12__para_3__point_1",
        "art_12__para_3__point_2", "art_12-15", "art_13", "art_13__point_1", "art_13__point_2",
        "art_13__point_2__subpara_а", "art_20", "art_21", "art_21-1", "art_22",
        "att_1", "att_1__cl_1", "att_1__cl_2",
        parents={"art_11": "chp_1", "art_12": "chp_1"},
    ),
    "/code/rus@": tree("sec_V", "art_1", "art_12", "art_12__para_1", "art_12__para_1__point_1", "art_12__para_2"),
    "/code2/rus@": tree("art_671", "art_671__para_1"),
    "/charter/rus@": tree(
        "sec_I", "cl_15", "cl_15__subcl_15-1", "cl_15__subcl_15-2", "cl_41", "subcl_30-1-1", parents={"cl_15": "sec_I"}
    ),
    "/twin/rus@": tree("art_1"),
    "/old/rus@": tree("art_1"),
}  # fmt: skip
SHELF = Shelf([LAW, CODE, PART_II, CHARTER, TWIN, OLD_TWIN, CARD], TEXTS, {"art_12__para_1": 3, "art_11": 2})
IN_LAW = Context("/law", "/law/rus@", Kind.LAW, "art_12__para_3__point_2")
IN_CHARTER = Context("/charter", "/charter/rus@", Kind.MODEL_CHARTER, "cl_15__subcl_15-2")


def follow(text: str, context: Context | None = None, shelf: Shelf = SHELF) -> Resolved:
    (citation,) = find(text)
    return resolve(citation, shelf, context)


def eids(resolved: Resolved) -> list[tuple[str, ...]]:
    return [unit.eids for unit in resolved.units]


@pytest.mark.parametrize(
    ("text", "act", "expected"),
    [
        ("ст. 12 ч. 3 п. 2 Закона КР от 9 июля 2013 года № 0-12", "/law", [("art_12__para_3__point_2",)]),
        ("подпункт «а» пункта 2 статьи 13 Закона КР «О Үлгү»", "/law", [("art_13__point_2__subpara_а",)]),
        ("Үлгүнүн 2013-жылдын 9-июлундагы № 0-12 мыйзамынын 13-беренесинин 1-пункту", "/law", [("art_13__point_1",)]),
        ("статьи 20-22 Закона от 9 июля 2013 года № 0-12", "/law", [("art_20", "art_21", "art_21-1", "art_22")]),
        ("абзац второй части 1 статьи 12 Закона «О Үлгү»", "/law", [("art_12__para_1__al_2",)]),
        ("часть вторая статьи 11 Закона «О Үлгү»", "/law", [("art_11__al_2",)]),
        ("глава 1 Закона «О Үлгү»", "/law", [("chp_1",)]),
        ("глава I Закона «О Үлгү»", "/law", [("chp_1",)]),
        ("пункт 2 приложения 1 к Закону «О Үлгү»", "/law", [("att_1__cl_2",)]),
        ("пункт 1 статьи 12 ГК КР", "/code", [("art_12__para_1",)]),
        ("подпункт 1 пункта 1 статьи 12 ГК КР", "/code", [("art_12__para_1__point_1",)]),
        ("статья 671 ГК КР", "/code2", [("art_671",)]),
        ("Жарандык кодексинин 671-беренесинин 1-пункту", "/code2", [("art_671__para_1",)]),
        ("раздел 5 Гражданского кодекса", "/code", [("sec_V",)]),
        ("пункт 41 Типового устава, утверждённого приказом от 12 декабря 2022 года № 0-279", "/charter", [("cl_41",)]),
        ("Закон КР «О Үлгү»", "/law", []),
        ("Кодекс от 9 июля 2013 года № 0-12", "/law", []),
    ],
)
def test_what_is_cited_in_full_is_followed(text: str, act: str, expected: list[tuple[str, ...]]) -> None:
    found = follow(text)
    assert (found.state, found.act, eids(found)) == (State.EXACT, act, expected)


def test_a_hyphen_that_may_be_either_is_read_by_what_is_there() -> None:
    text = "статьи 12-15 Закона «О Үлгү»"
    assert eids(follow(text)) == [("art_12-15",)]
    both = {**TEXTS, "/law/rus@": tree("art_12", "art_12-15", "art_13", "art_15")}
    assert follow(text, shelf=Shelf([LAW], both)).state is State.ACT_ONLY
    plain = {**TEXTS, "/law/rus@": tree("art_12", "art_13", "art_15")}
    assert eids(follow(text, shelf=Shelf([LAW], plain))) == [("art_12", "art_13", "art_15")]


def test_what_is_not_there_leads_to_what_is_around_it_and_says_so() -> None:
    found = follow("ст. 12 ч. 3 п. 9 Закона «О Үлгү»")
    assert (found.state, eids(found), found.units[0].exact) == (State.ACT_ONLY, [("art_12__para_3",)], False)
    found = follow("статья 99 Закона «О Үлгү»")
    assert (found.state, found.act, eids(found)) == (State.ACT_ONLY, "/law", [()])
    found = follow("абзац пятый части 1 статьи 12 Закона «О Үлгү»")
    assert (found.state, eids(found)) == (State.ACT_ONLY, [("art_12__para_1",)])


def test_an_act_without_text_is_sure_and_its_units_are_not() -> None:
    found = follow("статья 5 Закона от 9 июля 2013 года № 0-99")
    assert (found.state, found.act, found.edition, found.units) == (State.ACT_ONLY, "/card", None, ())


def test_several_acts_of_a_title_are_named_those_in_force_first() -> None:
    found = follow("статья 1 Закона «О бюджете Үлгү»")
    assert (found.state, found.act, found.candidates) == (State.AMBIGUOUS, None, ("/twin", "/old"))
    assert follow("ГК КР").candidates == ("/code2", "/code")


def test_an_article_of_a_code_may_be_in_a_part_that_is_not_held() -> None:
    only = Shelf([CODE], TEXTS)
    found = follow("статья 671 ГК КР", shelf=only)
    assert (found.state, found.act, found.candidates) == (State.AMBIGUOUS, None, ("/code",))
    assert follow("статья 12 ГК КР", shelf=only).act == "/code"


@pytest.mark.parametrize(
    "text",
    [
        "статья 5 указанного Закона",
        "статья 12 Закона",
        "мыйзамдын 12-беренеси",
        "статья 12 Гражданского кодекса Российской Федерации",
        "статья 12 Конвенции",
        "статья 12 Закона «О неизвестном»",
        "статья 12 Закона от 9 июля 2013 года № 0-13",
        "статья 12 УК КР",
        "пункт 2 указанной статьи",
        "статья 12",
        "статья 12 настоящего Закона",
    ],
)
def test_what_the_text_does_not_say_is_not_guessed(text: str) -> None:
    found = follow(text)
    assert (found.state, found.act, found.units, found.candidates) == (State.UNKNOWN, None, (), ())


RESOLUTION = Act("/gov", Kind.RESOLUTION, {}, "0-5", DAY, body="Правительство Кыргызской Республики")
COUNCIL = Act("/council", Kind.RESOLUTION, {}, "0-5", DAY, body="Үлгү айылдык кеңеши")


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("постановлением Правительства Кыргызской Республики от 9 июля 2013 года № 0-5", "/gov"),
        ("Кыргыз Республикасынын Өкмөтүнүн 2013-жылдын 9-июлундагы № 0-5 токтому", "/gov"),
        ("постановление Үлгүнского айылного кенеша от 9 июля 2013 года № 0-5", "/council"),
        ("постановление Национального банка от 9 июля 2013 года № 0-5", None),
        ("постановление Пленума Верховного суда от 9 июля 2013 года № 0-5", None),
        ("постановление от 9 июля 2013 года № 0-5", None),
    ],
)
def test_what_each_body_numbers_for_itself_is_that_bodys(text: str, act: str | None) -> None:
    shelf = Shelf([RESOLUTION, COUNCIL], {"/gov/rus@": (), "/council/rus@": ()})
    assert follow(text, shelf=shelf).act == act


def test_kyrgyz_initials_are_not_taken_for_a_russian_abbreviation() -> None:
    tax = Act("/tax", Kind.CODE, {Language.KY: "Салык кодекси"})
    family = Act("/family", Kind.CODE, {Language.RU: "Семейный кодекс"})
    shelf = Shelf([family], {"/family/rus@": tree("art_5")})
    assert follow("ст. 5 СК КР", shelf=shelf).act == "/family"
    assert follow("КР СК 5-беренеси", shelf=shelf).state is State.AMBIGUOUS
    assert follow("Салык кодексинин 5-беренеси", shelf=Shelf([tax, family], {"/tax/rus@": tree("art_5")})).act == "/tax"


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("статья 11 настоящего Закона", IN_LAW, [("art_11",)]),
        ("(статья 20)", IN_LAW, [("art_20",)]),
        ("ушул Мыйзамдын 12-беренесинин 1-бөлүгү", IN_LAW, [("art_12__para_1",)]),
        ("часть 1 настоящей статьи", IN_LAW, [("art_12__para_1",)]),
        ("ушул берененин 1-бөлүгүнүн экинчи абзацы", IN_LAW, [("art_12__para_1__al_2",)]),
        ("настоящая часть", IN_LAW, [("art_12__para_3",)]),
        ("правила настоящей главы", IN_LAW, [("chp_1",)]),
        ("настоящий Закон", IN_LAW, []),
        ("пункт 15.1 настоящего Устава", IN_CHARTER, [("cl_15__subcl_15-1",)]),
        ("ушул Уставдын 15.1.-15.2. пункттарында", IN_CHARTER, [("cl_15__subcl_15-1", "cl_15__subcl_15-2")]),
        ("30.1.1-пункт", IN_CHARTER, [("subcl_30-1-1",)]),
        ("ушул пункттун", IN_CHARTER, [("cl_15__subcl_15-2",)]),
        ("настоящего Положения", IN_CHARTER, []),
    ],
)
def test_the_texts_own_act(text: str, context: Context, expected: list[tuple[str, ...]]) -> None:
    found = follow(text, context)
    assert (found.state, found.act, eids(found)) == (State.EXACT, context.act, expected)


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("статья 12 настоящего Кодекса", IN_LAW),
        ("настоящего Закона", IN_CHARTER),
        ("(статья 99)", IN_LAW),
        ("12-берене", IN_CHARTER),
        ("пункт 1", IN_LAW),
        ("абзац второй", IN_LAW),
        ("пункт 2 указанной статьи", IN_LAW),
    ],
)
def test_what_is_not_the_texts_own_is_not_looked_for_there(text: str, context: Context) -> None:
    assert follow(text, context).state is State.UNKNOWN


def test_this_point_inside_a_numbered_part_may_be_either() -> None:
    assert follow("настоящий пункт", IN_LAW).state is State.ACT_ONLY


def test_inside_an_appendix_its_own_clauses_are_meant() -> None:
    inside = Context("/law", "/law/rus@", Kind.RESOLUTION, "att_1__cl_2")
    shelf = Shelf([], {"/law/rus@": tree("cl_1", "att_1", "att_1__cl_1", "att_1__cl_2")})
    assert eids(follow("пункт 1 настоящего Положения", inside, shelf)) == [("att_1__cl_1",)]
    outside = Context("/law", "/law/rus@", Kind.RESOLUTION, "cl_1")
    assert eids(follow("пункт 1 настоящего постановления", outside, shelf)) == [("cl_1",)]
