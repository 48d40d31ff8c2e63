from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import ActReference, Kind, Level, NoteKind
from kb.ingest.notes import scope, trailing_note, whole_note

AMENDED, REPEALED, EDITORIAL = NoteKind.AMENDED, NoteKind.REPEALED, NoteKind.EDITORIAL
LAW = "Законом КР от 1 мая 2005 года № 3"
KY_LAW = "КР 2009-жылдын 8-июлундагы N 8"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("(В редакции Закона КР от 1 мая 2005 года № 3)", AMENDED),
        ("(в редакции Законов КР от 1 мая 2005 года № 3, 2 июня\n2006 года № 4)", AMENDED),
        ("(в ред. Закона КР от 1 мая 2005 года № 3)", AMENDED),
        ("(редакция Закона КР от 1 мая 2005 года № 3)", AMENDED),
        ("В редакции Закона КР от 1 мая 2005 года № 3", AMENDED),
        (f"(статья дополнена {LAW})", AMENDED),
        (f"(внесены изменения {LAW})", AMENDED),
        ("(с изменениями, внесенными Указом Президента КР от 5 мая 2005 года N 3)", AMENDED),
        ("(В редакции Закона КР от 1 мая 2005 года № 3", AMENDED),
        (f"({KY_LAW} Мыйзамынын редакциясына ылайык)", AMENDED),
        (f"({KY_LAW}, 2010-жылдын 9-августундагы N 9 мыйзамдарынын редакциясына ылайык)", AMENDED),
        (f"({KY_LAW} мыйзамынын редакциясына ылайык)".replace("ө", "о"), AMENDED),
        (f"({KY_LAW} Мыйзамына ылайык толукталды)", AMENDED),
        (f"({KY_LAW} Мыйзамы менен өзгөртүү киргизилди)", AMENDED),
        (f"{KY_LAW} Мыйзамынын редакциясына ылайык.", AMENDED),
        ("(Утратил силу в соответствии с Законом КР от 1 мая 2005 года № 3)", REPEALED),
        ("Утратила силу в соответствии с Законом КР от 1 мая 2005 года № 3", REPEALED),
        (f"Утратило силу {LAW}.", REPEALED),
        ("Статья 12. Утратила силу.", REPEALED),
        ("Исключена.", REPEALED),
        ("- исключен", REPEALED),
        ("исключен;", REPEALED),
        ("3) отменен;", REPEALED),
        (f"Пункт 4 утратил силу {LAW}", REPEALED),
        (f"({KY_LAW} Мыйзамына ылайык күчүн жоготту)", REPEALED),
        (f"{KY_LAW} Мыйзамына ылайык күчүн жоготту.", REPEALED),
        (f"{KY_LAW} Мыйзамына ылайык\nКҮЧҮН ЖОГОТОТ", REPEALED),
        ("Күчүн жоготту.", REPEALED),
        ("кучун жоготкон", REPEALED),
        ("(күчүн жоготту)", REPEALED),
        (f"Күчүн жоготту - {KY_LAW} Мыйзамы", REPEALED),
        ("Алынып салынды.", REPEALED),
        (f"(4-пункт {KY_LAW} Мыйзамына ылайык чыгарылып салынды)", REPEALED),
        ("(Введен в действие Законом КР от 8 мая 2006 года № 6)", EDITORIAL),
        ("(Вступает в силу с 1 января 2007 года)", EDITORIAL),
        ("См. также Учебный кодекс КР. ЧАСТЬ II", EDITORIAL),
        ('См.: Закон КР от 1 мая 2005 года № 3 "О птицах"', EDITORIAL),
        ("См. также:\nпостановление Правительства КР от 1 мая 2005 года № 3", EDITORIAL),
        ("О делах о птицах см. постановление Пленума Верховного суда КР от 4 мая 2004 года № 5", EDITORIAL),
        ("(Вводится в действие Законом Кыргызской Республики от 8 мая 2006 года N 6)", EDITORIAL),
        ("(Толкование статьи см. Закон КР от 3 декабря 2008 года № 9)", EDITORIAL),
        ("Изменения, внесенные Законом КР от 6 декабря 2006 года № 7, вступают в силу по истечении года", EDITORIAL),
        (f"Көңүл буруңуздар!\n{KY_LAW} Мыйзамы менен киргизилген өзгөртүүлөр кийин күчүнө кирет", EDITORIAL),
        ("(Кара: КР Үлгү кодекси)", EDITORIAL),
        ("Редакциянын эскертүүсү: текст расмий эмес", EDITORIAL),
    ],
)
def test_notes(text: str, kind: NoteKind) -> None:
    note = whole_note(text)
    assert note is not None
    assert (note.kind, note.text) == (kind, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Признать утратившими силу Закон КР от 1 мая 2005 года № 3",
        "(Признать утратившим силу Указ Президента КР от 1 мая 2005 года № 3)",
        "2020-жылдын 8-майындагы № 4 буйругу күчүн жоготту деп табылсын.",
        "КР 2009-жылдын 8-июлундагы N 8 токтому күчүн жоготкон деп эсептелсин.",
        "исключен из списка участников;",
        "исключена возможность выпуска",
        "Исключение составляют птицы.",
        "утративший их в результате действий",
        "Лицензия мыйзамга ылайык күчүн жоготот.",
        "күчүн жоготкон лицензия кайтарылат",
        "(далее - реестр)",
        "(представительств)",
        "(мындан ары - Кеңеш)",
        "(Топтун түзүмү сунуштарга ылайык толукталышы же өзгөртүлүшү мүмкүн).",
        "(лицо, исключенное из реестра в соответствии с Законом КР от 1 мая 2005 года № 3)",
        "Настоящий Закон вступает в силу со дня официального опубликования.",
        "Ушул Мыйзам расмий жарыяланган күндөн тартып күчүнө кирет.",
        "В редакции журнала работают птицы.",
        "(Ведомости Жогорку Кенеша, 2005 год, № 3, статья 12)",
        "Внести в Закон КР от 1 мая 2005 года № 3 следующие изменения:",
        "Примечание. Птицей в настоящей статье признается всякое крылатое.",
        "(В редакции) и (в ред.) отличаются",
        "О птицах, которые смотрят на закон",
        "См. рисунок 3.",
    ],
)
def test_law_is_no_note(text: str) -> None:
    assert whole_note(text) is None


