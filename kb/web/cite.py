"""Citations to paste into a letter, in Kyrgyz and Russian.

``статья 29 Закона Кыргызской Республики от 20 октября 2021 года № 123 «О …»`` and
``29-берене, Кыргыз Республикасынын 2021-жылдын 20-октябрындагы № 123 «…» Мыйзамы``.
"""

from __future__ import annotations

import re

from kb.documents import Kind
from kb.language.model import Language
from kb.storage.model import ActSummary
from kb.web.translate import day, day_of

_ACT_RU = {
    Kind.LAW: "Закона Кыргызской Республики",
    Kind.DECREE: "Указа Президента Кыргызской Республики",
    Kind.RESOLUTION: "Постановления",
    Kind.ORDER: "Приказа",
}
_ACT_KY = {
    Kind.LAW: ("Кыргыз Республикасынын", "Мыйзамы"),
    Kind.DECREE: ("Кыргыз Республикасынын Президентинин", "Жарлыгы"),
    Kind.RESOLUTION: ("", "токтом"),
    Kind.ORDER: ("", "буйрук"),
}

_CODE = re.compile(r"(?:([А-ЯЁ][а-яё-]{1,40})(ый|ий|ой) )?([Кк])одекс(?![а-яё])(.{0,200})", re.DOTALL)


def cite(act: ActSummary, unit: str, language: Language) -> str:
    """A citation of an act, or of a unit of it.

    Args:
        act: the act.
        unit: words of the unit in the same language, empty for the whole act.
        language: ky or ru.
    """
    return (_cite_ky if language is Language.KY else _cite_ru)(act, unit)


def _cite_ru(act: ActSummary, unit: str) -> str:
    title = act.titles.get(Language.RU) or act.titles.get(Language.KY) or ""
    when = f" от {day(act.date, Language.RU)}" if act.date else ""
    number = f" № {act.number}" if act.number else ""
    if act.kind in _ACT_RU and (act.date or act.number):
        genitive = f"{_ACT_RU[act.kind]}{when}{number} «{title}»"
        return f"{unit} {genitive}" if unit else _nominative_ru(genitive)
    if act.kind in (Kind.CODE, Kind.CONSTITUTION):
        declined = _genitive_of_code(title)
        if declined and unit:
            return f"{unit} {declined}{when}{number}"
        return f"{unit + ', ' if unit else ''}{title}{when}{number}"
    return f"{unit + ', ' if unit else ''}«{title}»{when}{number}"


def _nominative_ru(words: str) -> str:
    first, space, rest = words.partition(" ")
    bare = {"Закона": "Закон", "Указа": "Указ", "Постановления": "Постановление", "Приказа": "Приказ"}
    return f"{bare[first]}{space}{rest}"


def _genitive_of_code(title: str) -> str | None:
    """«Гражданский кодекс Кыргызской Республики» → «Гражданского кодекса Кыргызской Республики»; None if unsure."""
    if title.startswith("Конституция "):
        return f"Конституции {title.removeprefix('Конституция ')}"
    found = _CODE.fullmatch(title)
    if found is None:
        return None
    code = f"{found[3]}одекса{found[4]}"
    if found[1] is None:
        return code
    ending = "его" if found[2] == "ий" and found[1][-1] not in "кгх" else "ого"
    return f"{found[1]}{ending} {code}"


def _cite_ky(act: ActSummary, unit: str) -> str:
    title = act.titles.get(Language.KY) or act.titles.get(Language.RU) or ""
    when = day_of(act.date, Language.KY) if act.date else ""
    number = f"№ {act.number}" if act.number else ""
    if act.kind in _ACT_KY and (act.date or act.number):
        whose, head = _ACT_KY[act.kind]
        words = [whose, when, number, f"«{title}»", head]
    elif act.kind in (Kind.CODE, Kind.CONSTITUTION) and (act.date or act.number):
        words = [f"{title},", day(act.date, Language.KY) if act.date else "", number]
    else:
        words = [f"«{title}»" + ("," if when or number else ""), day(act.date, Language.KY) if act.date else "", number]
    whole = " ".join(word for word in words if word)
    return f"{unit}, {whole}" if unit else whole
