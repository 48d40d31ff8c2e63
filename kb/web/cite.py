"""Citations to paste into a letter, and the printed names of units, in Kyrgyz and Russian.

``статья 29 Закона Кыргызской Республики от 20 октября 2021 года № 123 «О …»`` and
``29-берене, Кыргыз Республикасынын 2021-жылдын 20-октябрындагы № 123 «…» Мыйзамы``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import EID_PREFIX, Kind, Level
from kb.language.model import Language
from kb.storage.model import ActSummary
from kb.web.translate import day, day_of


@dataclass(frozen=True, slots=True)
class Named:
    """A unit as a citation names it: its level and number."""

    level: Level
    number: str | None


#: Russian: nominative and genitive of each level that a citation names.
_RU = {
    Level.PART: ("часть", "части"),
    Level.SECTION: ("раздел", "раздела"),
    Level.CHAPTER: ("глава", "главы"),
    Level.SUBCHAPTER: ("параграф", "параграфа"),
    Level.ARTICLE: ("статья", "статьи"),
    Level.CLAUSE: ("пункт", "пункта"),
    Level.SUBCLAUSE: ("пункт", "пункта"),
    Level.PARAGRAPH: ("часть", "части"),
    Level.POINT: ("пункт", "пункта"),
    Level.SUBPOINT: ("подпункт", "подпункта"),
    Level.APPENDIX: ("приложение", "приложения"),
}

#: Kyrgyz: bare, genitive, possessed, possessed in the genitive.
_KY = {
    Level.PART: ("бөлүк", "бөлүктүн", "бөлүгү", "бөлүгүнүн"),
    Level.SECTION: ("бөлүм", "бөлүмдүн", "бөлүмү", "бөлүмүнүн"),
    Level.CHAPTER: ("глава", "главанын", "главасы", "главасынын"),
    Level.SUBCHAPTER: ("параграф", "параграфтын", "параграфы", "параграфынын"),
    Level.ARTICLE: ("берене", "берененин", "беренеси", "беренесинин"),
    Level.CLAUSE: ("пункт", "пункттун", "пункту", "пунктунун"),
    Level.SUBCLAUSE: ("пункт", "пункттун", "пункту", "пунктунун"),
    Level.PARAGRAPH: ("бөлүк", "бөлүктүн", "бөлүгү", "бөлүгүнүн"),
    Level.POINT: ("пункт", "пункттун", "пункту", "пунктунун"),
    Level.SUBPOINT: ("пунктча", "пунктчанын", "пунктчасы", "пунктчасынын"),
    Level.APPENDIX: ("тиркеме", "тиркеменин", "тиркемеси", "тиркемесинин"),
}

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


def unit_words(chain: Sequence[Named], language: Language) -> str:
    """A unit with what is around it, as a citation names it.

    Args:
        chain: from the outermost unit to the one cited; levels that citations do not name are passed over.
        language: ky or ru.

    Returns:
        ``пункт 2 части 1 статьи 29``, ``29-берененин 1-бөлүгүнүн 2-пункту``; empty for the whole act.
    """
    named = [one for one in chain if one.number and one.level in _RU]
    held = {one.level for one in named}
    if Level.SUBCLAUSE in held:
        named = [one for one in named if one.level is not Level.CLAUSE]
        last = max(index for index, one in enumerate(named) if one.level is Level.SUBCLAUSE)
        named = [one for index, one in enumerate(named) if one.level is not Level.SUBCLAUSE or index == last]
    if language is Language.KY:
        return _chain_ky(named)
    words = [f"{_RU[one.level][0 if at == 0 else 1]} {_shown(one)}" for at, one in enumerate(reversed(named))]
    return " ".join(words)


def _chain_ky(named: Sequence[Named]) -> str:
    words = []
    for at, one in enumerate(named):
        form = (0 if at == 0 else 2) + (0 if at == len(named) - 1 else 1)
        joint = " " if one.level is Level.SUBPOINT else "-"
        words.append(f"{_shown(one)}{joint}{_KY[one.level][form]}")
    return " ".join(words)


def _shown(one: Named) -> str:
    return f"«{one.number}»" if one.level is Level.SUBPOINT else one.number or ""


def cited(chain: Sequence[Named]) -> tuple[Named, ...]:
    """The part of a path that a citation names: from the article or clause inward, the appendix before it.

    Of a path that ends above an article, its last member.
    """
    attached = tuple(one for one in chain if one.level is Level.APPENDIX)[-1:]
    inner = [at for at, one in enumerate(chain) if one.level in {Level.ARTICLE, Level.CLAUSE}]
    if inner:
        return (*attached, *chain[inner[-1] :])
    last = tuple(chain[-1:])
    return last if last == attached else (*attached, *last)


_LEVEL_OF = {prefix: level for level, prefix in EID_PREFIX.items()}


def chain_of(eid: str, number: str | None) -> tuple[Named, ...]:
    """A unit and what is around it, read from its eId (``art_251__para_2``: article 251, paragraph 2).

    Args:
        eid: the unit's eId.
        number: the unit's own number, which its eId has with hyphens for full stops.
    """
    steps = [step.partition("_") for step in eid.split("__")]
    chain = [Named(_LEVEL_OF[prefix], tail or None) for prefix, _, tail in steps if prefix in _LEVEL_OF]
    return (*chain[:-1], Named(chain[-1].level, number)) if chain else ()


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


def label(level: Level, number: str | None, language: Language) -> str:
    """What stands before a unit's heading or text in print.

    Returns:
        ``Статья 29.``, ``29-берене.``, ``1)``, ``17.5.``; empty where there is no number to show.
    """
    if number is None:
        return ""
    match level:
        case Level.PARAGRAPH | Level.CLAUSE | Level.SUBCLAUSE:
            return f"{number}."
        case Level.POINT | Level.SUBPOINT:
            return f"{number})"
        case Level.SUBCHAPTER:
            return f"§ {number}."
        case Level.SECTION | Level.PART if language is Language.KY:
            return f"{number} {_KY[level][0]}."
        case _ if level not in _RU:
            return ""
        case _ if language is Language.KY:
            return f"{number}-{_KY[level][0]}."
        case _:
            return f"{_RU[level][0].capitalize()} {number}."