def test_a_note_names_its_acts_in_order() -> None:
    note = whole_note("(В редакции Законов КР от 2 июня 2006 года № 4, 1 мая 2005 года № 3)")
    assert note is not None
    assert note.acts == (
        ActReference(Kind.LAW, dt.date(2006, 6, 2), "4"),
        ActReference(Kind.LAW, dt.date(2005, 5, 1), "3"),
    )


@pytest.mark.parametrize(
    ("text", "level", "numbers", "piece"),
    [
        ("(В редакции Закона КР от 1 мая 2005 года № 3)", None, (), False),
        (f"(Статья утратила силу {LAW})", Level.ARTICLE, (), False),
        (f"(Абзац 2 утратил силу {LAW})", Level.ALINEA, ("2",), False),
        (f"(Абзацы 2, 3 утратили силу {LAW})", Level.ALINEA, ("2", "3"), False),
        (f"(первый абзац утратил силу {LAW})", Level.ALINEA, ("1",), False),
        ("(часть 3 в редакции Закона КР от 1 мая 2005 года № 3)", Level.PARAGRAPH, ("3",), False),
        (f"Пункт 4-1 утратил силу {LAW}", Level.POINT, ("4-1",), False),
        (f"(подпункт а) исключен {LAW})", Level.SUBPOINT, ("а",), False),
        (f"(второе предложение части 2 исключено {LAW})", Level.PARAGRAPH, ("2",), True),
        ("(Название статьи в редакции Закона КР от 1 мая 2005 года № 3)", Level.ARTICLE, (), True),
        (f"(статья дополнена частью 3 {LAW})", Level.ARTICLE, (), False),
        (f"(4-пункт {KY_LAW} Мыйзамына ылайык күчүн жоготту)", Level.POINT, ("4",), False),
        (f"(2-бөлүк {KY_LAW} Мыйзамынын редакциясына ылайык)", Level.PARAGRAPH, ("2",), False),
        (f"({KY_LAW} Мыйзамынын редакциясына ылайык 3-бөлүк)", Level.PARAGRAPH, ("3",), False),
        (f"({KY_LAW} Мыйзамынын редакциясына ылайык)", None, (), False),
    ],
)
def test_scope(text: str, level: Level | None, numbers: tuple[str, ...], *, piece: bool) -> None:
    note = whole_note(text)
    assert note is not None
    found = scope(note)
    assert (found.level, found.numbers, found.piece) == (level, numbers, piece)


