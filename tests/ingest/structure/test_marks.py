"""Numbers and keywords at a paragraph's start."""

from __future__ import annotations

import pytest

from kb.documents import Block, Span, SpanKind
from kb.ingest.structure import numbers
from kb.ingest.structure.marks import find_label, find_mark


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest"),
    [
        ("Статья 82. Понятие", "article", "82", "Понятие"),
        ("СТАТЬЯ 82-1. Понятие", "article", "82-1", "Понятие"),
        ("Статья 21¹. Имя", "article", "21-1", "Имя"),
        ("Статья 738 -58. Имя", "article", "738-58", "Имя"),
        ("Статья 738–58. Имя", "article", "738-58", "Имя"),
        ("Статья З09-3. Имя", "article", "309-3", "Имя"),
        ("Статья 1О. Имя", "article", "10", "Имя"),
        ("статЪя 5. Имя", "article", "5", "Имя"),
        ("Cтaтья 5. Имя", "article", "5", "Имя"),
        ("С т а т ь я  5. Имя", "article", "5", "Имя"),
        ("Статья 5", "article", "5", ""),
        ("Статья 5\n. Имя", "article", "5", "Имя"),
        ("Статья 5 (Исключена Законом)", "article", "5", "(Исключена Законом)"),
        ("1-берене. Максаты", "article", "1", "Максаты"),
        ("21-1-берене. Имя", "article", "21-1", "Имя"),
        ("11-статья. Кеңештин", "article", "11", "Кеңештин"),
        ("Статьи 12–15. (Исключены)", "article", "12", "(Исключены)"),
        ("3-Глава Кеңештин ыйгарымдары", "chapter", "3", "Кеңештин ыйгарымдары"),
        ("I-бап. Жалпы", "chapter", "I", "Жалпы"),
        ("Глава первая", "chapter", "1", ""),
        ("Глава четырнадцатая-1", "chapter", "14-1", ""),
        ("ГЛАВА ДВАДЦАТЬ ПЕРВАЯ. ИМЯ", "chapter", "21", "ИМЯ"),
        ("Глава 10-1 Право", "chapter", "10-1", "Право"),
        ("1-бөлүм. Жалпы", "section", "1", "Жалпы"),
        ("I БӨЛҮМ. ЖАЛПЫ", "section", "I", "ЖАЛПЫ"),
        ("1-болум. Жалпы", "section", "1", "Жалпы"),
        ("Биринчи бөлүм", "section", "1", ""),
        ("РАЗДЕЛ ІІ. Имя", "section", "II", "Имя"),
        ("Раздел 1V. Имя", "section", "IV", "Имя"),
        ("Подраздел 1. Имя", "subsection", "1", "Имя"),
        ("§ 1. Имя", "subchapter", "1", "Имя"),
        ("1-§. Имя", "subchapter", "1", "Имя"),
        ("Параграф 2", "subchapter", "2", ""),
        ("1-параграф. Имя", "subchapter", "1", "Имя"),
        ("ЧАСТЬ II", "part", "II", ""),
        ("ОБЩАЯ ЧАСТЬ", "part", None, "ОБЩАЯ ЧАСТЬ"),
        ("ЖАЛПЫ БӨЛҮК", "part", None, "ЖАЛПЫ БӨЛҮК"),
        ("I. Жалпы жоболор", "roman", "I", "Жалпы жоболор"),
        ("ХII. Имя", "roman", "XII", "Имя"),
        ("IV ЖАЛПЫ ЖОБОЛОР", "roman", "IV", "ЖАЛПЫ ЖОБОЛОР"),
        ("1. Текст", "decimal", "1", "Текст"),
        ("10.1.Текст", "decimal", "10.1", "Текст"),
        ("27.5.1. өзү", "decimal", "27.5.1", "өзү"),
        ("17.5 Жыйын", "decimal", "17.5", "Жыйын"),
        ("1.1.____", "decimal", "1.1", "____"),
        ("4-1. При", "decimal", "4-1", "При"),
        ("4¹. При", "decimal", "4-1", "При"),
        ("1) текст", "point", "1", "текст"),
        ("2-1) текст", "point", "2-1", "текст"),
        ("2¹) текст", "point", "2-1", "текст"),
        ("а) текст", "letter", "а", "текст"),
        ("Б) текст", "letter", "б", "текст"),
    ],
)
def test_marks(text: str, kind: str, number: str | None, rest: str) -> None:
    mark = find_mark(text)
    assert mark is not None
    assert (mark.kind, mark.number, text[mark.end :]) == (kind, number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Статья 21 настоящего Кодекса не применяется",
        "Статья 21 Закона о регистрации",
        "Статья 15 УК",
        "Статья О порядке",
        "Статья 5, 6 и 7",
        "40-беренесинин 1-бөлүгүнө",
        "34-1-главада каралбаган",
        "1-бөлүк",
        "Часть первая статьи 5",
        "Глава 5 настоящего Кодекса",
        "17.5 млн сом",
        "5.2-пункт",
        "15.1.-15.2. пункт",
        "01.02.2022 жыл",
        "12. 03. 2022",
        "23.00дөн",
        "2009. Год",
        "100 м² площади",
        "42 000ден ашуун",
        "С. Үлгүлүев",
        "В. Сынаков",
        "11 ноября",
        "I фаза: 2011",
        "- 5) тире",
        "жана 1) башка",
    ],
)
def test_no_marks(text: str) -> None:
    assert find_mark(text) is None


