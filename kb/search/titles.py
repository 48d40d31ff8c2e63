"""What a whole document says of itself in a list of hits: kind, date, number, body."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from kb.documents import Kind, Metadata
from kb.language.kyrgyz import decline
from kb.language.model import Language
from kb.language.months import KYRGYZ, RUSSIAN

_KINDS: Mapping[Kind, tuple[str, str]] = {
    Kind.CONSTITUTION: ("Конституция", "Конституция"),
    Kind.LAW: ("Мыйзам", "Закон"),
    Kind.CODE: ("Кодекс", "Кодекс"),
    Kind.DECREE: ("Жарлык", "Указ"),
    Kind.RESOLUTION: ("Токтом", "Постановление"),
    Kind.ORDER: ("Буйрук", "Приказ"),
    Kind.CHARTER: ("Устав", "Устав"),
    Kind.MODEL_CHARTER: ("Типтүү устав", "Типовой устав"),
    Kind.REGULATIONS: ("Регламент", "Регламент"),
    Kind.STATUTE: ("Жобо", "Положение"),
    Kind.AGREEMENT: ("Келишим", "Договор"),
    Kind.METHODOLOGY: ("Методика", "Методика"),
    Kind.FORM: ("Форма", "Форма"),
    Kind.PROTOCOL: ("Протокол", "Протокол"),
    Kind.TRAINING: ("Окуу материалы", "Учебный материал"),
    Kind.ARTICLE: ("Макала", "Статья журнала"),
    Kind.OTHER: ("Документ", "Документ"),
}


def name_kind(kind: Kind, language: Language) -> str:
    """Name of a kind of document in Kyrgyz or Russian."""
    kyrgyz, russian = _KINDS[kind]
    return kyrgyz if language is Language.KY else russian


def describe_document(metadata: Metadata, language: Language) -> str:
    """Kind, date, number and body of a document in its language, in one line.

    Example: ``Закон от 9 июля 2013 года № 127 (09.07.2013)``; ``Мыйзам 2013-жылдын 9-июлундагы № 127 (09.07.2013)``.
    """
    words = [name_kind(metadata.kind, language)]
    if metadata.date:
        words.append(_write_date(metadata.date, language))
    if metadata.number:
        words.append(f"№ {metadata.number}")
    if metadata.date:
        words.append(f"({metadata.date:%d.%m.%Y})")
    line = " ".join(words)
    return f"{line}. {metadata.body}" if metadata.body else line


def _write_date(date: dt.date, language: Language) -> str:
    if language is Language.KY:
        return f"{date.year}-жылдын {date.day}-{decline(KYRGYZ[date.month - 1], 'attr')}"
    return f"от {date.day} {RUSSIAN[date.month - 1]} {date.year} года"
