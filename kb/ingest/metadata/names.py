"""The name of a document: the lines of its head that hold it, and the form in which it is kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kb.citations.fold import fold
from kb.documents import Kind
from kb.ingest.metadata.kinds import KY_NAME_END, KindLine, close_up, unquote
from kb.ingest.metadata.lines import Line, Role
from kb.language.model import Language

#: Longest name, in characters; amending laws name all the acts that they amend.
_LENGTH = 2_500
_PREAMBLE = re.compile(
    r"в целях|в соответствии|руководствуясь|на основании|во исполнение|учитывая|рассмотрев|заслушав|мы, |биз,|исходя из"
    r"|с целью|настоящ[а-я]{2,3} |ушул |бул (?:мыйзам|жобо|устав|регламент|методика|токтом|буйрук)"
)
_PREAMBLE_ENDS = re.compile(
    r"(?:максатында|кылам|кылат|кылабыз|постановля[а-я]{1,4}|приказываю|решил|решает|алабыз)\s*[:,.]?\s*$"
)
_OWN_LINE = re.compile(r"[ivx]{1,5}\.|[0-9]{1,3}[.)-]|стат|глав|разд|мазмун|содержание")
_ABOUT = re.compile(r"(?:обо?|о)\s")
_RU_KIND_WORD = re.compile(
    r"(?:положение|договор|соглашение|методика|методическ[а-я]{2} (?:указания|рекомендации)|инструкция"
    r"|порядок|правила)\s"
)
_KY_KIND_WORD = re.compile(r"\s(?:жобо|келишим|макулдашуу|нускама|усулдук (?:корсотмолор|колдонмо|корсотмо))$")


def is_preamble(line: Line) -> bool:
    """Whether a line is or begins a sentence of purpose or grounds, and so no name."""
    if _PREAMBLE.match(line.folded) or _PREAMBLE_ENDS.search(line.folded):
        return True
    return line.text.endswith((":", ";")) or (len(line.text) > 120 and line.text.endswith("."))


def find_name(lines: Sequence[Line], start: int, end: int, kind: KindLine) -> tuple[str | None, frozenset[int]]:
    """The name that goes with a kind line.

    Args:
        lines: the lines of the head.
        start: first line of the kind.
        end: line behind the kind's last.
        kind: what the kind line says.

    Returns:
        The name as printed, white space folded, or None; and the lines that hold it, the kind's own left out.
    """
    if kind.named_by_kind:
        return _name_with_kind(lines, start, end, kind)
    if kind.name is not None:
        used = () if _complete(kind.name) else run_on(lines, end, kind.name, lines[end - 1])
        return _join([kind.name, *(lines[at].text for at in used)]), frozenset(used)
    first = _next_text(lines, end)
    if first is not None:
        used = (first, *run_on(lines, first + 1, lines[first].text, lines[first]))
        return _join(lines[at].text for at in used), frozenset(used)
    return _name_before(lines, start)


def _name_before(lines: Sequence[Line], start: int) -> tuple[str | None, frozenset[int]]:
    """A name can stand above its kind: ``… жөнүндө`` / ``Кыргыз Республикасынын мыйзамы``."""
    above = lines[start - 1] if start else None
    if above is None or above.role is not Role.TEXT:
        return None, frozenset()
    if KY_NAME_END.search(above.folded) is None and _ABOUT.match(above.folded) is None:
        return None, frozenset()
    first = start - 1
    while first > 0 and lines[first - 1].role is Role.TEXT and lines[first - 1].look == lines[first].look:
        first -= 1
    return _join(line.text for line in lines[first:start]), frozenset(range(first, start))


def _next_text(lines: Sequence[Line], start: int) -> int | None:
    for at in range(start, len(lines)):
        line = lines[at]
        if line.role is Role.TEXT:
            named = not is_preamble(line) and _OWN_LINE.match(line.folded) is None
            return at if named else None
    return None


def run_on(lines: Sequence[Line], start: int, text: str, before: Line) -> tuple[int, ...]:
    """Lines from ``start`` on that go on with the name ``text``, which ends in the line ``before``."""
    used: list[int] = []
    for at in range(start, len(lines)):
        line = lines[at]
        ends = _complete(text) or line.role is not Role.TEXT or is_preamble(line)
        if ends or len(text) > _LENGTH or not (_follows(line, before, text) or _ends_soon(lines, at)):
            break
        used.append(at)
        text, before = f"{text} {line.text}", line
    return tuple(used)


def _complete(text: str) -> bool:
    """Whether a name is whole: a Kyrgyz one by its last word, outside quotation marks."""
    folded = fold(text)
    quotes = text.count("«") == text.count("»") and text.count('"') % 2 == 0 and text.count("“") <= text.count("”")
    return quotes and KY_NAME_END.search(folded) is not None and not folded.rstrip().endswith((",", "-"))


def _ends_soon(lines: Sequence[Line], start: int) -> bool:
    """Whether a Kyrgyz name that has begun above ends in one of the next lines, no sentence between."""
    for line in lines[start : start + 3]:
        if line.role is not Role.TEXT or is_preamble(line) or _OWN_LINE.match(line.folded) or len(line.text) > 200:
            return False
        if KY_NAME_END.search(line.folded):
            return True
    return False


def _follows(line: Line, before: Line, text: str) -> bool:
    if _OWN_LINE.match(line.folded) or line.column != before.column:
        return False
    if line.block == before.block or line.text[:1].islower() or line.text[:1] in '«"“(':
        return True
    if text.isupper() and line.text.isupper():
        return True
    if before.text.endswith((",", "-")) or _hangs(before.folded):
        return True
    set_apart = line.look.bold or line.look.centred
    return set_apart and line.look == before.look and not line.text.endswith(".")


_HANGING = re.compile(r"(?:\s(?:и|в|о|об|на|к|по|с|при|от|для|жана|же|менен)|нын|нин|нун|дын|дин|дун|тын|тин|тун)$")


def _hangs(folded: str) -> bool:
    """Whether a line cannot be the last of a name: it ends in a preposition, «жана» or a Kyrgyz genitive."""
    return _HANGING.search(folded) is not None


def _name_with_kind(lines: Sequence[Line], start: int, end: int, kind: KindLine) -> tuple[str | None, frozenset[int]]:
    name = kind.name or ""
    if kind.language is Language.KY and len(name.split()) <= 2:
        first = start
        while first > 0 and _leads_to(lines[first - 1], lines[first]):
            first -= 1
        if first < start:
            text = _join([*(line.text for line in lines[first:start]), name])
            return text, frozenset(range(first, start))
    bare = len(name.split()) <= 2 or kind.kind in {Kind.CODE, Kind.CONSTITUTION}
    label = bare and kind.kind in LABELS
    used: tuple[int, ...] = ()
    first_line = _next_text(lines, end) if bare else (end if end < len(lines) else None)
    if (label or kind.language is not Language.KY) and first_line is not None and lines[first_line].role is Role.TEXT:
        line = lines[first_line]
        about = _ABOUT.match(line.folded) is not None
        skipped = first_line > end
        goes_on = about if kind.kind in {Kind.CODE, Kind.CONSTITUTION} or skipped else _goes_on(line, name, bare=bare)
        if (goes_on or label) and not is_preamble(line):
            used = (first_line, *run_on(lines, first_line + 1, f"{name} {line.text}", line))
    return _join([name, *(lines[at].text for at in used)]) or None, frozenset(used)


def _goes_on(line: Line, name: str, *, bare: bool) -> bool:
    if _OWN_LINE.match(line.folded):
        return False
    if line.text[:1].islower() or (name.isupper() and line.text.isupper()):
        return True
    if not bare or len(line.text) > 200 or line.text.endswith((".", ",")):
        return False
    set_apart = line.look.bold or line.look.centred
    return set_apart or _ABOUT.match(line.folded) is not None or _GENITIVE.match(line.folded) is not None


#: Kinds whose word is a label above the name and no part of it.
LABELS = frozenset({Kind.TRAINING, Kind.ARTICLE})
_GENITIVE = re.compile(r"[а-я-]{3,30}(?:ого|его|ой|ей|ых|их|ов|ия|ии)(?![а-я])")


def _leads_to(line: Line, below: Line) -> bool:
    """Whether a Kyrgyz name that ends below began in ``line``: genitives lead to the word that they belong to."""
    if line.role is not Role.TEXT or line.column != below.column or is_preamble(line):
        return False
    return _hangs(line.folded) or line.folded.split()[-1:] in (["жергиликтуу"], ["типтуу"], ["жана"], ["жонундо"])


def _join(parts: Iterable[str]) -> str:
    return close_up("\n".join(parts))


_LABEL_WORDS = re.compile(
    r"^(?:учебн|раздаточн)[а-я]{2} (?:материалы?|пособие|модуль)(?![а-я])"
    r"|^окуу (?:куралы|материалдары|материалы|модулу|колдонмосу)(?![а-я])",
    re.IGNORECASE,
)
#: A remark behind a quoted name: ``«О …» (с изменениями и дополнениями)``.
_BRACKET_BEHIND = re.compile(r"^(«[^»]{3,1000}»|\"[^\"]{3,1000}\"|“[^”]{3,1000}”)\s*\([^()]{0,300}\)$")


def strip_kind(name: str, kind: Kind, language: Language | None) -> str:
    """A name without its kind where what remains is a name by itself.

    ``Положение о комиссиях`` → ``о комиссиях``; ``Регламент … кенеша`` and ``Типовое положение о …`` stay whole,
    for nothing but the kind makes a name of them. Codes and charters keep their kind, which is their name.
    """
    name = unquote(_BRACKET_BEHIND.sub(r"\1", " ".join(name.split()))).strip(" .")
    if kind in {Kind.CODE, Kind.CONSTITUTION, Kind.CHARTER, Kind.MODEL_CHARTER}:
        return name
    folded = fold(name)
    if kind in LABELS:
        return _LABEL_WORDS.sub("", name).strip(" .:") or name
    russian = _RU_KIND_WORD.match(folded)
    if russian and language is not Language.KY and _ABOUT.match(folded, russian.end()):
        return name[russian.end() :].strip()
    kyrgyz = _KY_KIND_WORD.search(folded)
    if kyrgyz and KY_NAME_END.search(folded[: kyrgyz.start()]):
        return name[: kyrgyz.start()].strip()
    return name
