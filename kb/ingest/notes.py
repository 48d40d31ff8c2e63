"""Notes that the keeper of a text set under its units: who amended or repealed them, and when.

Only such notes change a unit's status. «Признать утратившими силу …» and «буйругу күчүн жоготту деп
табылсын» are law about other acts, and an ordinary text in brackets is text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations.acts import find_acts
from kb.citations.fold import fold
from kb.documents import Level, Note, NoteKind

#: Longest note: a list of all acts that amended a code.
NOTE_LENGTH = 12_000

_NUMBER = r"[0-9]{1,4}(?:[-.][0-9]{1,3}){0,3}"
_NUMBERS = (
    rf"(?:{_NUMBER}(?:\s{{0,3}}(?:,|и|жана|-)\s{{0,3}}{_NUMBER}){{0,20}}"
    r"|[а-я]\)|[ivxlc]{1,6}|перв[а-я]{2}|втор[а-я]{2}|трет[а-я]{2})"
)
_RU_UNITS = (
    ("абзац", Level.ALINEA),
    ("част", Level.PARAGRAPH),
    ("подпункт", Level.SUBPOINT),
    ("пункт", Level.POINT),
    ("стат", Level.ARTICLE),
    ("глав", Level.CHAPTER),
    ("раздел", Level.SECTION),
    ("параграф", Level.SUBCHAPTER),
    ("приложени", Level.APPENDIX),
)
_KY_UNITS = (
    ("абзац", Level.ALINEA),
    ("болу[кг]", Level.PARAGRAPH),
    ("пунктча", Level.SUBPOINT),
    ("пункт", Level.POINT),
    ("берене", Level.ARTICLE),
    ("стат", Level.ARTICLE),
    ("глава", Level.CHAPTER),
    ("болум", Level.SECTION),
    ("тиркеме", Level.APPENDIX),
)
_RU_SUBJECT = re.compile(
    r"(?P<unit>абзац|част|подпункт|пункт|стат|глав|раздел|параграф|приложени)[а-яъ]{0,6}"
    rf"(?:\s{{1,5}}(?P<numbers>{_NUMBERS})(?![а-я0-9]))?"
)
_RU_NUMBER_FIRST = re.compile(
    r"(?P<numbers>перв[а-я]{2}|втор[а-я]{2}|трет[а-я]{2})\s{1,3}(?P<unit>абзац|част)[а-я]{0,4}"
)
_KY_SUBJECT = re.compile(
    rf"(?P<numbers>{_NUMBERS})\s{{0,2}}-\s{{0,2}}(?P<unit>абзац|болу[кг]|пунктча|пункт|берене|стат|глава|болум|тиркеме)"
)
#: Things smaller than any unit that has an address, or beside its text.
_RU_PIECE = re.compile(r"(?:предложени|слов|наименовани|названи|заголов|преамбул|таблиц|строк|позици|сноск)[а-я]{1,6}")
_KY_PIECE = re.compile(r"(?:суйлом|соз|аталыш|преамбула|таблица|сап)[а-я]{0,9}")

_SP = r"\s{1,5}"
_WHO = rf"(?:в{_SP}соответствии|согласно|на{_SP}основании|закон|указ|постановлени|решени|приказ|распоряжени)"
#: Words of a Russian note, folded; the first that the note has decides.
_RU_REPEALED = (
    rf"(?:утратил[аои]?|утративш[а-я]{{2,3}}){_SP}силу|(?:исключен|отменен)[аоы]?(?![а-я])|утратил[аои]?{_SP}свою{_SP}силу"
    rf"|прекратил[аои]?{_SP}действие|утратил[аои]?{_SP}юридическую{_SP}силу"
)
_RU_AMENDED = (
    rf"в{_SP}(?:новой{_SP})?(?:редакции|ред\.)|редакция|(?:дополнен|изменен|изложен)[аоы]?(?![а-я])"
    rf"|внесен[аоы]?{_SP}(?:изменени|дополнени)|с{_SP}изменениями|введен[аоы]?(?![а-я]|{_SP}в{_SP}действие)"
)
_RU_EDITORIAL = (
    rf"см\.|смотри|введен[аоы]?{_SP}в{_SP}действие|ввод[ия]тся{_SP}в{_SP}действие|вступа[а-я]{{1,4}}{_SP}в{_SP}силу|вступил[аои]?{_SP}в{_SP}силу"
    rf"|порядок{_SP}(?:введения|вступления)|прим(?:\.|ечани[ея]){_SP}?ред|приостановлен|действи[а-я]{_SP}приостановлен"
    rf"|признан[аоы]?{_SP}(?:неконституционн|противоречащ)|изменения,{_SP}внесенные|действует{_SP}до"
)
_KY_REPEALED = (
    rf"кучун{_SP}жогот(?:ту|кон|ушту|от)(?![а-я])|кучу{_SP}жок{_SP}деп|алын(?:ып)?{_SP}салын|чыгарылып{_SP}(?:салын|ташталды)"
    rf"|алынып{_SP}ташталды|жокко{_SP}чыгарыл|чыгарылды|чыгарылган"
)
_KY_AMENDED = rf"редакциясы|толукта(?:лды|лган)|толуктоо|озгор(?:туу|тул)|кошумчалан|(?:жаны){_SP}редакция|киргизилди"
_KY_EDITORIAL = (
    rf"кара(?:ныз)?\s?[:.]|кара{_SP}|ошондой{_SP}эле{_SP}кара|колдонууга{_SP}(?:киргизил|берил)|кучуно{_SP}кир"
    rf"|эскертуу|токтотул"
)
_KINDS = re.compile(
    "(?<![а-я])(?:"
    f"(?P<repealed>{_RU_REPEALED}|{_KY_REPEALED})"
    f"|(?P<editorial>{_RU_EDITORIAL}|{_KY_EDITORIAL})"
    f"|(?P<amended>{_RU_AMENDED}|{_KY_AMENDED}))"
)
#: An order to somebody, not a statement of the keeper: it is law about another act.
_COMMAND = re.compile(
    rf"признать|считать|(?:деп{_SP})?(?:табылсын|эсептелсин|таанылсын)|жоготсун|исключить|отменить|внести|салынсын"
)
#: What an unbracketed note is as a whole, folded.
_LABEL = rf"[-\s]{{0,5}}(?:{_NUMBER}[.)]?\s{{1,5}})?"
_RU_UNIT = (
    r"(?:(?:абзац|часть|подпункт|пункт|статья|статъя|глава|раздел|параграф|приложение)"
    rf"(?:\s{{1,5}}{_NUMBERS})?[.\s]{{1,5}})?"
)
_RU_BARE = re.compile(rf"{_LABEL}{_RU_UNIT}(?:{_RU_REPEALED})\s{{0,5}}(?:[.;,]?\s*$|[,(-]?\s{{0,5}}{_WHO}|с{_SP}[0-9])")
_RU_BARE_AMENDED = re.compile(
    rf"{_LABEL}{_RU_UNIT}(?:в{_SP}(?:новой{_SP})?редакции|дополнен[аоы]?|изменен[аоы]?|введен[аоы]?|внесен[аоы]?{_SP}изменени[а-я]"
    rf"(?:{_SP}и{_SP}дополнени[а-я])?):?{_SP}(?:в{_SP}соответствии{_SP}с{_SP}|согласно{_SP})?"
    r"(?:закон|указ|постановлени|решени|приказ)"
)
#: What an editor's cross-reference leads to: ``См.: Закон КР от …``, ``О судебной практике … см. постановление …``.
_RU_SOURCE = (
    r"(?:закон|указ|постановлени|положени|порядок|инструкци|правила|решени|распоряжени|приказ|кодекс|конституци|перечень"
    r"|статьи|статью|разъяснени)"
)
_RU_SEE = rf"(?:об?о?{_SP}[^;:\n]{{8,300}}\s)?см\.\s{{0,2}}:?\s{{0,5}}(?:также\s?:?\s{{0,5}})?{_RU_SOURCE}"
_RU_BARE_EDITORIAL = re.compile(
    rf"(?:{_RU_SEE}|см\.{_SP}также|смотри(?:те)?{_SP}также|внимание!|изменения,{_SP}внесенные|прим(?:\.|ечани[ея]){_SP}?ред"
    rf"|введен[аоы]?{_SP}в{_SP}действие{_SP}(?:с{_SP}[0-9]|закон|постановлени|указ)|(?:о{_SP})?поряд(?:ок|ке){_SP}введения{_SP}в{_SP}действие{_SP}(?:настоящ|см))"
)
_KY_UNIT = (
    rf"(?:{_NUMBERS}\s{{0,2}}-?\s{{0,2}}"
    r"(?:абзац|болук|болугу|пунктча|пункт|берене|статья|глава|болум|тиркеме)[а-я]{0,4}\s{1,5})?"
)
_KY_BARE = re.compile(
    rf"{_LABEL}{_KY_UNIT}(?:кучун{_SP}жогот(?:ту|кон|от)|кучу{_SP}жок{_SP}деп{_SP}табылган|алынып{_SP}салын(?:ды|ган)"
    rf"|чыгарылып{_SP}салын(?:ды|ган)|чыгарылып{_SP}ташталды|жокко{_SP}чыгарыл(?:ды|ган))"
    r"\s{0,5}(?:[.;,]?\s*$|[,(-]\s{0,5}(?:кр|кыргыз|[12][0-9]{3})|[12][0-9]{3}|кр(?![а-я])|кыргыз)"
)
_KY_BARE_BY_ACT = re.compile(
    rf"(?:ылайык|менен|негизинде|тарабынан){_SP}(?:{_KY_UNIT})(?:кучун{_SP}жогот(?:ту|кон|от)|алынып{_SP}салын(?:ды|ган)"
    rf"|чыгарылып{_SP}салын(?:ды|ган)|кучу{_SP}жок{_SP}деп{_SP}табыл(?:ды|ган))\s{{0,5}}[.;]?\s*$"
)
_KY_BARE_AMENDED = re.compile(
    rf"(?:мыйзам|кодекс|жарлы|токтом|буйру)[а-я]{{0,14}}{_SP}(?:жаны{_SP})?"
    rf"(?:редакциясына{_SP}ылайык|редакциясында|негизинде{_SP}толукталды|менен{_SP}толукталды)\s{{0,5}}[.;]?\s*$"
)
_KY_BARE_BEGINS = re.compile(rf"[-\s]{{0,5}}{_KY_UNIT}(?:кр(?![а-я])|кыргыз{_SP}республика|[12][0-9]{{3}}\s?-?\s?ж)")
_KY_BARE_EDITORIAL = re.compile(
    rf"(?:(?:ошондой{_SP}эле{_SP})?кара(?:ныз)?\s?:|редакциянын{_SP}эскертуу|конул{_SP}буру)"
)
#: Notes that stand in brackets and name no act must begin like one.
_BEGINS = re.compile(
    rf"[-\s]{{0,5}}(?:{_RU_UNIT}|{_KY_UNIT})(?:{_RU_REPEALED}|{_KY_REPEALED})"
    rf"|(?:см\.{_SP}также|вступа[а-я]{{1,4}}{_SP}в{_SP}силу{_SP}с{_SP}|введен[аоы]?{_SP}в{_SP}действие{_SP}с{_SP}|прим(?:\.|ечани[ея]){_SP}?ред)"
    rf"|(?:ошондой{_SP}эле{_SP})?кара(?:ныз)?\s?:|редакциянын{_SP}эскертуу"
)
#: The bracket of a subpoint's label closes none: ``(подпункт а) исключен …)``.
_LABEL_BRACKET = re.compile(r"((?<=\s)(?:[а-я]|[0-9]{1,2}))\)(?=\s+[а-яө])")
_UNBRACKETED_LENGTH = 1_500
#: Words that may stand before a bracketed note's verb, acts not counted: a longer way to it is a sentence.
_WORDS_BEFORE = 14
#: An act named right before a bracket: what the bracket says is about that act.
_BEHIND_ACT = re.compile(r"(?:[»”\"“]|[0-9](?:-?[а-я])?|[0-9]\s?(?:года|г\.))\s*$")


@dataclass(frozen=True, slots=True)
class NoteScope:
    """What a note is about, as its own words say.

    Attributes:
        level: level that it names, None if it names none and so is about all that it stands under.
        numbers: numbers that it names at that level (``4``, ``2-1``), as printed.
        piece: whether it is about something smaller than a unit (a sentence, words, the heading).
    """

    level: Level | None = None
    numbers: tuple[str, ...] = ()
    piece: bool = False

    def covers(self, level: Level, number: str | None) -> bool:
        """Whether the note is about the whole of the unit of ``level`` and ``number`` under which it stands.

        ``(Пункт 4 утратил силу …)`` is about point 4 and about no article; a note that names its own
        level without a number (``(Статья в редакции …)``) is about the unit.
        """
        if self.piece:
            return False
        if self.level is None:
            return True
        if level not in _SAME.get(self.level, frozenset({self.level})):
            return False
        return not self.numbers or number in self.numbers


#: Levels that go by the same word in acts of different build.
_SAME = {
    Level.PARAGRAPH: frozenset({Level.PARAGRAPH, Level.PART}),
    Level.POINT: frozenset({Level.POINT, Level.CLAUSE, Level.SUBCLAUSE, Level.PARAGRAPH}),
    Level.SUBPOINT: frozenset({Level.SUBPOINT, Level.SUBCLAUSE, Level.POINT}),
    Level.SECTION: frozenset({Level.SECTION, Level.PART}),
}


def whole_note(text: str) -> Note | None:
    """The note that ``text`` is as a whole, or None if it is text of the act.

    ``(В редакции Закона КР от 14 марта 2014 года № 49)``, ``Күчүн жоготту.``, ``- исключен``

    Args:
        text: a paragraph or the end of one, line feeds allowed.
    """
    stripped = text.strip()
    if not stripped or len(stripped) > NOTE_LENGTH:
        return None
    inner = _bracketed(stripped)
    folded = fold(stripped if inner is None else inner)
    kind = _kind_in_brackets(inner, folded) if inner is not None else _kind_bare(stripped, folded)
    if kind is None or _COMMAND.search(folded):
        return None
    return Note(kind, stripped, tuple(found.reference for found in find_acts(stripped)))


def trailing_note(text: str) -> tuple[int, Note] | None:
    """The bracketed note at the end of ``text``: its start and the note, or None.

    ``… общим собранием. (В редакции Закона КР от 1 мая 2005 года № 3)`` → the offset of the bracket.
    """
    end = len(text.rstrip().rstrip(".;"))
    if end == 0 or text[end - 1] != ")":
        return None
    depth = 0
    plain = _LABEL_BRACKET.sub(r"\1 ", text)
    for at in range(end - 1, max(-1, end - 1 - NOTE_LENGTH), -1):
        if plain[at] == ")":
            depth += 1
        elif plain[at] == "(":
            depth -= 1
            if depth == 0:
                return _after(text[:at], text[at:])
    return None


def _after(before: str, piece: str) -> tuple[int, Note] | None:
    """``piece`` as a note behind the text ``before``, unless it is about an act that ends there."""
    note = whole_note(piece) if before.strip() else None
    if note is None:
        return None
    line = before[before.rstrip(" ").rfind("\n") + 1 :]
    if line.strip() and _BEHIND_ACT.search(line) and note.kind is not NoteKind.REPEALED:
        last = max((found.end for found in find_acts(line)), default=-1)
        if last == len(line.rstrip()) or line.rstrip().endswith(("»", "”")):
            return None
    return len(before), note


def scope(note: Note) -> NoteScope:
    """What ``note`` is about: ``(Абзац 2 утратил силу …)`` → alinea 2, ``(В редакции …)`` → all above it."""
    folded = _without_acts(note.text)
    found = _KINDS.search(folded)
    # «Статья дополнена частью 2» is about the article in part: what was added is named behind the verb.
    before = folded[: found.start()] if found else folded
    for pattern, units in ((_KY_SUBJECT, _KY_UNITS), (_RU_NUMBER_FIRST, _RU_UNITS), (_RU_SUBJECT, _RU_UNITS)):
        subject = pattern.search(before)
        if subject is not None:
            piece = (_RU_PIECE.search(before) or _KY_PIECE.search(before)) is not None
            return NoteScope(_level(subject["unit"], units), _split_numbers(subject["numbers"]), piece)
    if _RU_PIECE.search(before) or _KY_PIECE.match(before.lstrip("( ")):
        return NoteScope(piece=True)
    behind = _KY_SUBJECT.search(folded, found.end()) if found else None
    if behind is not None:
        return NoteScope(_level(behind["unit"], _KY_UNITS), _split_numbers(behind["numbers"]))
    return NoteScope()


def _level(word: str, units: tuple[tuple[str, Level], ...]) -> Level:
    return next(level for stem, level in units if re.match(stem, word))


_WORDS = {"перв": "1", "втор": "2", "трет": "3"}


def _split_numbers(numbers: str | None) -> tuple[str, ...]:
    if numbers is None:
        return ()
    if numbers[:4] in _WORDS:
        return (_WORDS[numbers[:4]],)
    return tuple(re.findall(rf"{_NUMBER}|[а-я](?=\))|[ivxlc]{{1,6}}", numbers))


def _without_acts(text: str) -> str:
    """``text``, folded, with the acts in it blanked out: «пункт 3 Указа» is no scope."""
    folded = fold(text)
    for found in find_acts(text):
        folded = folded[: found.start] + " " * (found.end - found.start) + folded[found.end :]
    return folded


def _bracketed(text: str) -> str | None:
    """What stands inside the brackets around the whole of ``text``, None if there are none."""
    if not text.startswith(("(", "[")):
        return None
    body = text.rstrip(" .;")
    depth = 0
    for at, char in enumerate(_LABEL_BRACKET.sub(r"\1 ", body)):
        depth += (char in "([") - (char in ")]")
        if depth == 0:
            return body[1:at] if at == len(body) - 1 else None
    # A bracket that is never closed: typists forget it at the end of long lists.
    return body[1:]


def _kind_in_brackets(inner: str, folded: str) -> NoteKind | None:
    match = _KINDS.search(folded)
    if match is None or len(_without_acts(folded[: match.start()]).split()) > _WORDS_BEFORE:
        return None
    if _BEGINS.match(folded) is None and not find_acts(inner):
        return None
    return NoteKind(match.lastgroup or "editorial")


def _kind_bare(text: str, folded: str) -> NoteKind | None:
    if len(text) > _UNBRACKETED_LENGTH:
        return None
    if _RU_BARE.match(folded) or _KY_BARE.match(folded):
        return NoteKind.REPEALED
    if _RU_BARE_EDITORIAL.match(folded) or _KY_BARE_EDITORIAL.match(folded):
        return NoteKind.EDITORIAL
    kind = _kind_by_act(folded)
    return kind if kind and find_acts(text) else None


def _kind_by_act(folded: str) -> NoteKind | None:
    """The kind of a note without brackets that must name the act which made it."""
    if _RU_BARE_AMENDED.match(folded):
        return NoteKind.AMENDED
    if _KY_BARE_BEGINS.match(folded) is None:
        return None
    if _KY_BARE_BY_ACT.search(folded):
        return NoteKind.REPEALED
    return NoteKind.AMENDED if _KY_BARE_AMENDED.search(folded) else None