@pytest.mark.parametrize(
    ("label", "kind", "number"),
    [
        ("1.", "decimal", "1"),
        ("1", "decimal", "1"),
        ("1.1.", "decimal", "1.1"),
        ("3)", "point", "3"),
        ("а)", "letter", "а"),
        ("IV.", "roman", "IV"),
        ("Глава 3.", "chapter", "3"),
        ("5-берене.", "article", "5"),
    ],
)
def test_labels(label: str, kind: str, number: str) -> None:
    mark = find_label(label)
    assert mark is not None
    assert (mark.kind, mark.number, mark.end) == (kind, number, 0)


@pytest.mark.parametrize("label", ["-", "•", "o", "", "—"])
def test_bullets_are_no_numbers(label: str) -> None:
    assert find_label(label) is None


@pytest.mark.parametrize(
    ("printed", "normalised"),
    [
        ("21¹", "21-1"),
        ("738 -58", "738-58"),
        ("738–58", "738-58"),
        ("З09-3", "309-3"),
        ("1О", "10"),
        ("21¹-²", "21-1-2"),
    ],
)
def test_arabic(printed: str, normalised: str) -> None:
    assert numbers.arabic(printed) == normalised


@pytest.mark.parametrize(
    ("printed", "value"),
    [("IV", ("IV", 4)), ("ІХ", ("IX", 9)), ("П", ("II", 2)), ("IIII", None), ("IC", None), ("", None)],
)
def test_roman(printed: str, value: tuple[str, int] | None) -> None:
    assert numbers.roman(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"), [("первая", 1), ("Двадцать вторая", 22), ("четвёртый", 4), ("Биринчи", 1), ("статья", None)]
)
def test_words(printed: str, value: int | None) -> None:
    assert numbers.word(printed) == value


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        (None, "1", True),
        (None, "1-1", True),
        (None, "2", False),
        ("21", "22", True),
        ("21", "21-1", True),
        ("21-1", "21-2", True),
        ("21-2", "22", True),
        ("21", "21-2", False),
        ("21", "23", False),
        ("21", "21", False),
        ("21-1", "21-1-1", True),
        ("д", "е", True),
        ("е", "ё", True),
        ("е", "ж", True),
        ("и", "й", True),
        ("й", "к", True),
        ("и", "л", False),
    ],
)
def test_order(before: str | None, after: str, follows: bool) -> None:
    first = numbers.value_of(before) if before else None
    second = numbers.value_of(after)
    assert second is not None
    assert numbers.is_next(first, second) is follows


def test_superscript_digits_are_raised_and_offsets_kept() -> None:
    block = Block("Статья 211. Имя м2", spans=(Span(9, 10, SpanKind.SUPERSCRIPT), Span(17, 18, SpanKind.SUPERSCRIPT)))
    assert numbers.raised(block) == "Статья 21¹. Имя м²"
