"""Names and abbreviations of codes, Russian and Kyrgyz, read from ``codes.tsv``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kb.citations.fold import fold
from kb.language.model import Language

_ADJECTIVE = "(?:ый|ий|ой|ого|его|ому|ему|ым|им|ом|ем|ые|ых|ыми)"
_RU_STATE = r"(?:\s{1,3}(?:кр|кыргызской\s{1,3}республики))?"
_KY_STATE = r"(?:(?:кр|крнын|кыргыз\s{1,3}республикасынын)\s{1,3})?"
_RU_CODE = r"кодекс(?:а|у|ом|е|ы|ов|ам|ами|ах)?(?![а-я])"
_KY_CODE = r"кодекс(?:и|ин|инин|ине|инде|индеги|инен|тин|ке|те|ти|тен|тер[а-я]{0,8})?(?![а-я])"


@dataclass(frozen=True, slots=True)
class CodeName:
    """A code's key, its folded Russian and Kyrgyz names, Russian abbreviation and Kyrgyz initials (or empty)."""

    key: str
    russian: str
    kyrgyz: tuple[str, ...]
    abbreviation: str
    initials: str


@dataclass(frozen=True, slots=True)
class CodeMention:
    """A code named at ``start`` to ``end`` (exclusive); several keys where the name may be of any of them."""

    start: int
    end: int
    keys: tuple[str, ...]
    language: Language | None


@cache
def code_names() -> tuple[CodeName, ...]:
    """All codes that the grammar knows by name."""
    rows = []
    for line in files("kb.citations").joinpath("codes.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, russian, kyrgyz, short, initials = line.split("\t")
            names = tuple(fold(name) for name in kyrgyz.split("|"))
            rows.append(CodeName(key, fold(russian), names, short, initials))
    return tuple(rows)


def _russian(name: str) -> str:
    if name.startswith(("о ", "об ")):
        return _RU_CODE + _RU_STATE + r"\s{1,3}«?" + _spaced(name)
    words = [re.sub("(?:ый|ий|ой)$", "", word) + _ADJECTIVE for word in re.split("[ ]", name)]
    return r"[\s-]{1,3}".join(words) + r"\s{1,3}" + _RU_CODE


def _spaced(name: str) -> str:
    return r"\s{1,3}".join(re.escape(word) for word in name.split())


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, tuple[str, Language]], re.Pattern[str]]:
    shapes: list[tuple[str, str, Language]] = []
    for code in code_names():
        shapes.append((_russian(code.russian), code.key, Language.RU))
        shapes += [(_spaced(name) + r"\s{1,3}" + _KY_STATE + _KY_CODE, code.key, Language.KY) for name in code.kyrgyz]
    # A longer name goes first, for a shorter one may end it («процессуальный кодекс»).
    shapes.sort(key=lambda shape: -len(shape[0]))
    groups = {f"c{at}": (key, language) for at, (_, key, language) in enumerate(shapes)}
    pattern = "(?<![а-яa-z-])(?:" + "|".join(f"(?P<c{at}>{shape})" for at, (shape, _, _) in enumerate(shapes)) + ")"
    short = sorted({code.abbreviation for code in code_names() if code.abbreviation}, key=len, reverse=True)
    return re.compile(pattern), groups, re.compile(r"(?<![^\W_-])(?:" + "|".join(short) + r")(?![^\W_-])")


def find_codes(text: str) -> Iterator[CodeMention]:
    """Codes named in full in any case form: ``Земельным кодексом``, ``Суу кодексинин``, ``Кодекса КР о детях``."""
    pattern, groups, _ = _patterns()
    for match in pattern.finditer(fold(text)):
        key, language = groups[match.lastgroup or ""]
        yield CodeMention(match.start(), match.end(), (key,), language)


def find_abbreviations(text: str, *, any_case: bool = False) -> Iterator[CodeMention]:
    """Abbreviations of codes (``ГК``), without the state's name behind them.

    The first key is the one that the abbreviation has in Russian; others follow where Kyrgyz initials are the same.

    Args:
        text: any text.
        any_case: whether ``гк`` counts too, as people type it.
    """
    _, _, short = _patterns()
    for match in short.finditer(text.upper() if any_case and len(text.upper()) == len(text) else text):
        word = match.group()
        russian = [code.key for code in code_names() if code.abbreviation == word]
        keys = (*russian, *(code.key for code in code_names() if code.initials == word))
        yield CodeMention(match.start(), match.end(), keys, None)


def code_of_title(title: str) -> str | None:
    """Key of the code that has a title (``Жер кодекси`` → ``land``), or None."""
    return next((mention.keys[0] for mention in find_codes(title)), None)
