from __future__ import annotations

import pytest

from kb.language.detect import detect, languages, majority, passage_language
from kb.language.model import Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Айыл өкмөтүнүн башчысы токтом кабыл алат", Language.KY),
        ("айыл окмотунун башчысы токтом кабыл алат", Language.KY),
        ("Жергиликтуу кенештин депутаттары жонундо", Language.KY),
        ("ЖАЛПЫ ЖОБОЛОР", Language.KY),
        ("кеӊеш", Language.KY),
        ("Общие положения", Language.RU),
        ("Глава айыл окмоту несет ответственность за исполнение", Language.RU),
        ("Статья 12. Порядок проведения собраний", Language.RU),
        ("Гражданин имеет право на обращение", Language.RU),
        ("Development Policy Institute", Language.EN),
        ("1.2.3", None),
        ("", None),
        ("IV", None),
    ],
)
def test_language_of_a_paragraph(text: str, language: Language | None) -> None:
    assert detect(text) is language


def test_the_document_decides_what_a_paragraph_does_not_tell() -> None:
    assert detect("Глава 1", Language.KY) is Language.KY
    assert detect("Глава 1", Language.RU) is Language.RU
    assert detect("12", Language.RU) is Language.RU
    assert detect("Жер мамлекеттин менчигинде", Language.RU) is Language.KY


def test_majority_counts_characters() -> None:
    russian = "Местное самоуправление осуществляется в пределах закона."
    kyrgyz = "Жергиликтүү кеңеш."
    assert majority([russian, kyrgyz, kyrgyz]) is Language.RU
    assert majority([kyrgyz]) is Language.KY
    assert majority([]) is Language.KY


def test_languages_of_a_document_count_its_paragraphs() -> None:
    paragraphs = ["Жергиликтүү кеңеш жана айыл өкмөтү.", "Бюджет", "12", "Общие положения", "Development Policy"]
    found = languages(paragraphs)
    assert found.main is Language.KY
    assert found.paragraphs == {Language.KY: 3, Language.EN: 1, Language.RU: 1}
    assert languages(paragraphs, Language.RU).paragraphs == {Language.RU: 3, Language.EN: 1, Language.KY: 1}
    assert languages([]).paragraphs == {}


@pytest.mark.parametrize(
    ("text", "usual", "found"),
    [
        (
            "Местный бюджет утверждается кенешем на сессии в порядке, установленном законом. " * 2,
            Language.KY,
            Language.RU,
        ),
        ("Жергиликтүү бюджетти кеңеш сессияда мыйзамда белгиленген тартипте бекитет. " * 2, Language.RU, Language.KY),
        ("Жергиликтуу бюджетти кенеш сессияда мыйзамда белгиленген тартипте бекитет. " * 2, Language.KY, Language.KY),
        (
            "Глава айыл өкмөтү открывает кенеш и предлагает повестку дня всем депутатам кенеша. " * 2,
            Language.RU,
            Language.RU,
        ),
        ("Местный бюджет", Language.KY, Language.KY),
        ("Swiss Confederation, Confederazione Svizzera, Embassy of Switzerland, " * 4, Language.KY, Language.KY),
    ],
)
def test_language_of_a_passage(text: str, usual: Language, found: Language) -> None:
    assert passage_language([text], usual) is found
