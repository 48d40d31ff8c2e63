"""The line of a head that says what kind of document it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations.acts import find_numbers
from kb.citations.dates import find_dates
from kb.citations.fold import fold
from kb.documents import Kind
from kb.ingest.metadata.requisites import Requisites, read_requisites, spans
from kb.language.model import Language


@dataclass(frozen=True, slots=True)
class KindLine:
    """What a kind line says.

    Attributes:
        kind: the kind.
        language: language of its words, None where they are of both.
        name: the document's name where the line holds it, else None.
        body: the words for the body that issued it, or None.
        requisites: date and number that stand in the line.
        named_by_kind: whether the kind is part of the name (``Регламент … кенеша``), which may go on in other lines.
    """

    kind: Kind
    language: Language | None
    name: str | None = None
    body: str | None = None
    requisites: Requisites | None = None
    named_by_kind: bool = False


#: Longest kind line; what is longer is a sentence.
_LENGTH = 700
_RU_ACTS = {
    "закон": Kind.LAW,
    "указ": Kind.DECREE,
    "постановление": Kind.RESOLUTION,
    "решение": Kind.RESOLUTION,
    "приказ": Kind.ORDER,
    "распоряжение": Kind.ORDER,
}
_RU_ACT = re.compile(
    r"(?:проект\s{1,5})?(?:конституционный\s{1,5})?(?P<word>" + "|".join(_RU_ACTS) + r")(?![а-я])(?P<rest>.*)",
    re.DOTALL,
)
_KY_ACTS = {
    "мыйзам": Kind.LAW,
    "жарлы": Kind.DECREE,
    "токтом": Kind.RESOLUTION,
    "чечим": Kind.RESOLUTION,
    "буйру": Kind.ORDER,
    "тескеме": Kind.ORDER,
}
_KY_ACT = re.compile(
    r"(?P<body>.*?)(?<![а-я])(?P<word>мыйзамы?|жарлык|жарлыгы|токтому?|чечими?|буйрук|буйругу|тескеме|тескемеси)(?![а-я])"
    r"(?P<rest>.*)",
    re.DOTALL,
)
#: Words of a body that issues acts, in the genitive as a kind line has them, folded.
_RU_BODY = re.compile(
    r"кр(?![а-я])|республики|президента|правительства|кабинета|кенеша|министерства|агентства|комитета|комиссии"
    r"|службы|мэрии|мэра|айыл окмоту|акима|администрации|главы|инспекции|фонда|банка|суда|центра|управления"
    r"|департамента|сессии"
)
_KY_BODY = re.compile(
    r"(?:(?<![а-я])кр|республикасынын|республикасы|президентинин|окмотунун|кабинетинин|кенешинин|кенештин|министрлигинин"
    r"|агенттигинин|комитетинин|комиссиясынын|кызматынын|мэриясынын|мэринин|башчысынын|башкармасынын|банкынын|сотунун"
    r"|сессиясынын|борборунун|департаментинин|фондунун|инспекциясынын|администрациясынын|акиминин|торагасынын"
    r"|депутаттарынын|конституциялык|башкармалыгынын)\s*$"
)
_RU_GUIDANCE = (
    r"методика|методическ[а-я]{2}\s+(?:указания|рекомендации|руководство|пособие)|руководство|инструкция|рекомендации"
    r"|памятка"
)
_KY_GUIDANCE = (
    r"методика(?:сы)?|(?:методикалык|усулдук)\s+(?:колдонмо(?:су)?|сунуштар(?:ы)?|корсотмо(?:лор)?(?:у|су)?)"
    r"|нускама(?:сы)?|колдонмо(?:су)?"
)
_RU_NAMED = (
    (r"устав", Kind.CHARTER),
    (r"регламент", Kind.REGULATIONS),
    (r"положение", Kind.STATUTE),
    (r"договор|соглашение", Kind.AGREEMENT),
    (
        _RU_GUIDANCE,
        Kind.METHODOLOGY,
    ),
    (r"протокол", Kind.PROTOCOL),
    (r"форма|бланк|журнал\s+(?:учета|регистрации)|реестр|книга\s+(?:учета|регистрации)", Kind.FORM),
    (
        r"учебн[а-я]{2}\s+(?:материал[ы]?|пособие|модуль)|раздаточн[а-я]{2}\s+материал[ы]?|материалы\s+тренинга",
        Kind.TRAINING,
    ),
    (r"статья\s+(?:из\s+)?журнала", Kind.ARTICLE),
    (r"кодекс|(?:[а-я]{4,20}-)?[а-я]{4,20}(?:ый|ий|ой)(?:-|\s+)(?:[а-я]{4,20}(?:ый|ий|ой)\s+)?кодекс", Kind.CODE),
    (r"конституция", Kind.CONSTITUTION),
    (
        r"(?:национальная\s+|государственная\s+)?(?:стратегия|программа|концепция)|порядок|правила|перечень|план",
        Kind.OTHER,
    ),
)
_KY_NAMED = (
    (r"уставы?", Kind.CHARTER),
    (r"регламенти?", Kind.REGULATIONS),
    (r"жобо(?:су)?", Kind.STATUTE),
    (r"келишими?|макулдашуу(?:су)?", Kind.AGREEMENT),
    (
        _KY_GUIDANCE,
        Kind.METHODOLOGY,
    ),
    (r"протоколу?", Kind.PROTOCOL),
    (r"форма(?:сы)?|бланкы?|реестри?|(?:каттоо|эсеп|алуу)\s+(?:журналы|китеби|китепчеси)", Kind.FORM),
    (r"окуу\s+(?:куралы|материалы|материалдары|модулу|колдонмосу)|таркатма\s+материал(?:дар|ы)?", Kind.TRAINING),
    (r"кодекси", Kind.CODE),
    (r"конституциясы", Kind.CONSTITUTION),
    (r"стратегиясы|программасы|концепциясы|тартиби|эрежелери?|тизмеси|планы", Kind.OTHER),
)
_RU_NAMED_LINE = re.compile(
    r"(?P<model>(?:типов|примерн|модельн)[а-я]{2}\s{1,5})?(?:"
    + "|".join(f"(?P<k{at}>{words})" for at, (words, _) in enumerate(_RU_NAMED))
    + r")(?![а-я-])(?P<rest>.*)",
    re.DOTALL,
)
_KY_NAMED_END = re.compile(
    r"(?<![а-я-])(?P<model>(?:типтуу|улгулуу|болжолдуу)\s{1,5})?(?:"
    + "|".join(f"(?P<k{at}>{words})" for at, (words, _) in enumerate(_KY_NAMED))
    + r")\s*$"
)
#: What follows the kind in a sentence about a document, and never in a name.
_SENTENCE = re.compile(
    r"(?<![а-я])(?:определя|устанавлива|регулиру|разработан|утвержд[а-я]*ся|явля|применя|вступа|содерж|име[ею]т|долж[енн]"
    r"|может|подлежит|болуп|эсептелет|саналат"
    r"|аныктайт|белгилейт|жонго салат|кирет|колдонулат|кылам|кылат|бекитилсин|заключа"
    r"|составля|принимается|ведется|жургузулот|тузулот)"
)
_ABOUT = re.compile(r"\s*(?:обо?|о)\s")
#: Ends of a Kyrgyz name of an act, folded.
KY_NAME_END = re.compile(r"(?<![а-я])(?:жонундо|тууралуу|тууралу|боюнча)\s*[.»”\"“]*\s*$")
_OUTER_QUOTES = re.compile(r"^[«\"“„]\s*(?P<name>[^«»\"“”„]*(?:«[^«»]*»[^«»\"“”„]*)*)\s*[»\"”“]\s*$", re.DOTALL)
_SPACED = re.compile(r"(?<![\w])(?:[А-ЯЁӨҮҢ] ){2,40}[А-ЯЁӨҮҢ](?![\w])")


def close_up(text: str) -> str:
    """``text`` with spaced capitals closed up and white space folded (``З А К О Н`` → ``ЗАКОН``)."""
    wide = re.sub(r"[\s\u00a0]", lambda match: "\n" if match.group() in "\r\n\t" else " ", text)
    wide = re.sub(" {2,}", "\n", wide) if _SPACED.search(wide) else wide
    return " ".join(_SPACED.sub(lambda match: match.group().replace(" ", ""), wide).split())


def unquote(name: str) -> str:
    """A name without the quotation marks around the whole of it."""
    match = _OUTER_QUOTES.match(name.strip())
    return (match["name"] if match else name).strip()


def read_kind(text: str) -> KindLine | None:
    """What a kind line says, or None if ``text`` is none.

    ``ПОСТАНОВЛЕНИЕ КАБИНЕТА МИНИСТРОВ КЫРГЫЗСКОЙ РЕСПУБЛИКИ``, ``№ 1 Т О К Т О М У``, ``УСТАВ местного сообщества``

    Args:
        text: a line of the head, or several joined.
    """
    line = close_up(text)
    if not line or len(line) > _LENGTH or line.endswith((":", ";", ",")):
        return None
    folded = fold(line)
    if _SENTENCE.search(folded):
        return None
    return _russian_act(line, folded) or _kyrgyz_act(line) or _russian_name(line, folded) or _kyrgyz_name(line, folded)


def _russian_act(line: str, folded: str) -> KindLine | None:
    match = _RU_ACT.match(folded)
    if match is None:
        return None
    rest = line[match.start("rest") :]
    end = _end_of_body(rest)
    body, tail = rest[:end].strip(" ,"), rest[end:]
    if body and _RU_BODY.search(fold(body)) is None:
        return None
    requisites, name = _peel(tail)
    return KindLine(_RU_ACTS[match["word"]], Language.RU, unquote(name) or None, body or None, requisites)


_BODY_END = re.compile(r"\s(?=от\s{1,5}[«\"0-9_]|обо?\s|о\s|№|n\s?[0-9])|(?=[«\"“„(№])|(?<![а-я])(?=обо?\s|о\s)")


def _end_of_body(rest: str) -> int:
    match = _BODY_END.search(fold(rest))
    return match.start() if match else len(rest)


def _peel(tail: str) -> tuple[Requisites | None, str]:
    """Date and number at the start of ``tail``, and what follows them."""
    tail = tail.strip(" ,")
    for _, end in reversed(spans(find_dates(tail), find_numbers(tail))):
        requisites = read_requisites(tail[:end])
        if requisites is not None:
            return requisites, tail[end:].strip(" ,.")
    requisites = read_requisites(tail) if tail else None
    return (requisites, "") if requisites else (None, tail)


def _kyrgyz_act(line: str) -> KindLine | None:
    """Kind words stand last in Kyrgyz: body, date and number, name, kind."""
    plain, requisites = _without_requisites(line)
    plain, quoted = _take_quotation(plain)
    folded = fold(plain)
    match = _KY_ACT.match(folded)
    if match is None:
        return None
    body, rest = plain[: match.end("body")].strip(" ,"), plain[match.start("rest") :].strip(" .,")
    if body and _KY_BODY.search(fold(body)) is None:
        return None
    if requisites is None and _BARE_NUMBER.fullmatch(rest):
        requisites, rest = Requisites(number="".join(rest.split())), ""
    if rest and KY_NAME_END.search(fold(rest)) is None:
        return None
    kind = next(kind for stem, kind in _KY_ACTS.items() if match["word"].startswith(stem))
    name = unquote(rest) or (quoted if KY_NAME_END.search(fold(quoted)) else "")
    return KindLine(kind, Language.KY, name or None, body or None, requisites)


#: A number behind its kind without a number sign (``ТОКТОМ 1/1``).
_BARE_NUMBER = re.compile(r"[0-9]{1,4}(?:\s?[/-]\s?[0-9]{1,4})?")


def _without_requisites(line: str) -> tuple[str, Requisites | None]:
    """``line`` without the date and number that stand in it; a line of several is left alone."""
    dates, numbers = find_dates(line), find_numbers(line)
    if len(dates) > 1 or len(numbers) > 1 or not (dates or numbers):
        return line, None
    plain = line
    for start, end in reversed(spans(dates, numbers)):
        plain = plain[:start] + " " + plain[end:].lstrip("-")
    date = dates[0].date if dates else None
    number = numbers[0].number if numbers else None
    return " ".join(plain.split()), Requisites(date, number, impossible_date=bool(dates) and date is None)


_QUOTATION = re.compile(r"«[^«»]{3,600}(?:«[^«»]{1,300}»[^«»]{0,300}){0,3}»|“[^“”]{3,600}”|\"[^\"]{3,600}\"")


def _take_quotation(line: str) -> tuple[str, str]:
    found = list(_QUOTATION.finditer(line))
    if len(found) != 1:
        return line, ""
    start, end = found[0].span()
    return " ".join((line[:start] + " " + line[end:]).split()), line[start + 1 : end - 1].strip()


def _russian_name(line: str, folded: str) -> KindLine | None:
    match = _RU_NAMED_LINE.match(folded)
    if match is None or line[0].islower():
        return None
    kind = _named(match, _RU_NAMED)
    rest = line[match.start("rest") :]
    if kind in {Kind.CODE, Kind.CONSTITUTION}:
        state = re.match(r"\s{0,3}(?:кр(?![а-я])|кыргызской республики)", fold(rest))
        if rest.strip() and state is None and _ABOUT.match(fold(rest)) is None:
            return None
        requisites, tail = _peel(rest[state.end() :] if state else rest)
        name = " ".join(f"{line[: match.start('rest')]}{rest[: state.end()] if state else ''} {tail}".split())
        return KindLine(kind, Language.RU, name, None, requisites, named_by_kind=True)
    if rest.strip() and re.match(r"\s", rest) is None:
        return None
    requisites, tail = _tail_requisites(rest)
    name = " ".join(f"{line[: match.start('rest')]} {tail}".split())
    if kind is Kind.CHARTER and match["model"]:
        kind = Kind.MODEL_CHARTER
    language = None if fold(name) in _EITHER else Language.RU
    return KindLine(kind, language, name, None, requisites, named_by_kind=True)


def _tail_requisites(rest: str) -> tuple[Requisites | None, str]:
    """A document's own number directly behind its kind (``Протокол № 3``, ``Договор № 5 о …``)."""
    numbers = find_numbers(rest)
    if numbers and not rest[: numbers[0].start].strip():
        requisites, tail = _peel(rest)
        if requisites is not None:
            return requisites, tail
    return None, rest


def _kyrgyz_name(line: str, folded: str) -> KindLine | None:
    requisites = None
    if (numbers := find_numbers(line)) and numbers[-1].end == len(line) and len(numbers) == 1:
        requisites = Requisites(number=numbers[0].number)
        line = line[: numbers[0].start].strip()
        folded = fold(line)
    match = _KY_NAMED_END.search(folded)
    if match is None:
        return None
    kind = _named(match, _KY_NAMED)
    if kind in {Kind.CODE, Kind.CONSTITUTION} and "республикасынын" not in folded and not folded.startswith("кр "):
        return None
    if kind is Kind.CHARTER and match["model"]:
        kind = Kind.MODEL_CHARTER
    either = match.end() - match.start() == len(folded.strip()) and match.group().strip() in _EITHER
    return KindLine(kind, None if either else Language.KY, line, requisites=requisites, named_by_kind=True)


#: Kind words that Russian and Kyrgyz share in their base form.
_EITHER = frozenset({"устав", "регламент", "протокол", "форма", "методика", "реестр", "бланк"})


def _named(match: re.Match[str], table: tuple[tuple[str, Kind], ...]) -> Kind:
    return next(kind for at, (_, kind) in enumerate(table) if match[f"k{at}"] is not None)