@pytest.mark.parametrize(
    ("text", "level", "number", "covers"),
    [
        (f"(Утратила силу {LAW})", Level.ARTICLE, "12", True),
        (f"(Статья утратила силу {LAW})", Level.ARTICLE, "12", True),
        (f"(Пункт 4 утратил силу {LAW})", Level.ARTICLE, "4", False),
        (f"(Пункт 4 утратил силу {LAW})", Level.POINT, "4", True),
        (f"(Пункт 4 утратил силу {LAW})", Level.CLAUSE, "4", True),
        (f"(Пункт 4 утратил силу {LAW})", Level.POINT, "5", False),
        (f"(Абзац 2 утратил силу {LAW})", Level.PARAGRAPH, "2", False),
        (f"(второе предложение исключено {LAW})", Level.PARAGRAPH, "2", False),
    ],
)
def test_what_a_note_covers(text: str, level: Level, number: str, *, covers: bool) -> None:
    note = whole_note(text)
    assert note is not None
    assert scope(note).covers(level, number) is covers


def test_a_note_at_the_end_is_cut_off() -> None:
    text = "Птица (пернатая) летает. (В редакции Закона КР от 1 мая 2005 года № 3 (часть))."
    found = trailing_note(text)
    assert found is not None
    assert text[found[0] :] == found[1].text == "(В редакции Закона КР от 1 мая 2005 года № 3 (часть))."


@pytest.mark.parametrize(
    "text",
    [
        "Птица (пернатая).",
        "Птица летает.",
        "(В редакции Закона КР от 1 мая 2005 года № 3)",
        "2) Закон КР «О птицах» от 5 мая 2001 года № 3 (в редакции Закона КР от 1 мая 2005 года № 3);",
        ") (",
        "",
    ],
)
def test_no_note_at_the_end(text: str) -> None:
    assert trailing_note(text) is None


@given(st.text(alphabet="()[].;- утратилсилувредакцКРзкон0123№N", max_size=200))
def test_any_text_is_read(text: str) -> None:
    found = trailing_note(text)
    assert found is None or text[found[0] :].strip() == found[1].text
    note = whole_note(text)
    assert note is None or scope(note) is not None


@pytest.mark.shared
def test_notes_of_the_official_code(shared_corpus: Path) -> None:
    from kb.ingest.limits import ReadLimits
    from kb.ingest.readers import read_bytes

    file = shared_corpus / "civil-code-part-1.ru.pdf"
    _, reading = read_bytes(file.read_bytes(), file.name, ReadLimits())
    notes = [note for block in reading.blocks if (note := whole_note(block.block.text)) is not None]
    assert sum(note.kind is AMENDED for note in notes) > 140
    assert sum(note.kind is REPEALED for note in notes) > 25
    assert all(note.acts for note in notes if note.kind is not EDITORIAL)
