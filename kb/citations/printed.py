"""How units are named in print, in Kyrgyz and Russian: before their text, in a path of headings, in a citation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import EID_PREFIX, Level
from kb.language.model import Language


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


def headed(level: Level, number: str | None, heading: str | None, language: Language) -> str:
    """A unit in one line, as it stands in a path of headings.

    Returns:
        ``Глава 3. Бюджет``, ``3-глава. Бюджет``; level and number of a unit without heading (``Часть 2``, ``2-бөлүк``),
        its heading where it has no number, and nothing where it has neither.
    """
    if heading:
        return f"{label(level, number, language)} {heading}".strip()
    words = unit_words((Named(level, number),), language)
    return words[:1].upper() + words[1:]
