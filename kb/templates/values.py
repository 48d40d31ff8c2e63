"""One answer at a time: does it fit its field, and what is its proper value."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping

from kb.templates.marks import PRIVATE
from kb.templates.model import Choice, Field, FieldType, Problem

#: Bounds that hold where a field gives none.
LONGEST, LONGEST_TEXT, MOST_ITEMS, MOST_NUMBER = 300, 5000, 200, 10**9
#: Most characters of a case form that a person gave.
LONGEST_FORM = 200

_LETTER = "А-Яа-яЁёӨөҮүҢң"
#: Controls; what turns the direction of text or hides in it; what stands for a lost character; no characters at all.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\uffff\ud800-\udfff"
    r"\U000e0000-\U000e0fff]"
)
#: What Word and web pages leave in copied words to break lines by, without a width of its own.
_BREAKS = re.compile("[\u00ad\u200b\u2060\ufeff]")
#: Villages and quarters are named after days too: 1-Май, 8-Март.
_TOPONYM = re.compile(
    rf"(?:[0-9]{{1,3}}-)?(?:[{_LETTER}]\. ?){{0,2}}[{_LETTER}]+(?:[ -][{_LETTER}]+)*(?:[ -][0-9]{{1,3}})?"
)
_KIND_WORD = re.compile(
    r"(?:айыл(?:дык)? айма(?:к|гы)|шаар(?:ы|часы)?|айыл(?:ы)?|айыл[а-я]{0,6} (?:кеңеш|өкмөт)[а-яөүң]{0,8}"
    r"|(?:айылный|аильный|сельский) аймак|аймак|город|сел[оа]|айылдары|кичи району|микрорайон|турак-жай конушу"
    r"|жилмассив)",
    re.IGNORECASE,
)
_SURNAME = rf"[{_LETTER}]{{2,40}}(?:-[{_LETTER}]{{2,40}})?(?: (?:уулу|кызы))?"
_INITIALS = rf"[{_LETTER}]\. ?(?:[{_LETTER}]\.)?"
_PERSON = re.compile(rf"(?:{_SURNAME}) (?:{_INITIALS})|(?:{_INITIALS}) ?(?:{_SURNAME})")
_DIGITS = re.compile(r"[0-9]{1,3}(?:[ \u00a0][0-9]{3}){1,3}|[0-9]{1,12}")
_RANGE = re.compile(r"([0-9]{1,9}) ?[-–—] ?([0-9]{1,9})")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_DOCNUM = re.compile(rf"(?:№ ?)?([0-9{_LETTER}A-Za-z]{{1,12}}(?:[-/.][0-9{_LETTER}A-Za-z]{{1,12}}){{0,4}})")
_SPACES = re.compile(r"[ \t\u00a0]+")


#: What a text must look like, by name: a form's own regular expressions could run for ever.
PATTERNS: Mapping[str, re.Pattern[str]] = {
    "adjective_ru": re.compile(r"[А-ЯЁ][А-Яа-яЁё-]{1,56}(?:ск|цк|н)(?:ий|ый|ой)"),
    "no_full_stop": re.compile(r".*[^.\s]", re.DOTALL),
}


class Refused(Exception):
    """An answer that does not fit, with the problems found in it."""

    def __init__(self, *problems: Problem) -> None:
        """Keep ``problems``."""
        super().__init__(*problems)
        self.problems = problems


def proper(field: Field, answer: object, path: str, offered: tuple[Choice, ...]) -> object:
    """Proper value of an answer: text trimmed, numbers as numbers, dates as dates, lists as tuples.

    Args:
        field: the question.
        answer: what was answered, not None and not empty.
        path: where it stands in the answers, for problems.
        offered: what a choice offers to these answers.

    Raises:
        Refused: it does not fit.
    """
    match field.type:
        case FieldType.CHOICE:
            return _choice(answer, path, offered)
        case FieldType.MULTICHOICE:
            return _choices(field, answer, path, offered)
        case FieldType.LIST:
            return _items(field, answer, path)
        case _:
            return _SIMPLE[field.type](field, answer, path)


def empty(answer: object) -> bool:
    """Whether an answer says nothing: None, an empty string or only spaces."""
    return answer is None or (isinstance(answer, str) and not answer.strip())


def path_name(name: object) -> str:
    """A name from outside as a part of a path: short, and such that every terminal can print it."""
    return str(name)[:60].encode("utf-8", "replace").decode()


def is_case_form(form: object) -> bool:
    """Whether a case form that a person gave can be set: a short line of words."""
    if not isinstance(form, str) or not form.strip() or len(form) > LONGEST_FORM:
        return False
    return form.isprintable() and not PRIVATE.search(form)


def _line(answer: object, path: str, longest: int, *, multiline: bool = False) -> str:
    if not isinstance(answer, str):
        raise Refused(Problem(path, "wrong_type", {"wanted": "text"}))
    text = _BREAKS.sub("", answer.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(text) > longest:
        raise Refused(Problem(path, "too_long", {"limit": longest, "length": len(text)}))
    if "\n" in text and not multiline:
        raise Refused(Problem(path, "line_break"))
    if found := _CONTROL.search(text) or PRIVATE.search(text):
        raise Refused(_odd(found[0], path))
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return unicodedata.normalize("NFC", text).replace("ӊ", "ң").replace("Ӊ", "Ң")


def _text(field: Field, answer: object, path: str) -> str:
    longest = field.bounds.longest or (LONGEST_TEXT if field.multiline else LONGEST)
    text = _line(answer, path, longest, multiline=field.multiline)
    if len(text) < (field.bounds.shortest or 1):
        raise Refused(Problem(path, "too_short", {"limit": field.bounds.shortest or 1}))
    if field.bounds.pattern and not PATTERNS[field.bounds.pattern].fullmatch(text):
        raise Refused(Problem(path, "bad_format"))
    return text


def _toponym(field: Field, answer: object, path: str) -> str:
    text = _line(answer, path, field.bounds.longest or 60)
    if len(text) < (field.bounds.shortest or 2):
        raise Refused(Problem(path, "too_short", {"limit": field.bounds.shortest or 2}))
    if not _TOPONYM.fullmatch(text):
        raise Refused(_odd(next((one for one in text if not re.match(rf"[{_LETTER} -]", one)), text[-1]), path))
    words = text.split(" ")
    for start in range(len(words)):
        for word in (words[start], " ".join(words[start : start + 2])):
            if _KIND_WORD.fullmatch(word):
                raise Refused(Problem(path, "kind_word", {"word": word}))
    return text


def _odd(character: str, path: str) -> Problem:
    """A character that does not belong; by its number where nobody could see it."""
    seen = character.isprintable() and not unicodedata.combining(character) and not _CONTROL.match(character)
    shown = character if seen else f"U+{ord(character):04X}"
    alike = {"wanted": "cyrillic"} if character.isascii() and character.isalpha() else {}
    return Problem(path, "bad_characters", {"character": shown, **alike})


def _person(field: Field, answer: object, path: str) -> str:
    text = _line(answer, path, field.bounds.longest or 80)
    if not _PERSON.fullmatch(text):
        raise Refused(Problem(path, "not_a_person"))
    return re.sub(rf"(?<=\.)(?=[{_LETTER}])", " ", text)


def _number(answer: object, path: str) -> int:
    if isinstance(answer, bool) or not isinstance(answer, (int, str)):
        raise Refused(Problem(path, "wrong_type", {"wanted": "number"}))
    if isinstance(answer, str):
        if not _DIGITS.fullmatch(answer.strip()):
            raise Refused(Problem(path, "wrong_type", {"wanted": "number"}))
        return int(re.sub(r"\D", "", answer))
    return answer


def _bounded(number: int, path: str, least: int, most: int) -> int:
    if not least <= number <= most:
        raise Refused(Problem(path, "out_of_range", {"least": least, "most": most}))
    return number


def _integer(field: Field, answer: object, path: str) -> int:
    return _bounded(_number(answer, path), path, *_limits(field, MOST_NUMBER))


def _limits(field: Field, most: int) -> tuple[int, int]:
    least = field.bounds.least
    return (0 if least is None else least), (most if field.bounds.most is None else field.bounds.most)


def _percent(_field: Field, answer: object, path: str) -> int:
    if isinstance(answer, str):
        answer = answer.strip().removesuffix("%")
    return _bounded(_number(answer, path), path, 1, 100)


def _range(field: Field, answer: object, path: str) -> str:
    found = _RANGE.fullmatch(answer.strip()) if isinstance(answer, str) else None
    if found is None:
        return str(_integer(field, answer, path))
    low, high = int(found[1]), int(found[2])
    for number in (low, high):
        _bounded(number, path, *_limits(field, MOST_NUMBER))
    if low >= high:
        raise Refused(Problem(path, "range_order"))
    return f"{low}-{high}"


def _date(_field: Field, answer: object, path: str) -> dt.date:
    if isinstance(answer, dt.date) and not isinstance(answer, dt.datetime):
        return answer
    found = _DATE.fullmatch(answer.strip()) if isinstance(answer, str) else None
    if found is None:
        raise Refused(Problem(path, "bad_date"))
    parts = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        date = dt.date(*map(int, parts))
    except ValueError:
        raise Refused(Problem(path, "bad_date")) from None
    if not 1991 <= date.year <= 2100:
        raise Refused(Problem(path, "bad_date"))
    return date


def _time(_field: Field, answer: object, path: str) -> str:
    found = _TIME.fullmatch(answer.strip()) if isinstance(answer, str) else None
    if found is None:
        raise Refused(Problem(path, "bad_time"))
    return f"{int(found[1]):02}.{found[2]}"


def _docnum(_field: Field, answer: object, path: str) -> str:
    if isinstance(answer, int) and not isinstance(answer, bool) and 0 < answer < MOST_NUMBER:
        return str(answer)
    found = _DOCNUM.fullmatch(_line(answer, path, 40))
    if found is None:
        raise Refused(Problem(path, "bad_number"))
    return found[1]


_SIMPLE: Mapping[FieldType, Callable[[Field, object, str], object]] = {
    FieldType.TEXT: _text,
    FieldType.TOPONYM: _toponym,
    FieldType.PERSON: _person,
    FieldType.INTEGER: _integer,
    FieldType.RANGE: _range,
    FieldType.PERCENT: _percent,
    FieldType.DATE: _date,
    FieldType.TIME: _time,
    FieldType.DOCNUM: _docnum,
}


def _choice(answer: object, path: str, offered: tuple[Choice, ...]) -> str:
    if isinstance(answer, int) and not isinstance(answer, bool) and abs(answer) < MOST_NUMBER:
        answer = str(answer)
    values = [choice.value for choice in offered]
    if not isinstance(answer, str) or answer not in values:
        raise Refused(Problem(path, "not_a_choice", {"choices": ", ".join(values)}))
    return answer


def _choices(field: Field, answer: object, path: str, offered: tuple[Choice, ...]) -> tuple[str, ...]:
    problems: list[Problem] = []
    chosen: list[str] = []
    for number, one in enumerate(_sequence(answer, path)):
        where = f"{path}[{number}]"
        try:
            chosen.append(_choice(one, where, offered))
        except Refused as refused:
            own = field.free and isinstance(one, str) and one.strip()
            told, wrong = _own(one, where) if own else ([], refused.problems)
            chosen += told
            problems += wrong
    if problems:
        raise Refused(*problems)
    order = [choice.value for choice in offered]
    free = [one for one in dict.fromkeys(chosen) if one not in order]
    return (*(value for value in order if value in chosen), *free)


def _own(answer: object, path: str) -> tuple[list[str], tuple[Problem, ...]]:
    try:
        return [_line(answer, path, LONGEST)], ()
    except Refused as refused:
        return [], refused.problems


def _sequence(answer: object, path: str) -> list[object]:
    if not isinstance(answer, (list, tuple)):
        raise Refused(Problem(path, "wrong_type", {"wanted": "list"}))
    if len(answer) > MOST_ITEMS:
        raise Refused(Problem(path, "too_many", {"limit": MOST_ITEMS}))
    return list(answer)


def _items(field: Field, answer: object, path: str) -> tuple[object, ...]:
    problems: list[Problem] = []
    values: list[object] = []
    for number, one in enumerate(_sequence(answer, path)):
        where = f"{path}[{number}]"
        if empty(one):
            problems.append(Problem(where, "required"))
            continue
        try:
            single = len(field.item) == 1 and not field.item[0].name
            values.append(proper(field.item[0], one, where, ()) if single else _record(field, one, where))
        except Refused as refused:
            problems += refused.problems
    if not problems and len(values) < (field.bounds.fewest or 0):
        problems.append(Problem(path, "too_few", {"limit": field.bounds.fewest or 0}))
    if field.unique:
        seen = [str(value).casefold() for value in values]
        problems += [
            Problem(f"{path}[{number}]", "duplicate", {"value": str(values[number])})
            for number, value in enumerate(seen)
            if value in seen[:number]
        ]
    if problems:
        raise Refused(*problems)
    return tuple(values)


def _record(field: Field, answer: object, path: str) -> dict[str, object]:
    if not isinstance(answer, Mapping):
        raise Refused(Problem(path, "wrong_type", {"wanted": "object"}))
    problems: list[Problem] = []
    record: dict[str, object] = {}
    for part in field.item:
        where = f"{path}.{part.name}"
        given = answer.get(part.name)
        if empty(given):
            record[part.name] = None
            if part.required:
                problems.append(Problem(where, "required"))
            continue
        try:
            record[part.name] = proper(part, given, where, part.choices)
        except Refused as refused:
            problems += refused.problems
    known = {part.name for part in field.item}
    problems += [Problem(f"{path}.{path_name(name)}", "unknown_field") for name in answer if name not in known]
    if problems:
        raise Refused(*problems)
    return record
