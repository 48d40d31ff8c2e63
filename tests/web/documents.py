"""Documents built by hand for the tests of the pages: fictional acts of the place «Үлгү»."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping

from kb.documents import (
    ActId,
    ActReference,
    Block,
    Coverage,
    Document,
    Doubt,
    Gap,
    Intake,
    Kind,
    LeftOut,
    Level,
    Metadata,
    Note,
    NoteKind,
    Original,
    Place,
    Report,
    Span,
    SpanKind,
    Status,
    Unit,
    table_block,
)
from kb.language.model import Language

LAW = "/akn/kg/act/law/2020-02-03/0-12"
LONG = "/akn/kg/act/code/2018-04-05/0-7"
CHARTER = "/akn/kg/act/charter/ulgu-council/2023-06-07/0-3"
TRAINING = "/akn/kg/doc/training/kenesh-ishi"
HOSTILE = "/akn/kg/doc/other/hostile"
REMOVED = "/akn/kg/act/law/2011-01-02/0-1"
SCANNED = "/akn/kg/act/resolution/ulgu-council/2022-03-04/0-8"
AMENDER = "/akn/kg/act/law/2024-09-30/0-99"

SCRIPT = "<script>alert(1)</script>"
HOSTILE_TITLE = f"{SCRIPT} \"кавычки\" & 'апострофы' {{{{ 7*7 }}}} %(x)s {'оченьдлинноеслово' * 12}"


def article(number: str, heading: str, *lines: str, parent: str | None = None, **more: object) -> Unit:
    """An article whose text is ``lines``."""
    eid = f"art_{number}"
    return Unit(eid, eid, Level.ARTICLE, number, heading, tuple(Block(line) for line in lines), parent=parent, **more)  # type: ignore[arg-type]


def inner(parent: str, level: Level, prefix: str, number: str, *lines: str) -> Unit:
    """A point, part or clause below ``parent``."""
    eid = f"{parent}__{prefix}_{number.replace('.', '-')}"
    return Unit(eid, eid, level, number, None, tuple(Block(line) for line in lines), parent=parent)


def chapter(number: str, heading: str, parent: str | None = None) -> Unit:
    """A chapter."""
    eid = f"{parent}__chp_{number}" if parent else f"chp_{number}"
    return Unit(eid, eid, Level.CHAPTER, number, heading, parent=parent)


def intake(document: Document, name: str = "file.docx", content: bytes | None = None) -> Intake:
    """The document as if a file had been read; the scanned one has a report."""
    data = content if content is not None else f"{document.edition.uri} {document.metadata.title}".encode()
    original = Original(
        name, f"/in/{document.edition.uri}/{name}", "application/octet-stream", data, hashlib.sha256(data).hexdigest()
    )
    report = SCAN_REPORT if document.act_id.uri == SCANNED else Report()
    return Intake(document, report, original)


def _law(language: Language, edition: dt.date, title: str, units: tuple[Unit, ...], **more: object) -> Document:
    number, date = "0-12", dt.date(2020, 2, 3)
    meta = Metadata(Kind.LAW, title, number, date, edition_date=edition, place="Үлгү", official=True, **more)  # type: ignore[arg-type]
    return Document(ActId(Kind.LAW, number, date), language, meta, units)


def law_ru(edition: dt.date = dt.date(2024, 9, 30)) -> Document:
    """A law in Russian: a repealed article, a table, a superscript, notes."""
    by = ActReference(Kind.LAW, dt.date(2024, 9, 30), "0-99")
    table = Unit(
        "art_3",
        "art_3",
        Level.ARTICLE,
        "3",
        "Площадь участков",
        (
            Block("Площадь не больше 600 м2 на семью.", spans=(Span(23, 24, SpanKind.SUPERSCRIPT),)),
            table_block((("Участок", "Площадь"), ("Первый", "600"), ("Второй", "450 < 500"))),
        ),
        parent="chp_2",
    )
    units = (
        chapter("1", "Общие положения"),
        article(
            "1",
            "Предмет закона",
            "Настоящий Закон регулирует народные слушания в Үлгү.",
            "Он открыт для всех.",
            parent="chp_1",
        ),
        article("2", "Порядок проведения слушаний", "Слушания проводятся:", parent="chp_1"),
        inner("art_2", Level.POINT, "point", "1", "о местном бюджете;"),
        inner("art_2", Level.POINT, "point", "2", "о границах участков."),
        chapter("2", "Участки"),
        table,
        article(
            "4",
            "Утратившая статья",
            parent="chp_2",
            status=Status.REPEALED,
            status_by=by,
            notes=(Note(NoteKind.REPEALED, "(Утратила силу Законом КР от 30 сентября 2024 года № 0-99)", (by,)),),
        ),
        inner("art_4", Level.POINT, "point", "1", "прежний пункт о сборах."),
    )
    titles: Mapping[Language, str] = {}
    return _law(
        Language.RU,
        edition,
        "О слушаниях в Үлгү",
        units,
        status=Status.IN_FORCE,
        topics=("openness",),
        amended_by=(by,),
        date_in_force=dt.date(2020, 3, 1),
        titles=titles,
    )


def law_ru_old() -> Document:
    """The same law as it stood at first."""
    units = (
        chapter("1", "Общие положения"),
        article("1", "Предмет закона", "Прежний текст о слушаниях.", parent="chp_1"),
    )
    return _law(
        Language.RU, dt.date(2020, 2, 3), "О слушаниях в Үлгү", units, status=Status.IN_FORCE, topics=("openness",)
    )


def law_ky() -> Document:
    """The same law in Kyrgyz."""
    units = (
        chapter("1", "Жалпы жоболор"),
        article(
            "1", "Мыйзамдын предмети", "Ушул Мыйзам Үлгү айылындагы коомдук угууларды жөнгө салат.", parent="chp_1"
        ),
        article("2", "Угууларды өткөрүү тартиби", "Угуулар өткөрүлөт:", parent="chp_1"),
        inner("art_2", Level.POINT, "point", "1", "жергиликтүү бюджет жөнүндө;"),
    )
    return _law(
        Language.KY,
        dt.date(2024, 9, 30),
        "Үлгү айылындагы угуулар жөнүндө",
        units,
        status=Status.IN_FORCE,
        topics=("openness",),
    )


def long_code() -> Document:
    """A code long enough to be shown by chapters: 12 chapters of 10 articles."""
    units: list[Unit] = []
    sentence = "Участники отношений действуют добросовестно и разумно, соблюдая права соседей и общие правила. "
    for part in range(1, 13):
        units.append(chapter(str(part), f"Глава о предмете номер {part}"))
        for at in range(1, 11):
            number = str((part - 1) * 10 + at)
            units.append(article(number, f"Правило {number}", sentence * 8, parent=f"chp_{part}"))
    meta = Metadata(
        Kind.CODE, "Земельный кодекс Үлгү", "0-7", dt.date(2018, 4, 5), edition_date=dt.date(2022, 1, 1), official=False
    )
    return Document(ActId(Kind.CODE, "0-7", dt.date(2018, 4, 5)), Language.RU, meta, tuple(units))


def charter() -> Document:
    """A charter with clauses, not official, in Kyrgyz."""
    section = Unit("sec_I", "sec_I", Level.SECTION, "I", "Жалпы жоболор")
    clause = Unit(
        "cl_1",
        "cl_1",
        Level.CLAUSE,
        "1",
        None,
        (Block("Жергиликтүү жамааттын уставы Үлгү айыл аймагында колдонулат."),),
        parent="sec_I",
    )
    sub = Unit(
        "cl_1__subcl_1-1",
        "cl_1__subcl_1-1",
        Level.SUBCLAUSE,
        "1.1",
        None,
        (Block("Жамаат уставды өзү кабыл алат."),),
        parent="cl_1",
    )
    att = Unit(
        "att_1",
        "att_1",
        Level.APPENDIX,
        "1",
        "Айылдардын тизмеси",
        (table_block((("Айыл", "Калкы"), ("Үлгү", "1200"))),),
    )
    meta = Metadata(
        Kind.CHARTER,
        "Үлгү айыл аймагынын жергиликтүү жамаатынын уставы",
        "0-3",
        dt.date(2023, 6, 7),
        body="Үлгү айылдык кеңеши",
        body_slug="ulgu-council",
        topics=("community-charter",),
    )
    return Document(
        ActId(Kind.CHARTER, "0-3", dt.date(2023, 6, 7), "ulgu-council"), Language.KY, meta, (section, clause, sub, att)
    )


def training() -> Document:
    """A training material."""
    units = (
        Unit(
            "sec_nn_1",
            "sec_nn_1",
            Level.SECTION,
            None,
            "Кеңештин иши",
            (Block("Депутаттар үчүн окуу материалы: угууларды кантип өткөрүү керек."),),
        ),
    )
    meta = Metadata(
        Kind.TRAINING,
        "Кеңештин иши: окуу материалы",
        topics=("council-work", "openness"),
        audience=("council",),
        hours=2.5,
    )
    return Document(ActId(Kind.TRAINING, slug="kenesh-ishi"), Language.KY, meta, units)


def hostile() -> Document:
    """A document that tries to get markup into the pages."""
    unit = article("1", f"{SCRIPT} баш аты", f"{SCRIPT} зыяндуу текст javascript:alert(1)")
    meta = Metadata(Kind.OTHER, HOSTILE_TITLE, body=f"<b>{SCRIPT}")
    return Document(ActId(Kind.OTHER, slug="hostile"), Language.KY, meta, (unit,))


def removed() -> Document:
    """A law that is removed, the law of hearings being in its place."""
    meta = Metadata(Kind.LAW, "О старом", "0-1", dt.date(2011, 1, 2), status=Status.REPEALED)
    return Document(
        ActId(Kind.LAW, "0-1", dt.date(2011, 1, 2)), Language.RU, meta, (article("1", "Старое", "Старый текст."),)
    )


def scanned() -> Document:
    """A council's resolution that was recognised from pictures and cites: itself, the law, what is not held."""
    number, date = "0-8", dt.date(2022, 3, 4)
    cites = (
        "Слушания идут по статье 2 Закона КР «О слушаниях в Үлгү» от 3 февраля 2020 года № 0-12 "
        "и пункту 2 настоящего Постановления, но не по статье 77 Закона КР от 3 февраля 2020 года № 0-12."
    )
    units = tuple(
        Unit(
            f"cl_{at}",
            f"cl_{at}",
            Level.CLAUSE,
            str(at),
            None,
            (Block(text, place=Place(at * 10, 1)),),
            place=Place(at * 10, 1),
        )
        for at, text in enumerate((cites, "Площадь участков не меняется.", "Контроль оставить за собой."), start=1)
    )
    meta = Metadata(
        Kind.RESOLUTION,
        "О порядке слушаний",
        number,
        date,
        body="Үлгү айылдык кеңеши",
        body_slug="ulgu-council",
        recognised=0.876,
    )
    return Document(ActId(Kind.RESOLUTION, number, date, "ulgu-council"), Language.RU, meta, units)


#: What intake says of the scanned resolution.
SCAN_REPORT = Report(
    warnings=(
        Doubt("recognised", {"pages": 1, "percent": 87}),
        Doubt("number_unsure", {"text": SCRIPT}, "page 1, line 25"),
    ),
    gaps=(Gap(Level.CLAUSE, "1", "2", "out_of_order"),),
    coverage=Coverage(1000, 950, (LeftOut("page 1, line 2", f"Печать {SCRIPT}", "before_first_unit"),)),
    languages={"ru": 4, "ky": 1},
    seconds={"reading": 1.25, "structure": 0.5},
)


def all_documents() -> list[Document]:
    """Every document of the tests, in the order in which they are stored."""
    return [law_ru_old(), law_ru(), law_ky(), long_code(), charter(), training(), hostile(), removed()]
