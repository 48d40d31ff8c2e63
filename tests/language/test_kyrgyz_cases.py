from __future__ import annotations

from pathlib import Path

import pytest

from kb.language.kyrgyz import decline, doubtful
from kb.language.kyrgyz.numerals import last_word, spoken_date

CASES = ("gen", "dat", "acc", "loc", "abl", "attr")


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("Ош", "Оштун Ошко Ошту Ошто Оштон Оштогу"),
        ("Чүй", "Чүйдүн Чүйгө Чүйдү Чүйдө Чүйдөн Чүйдөгү"),
        ("Жалал-Абад", "Жалал-Абаддын Жалал-Абадга Жалал-Абадды Жалал-Абадда Жалал-Абаддан Жалал-Абаддагы"),
        ("Үлгү", "Үлгүнүн Үлгүгө Үлгүнү Үлгүдө Үлгүдөн Үлгүдөгү"),
        ("Токтогул", "Токтогулдун Токтогулга Токтогулду Токтогулда Токтогулдан Токтогулдагы"),
        ("мыйзам", "мыйзамдын мыйзамга мыйзамды мыйзамда мыйзамдан мыйзамдагы"),
        ("Сары-Өзөн", "Сары-Өзөндүн Сары-Өзөнгө Сары-Өзөндү Сары-Өзөндө Сары-Өзөндөн Сары-Өзөндөгү"),
        ("июль", "июлдун июлга июлду июлда июлдан июлдагы"),
        ("100", "100дүн 100гө 100дү 100дө 100дөн 100дөгү"),
        ("9", "9дун 9га 9ду 9да 9дан 9дагы"),
        ("5-7", "5-7нин 5-7ге 5-7ни 5-7де 5-7ден 5-7деги"),
        ("23.00", "23.00дүн 23.00гө 23.00дү 23.00дө 23.00дөн 23.00дөгү"),
        ("07:30", "07:30дун 07:30га 07:30ду 07:30да 07:30дан 07:30дагы"),
        ("АКШ", "АКШнын АКШга АКШны АКШда АКШдан АКШдагы"),
        ("ЖӨБ", "ЖӨБдүн ЖӨБгө ЖӨБдү ЖӨБдө ЖӨБдөн ЖӨБдөгү"),
        ("ФМ", "ФМдин ФМге ФМди ФМде ФМден ФМдеги"),
        ("«Достук»", "«Достук»тун «Достук»ка «Достук»ту «Достук»та «Достук»тан «Достук»тагы"),
    ],
)
def test_forms_of_a_word(phrase: str, forms: str) -> None:
    assert [decline(phrase, case) for case in CASES] == forms.split()


@pytest.mark.parametrize(
    ("phrase", "case", "form"),
    [
        ("Үлгү айылы", "gen", "Үлгү айылынын"),
        ("Үлгү айыл аймагы", "dat", "Үлгү айыл аймагына"),
        ("Үлгү шаары", "acc", "Үлгү шаарын"),
        ("ҮЛГҮ ШААРЫ", "loc", "ҮЛГҮ ШААРЫНДА"),
        ("Үлгү району", "abl", "Үлгү районунан"),
        ("айыл өкмөтүнүн башчысы", "dat", "айыл өкмөтүнүн башчысына"),
        ("айылдык кеңештин депутаттары", "gen", "айылдык кеңештин депутаттарынын"),
        ("Кыргыз Республикасы", "attr", "Кыргыз Республикасындагы"),
        ("50 пайызы", "abl", "50 пайызынан"),
        ("жарымы", "abl", "жарымынан"),
        ("70 адам", "abl", "70 адамдан"),
        ("Асан кызы", "dat", "Асан кызына"),
        ("Асанов А. Б.", "dat", "Асановго А. Б."),
        ("2022-12-12", "attr", "2022-жылдын 12-декабрындагы"),
        ("01.06.2024", "abl", "2024-жылдын 1-июнунан"),
        ("2022-жылдын 12-декабры", "attr", "2022-жылдын 12-декабрындагы"),
        ("1 000 000", "dat", "1 000 000го"),
        ("Үлгү", "nom", "Үлгү"),
        ("", "gen", ""),
        ("…", "gen", "…"),
    ],
)
def test_form_of_a_phrase(phrase: str, case: str, form: str) -> None:
    assert decline(phrase, case) == form


def test_an_unknown_case_is_refused() -> None:
    with pytest.raises(ValueError, match="datv"):
        decline("Үлгү", "datv")


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("0", "нөл"),
        ("10", "он"),
        ("11", "бир"),
        ("20", "жыйырма"),
        ("300", "жүз"),
        ("6000", "миң"),
        ("60 000", "миң"),
        ("2000000", "миллион"),
        ("5000000000", "миллиард"),
        ("23.05", "беш"),
        ("17.5", "беш"),
        ("абз", None),
    ],
)
def test_last_spoken_word(number: str, word: str | None) -> None:
    assert last_word(number) == word


def test_only_real_dates_are_spoken() -> None:
    assert spoken_date("31.02.2024") is None
    assert spoken_date("2024-05-01") == "2024-жылдын 1-майы"


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("Үлгү", False),
        ("Үлгү айылы", False),
        ("айылдык кеңеш", False),
        ("6000", False),
        ("2022-12-12", False),
        ("Пржевальск", True),
        ("Казань", True),
        ("Беловодское", True),
        ("Ат-Башы", True),
        ("Асанов А.Б.", True),
        ("А. Асанов", True),
        ("АКШ", True),
        ("«Достук»", True),
        ("Bishkek", True),
        ("IX", True),
        ("", True),
    ],
)
def test_doubtful_phrases(phrase: str, *, doubt: bool) -> None:
    assert doubtful(phrase) is doubt


@pytest.mark.shared
def test_the_shared_table(shared_corpus: Path) -> None:
    table = shared_corpus.parent / "kyrgyz-cases.tsv"
    if not table.is_file():
        pytest.skip(f"no table at {table}")
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    wrong = [
        (phrase, case, form)
        for phrase, *forms in rows
        for case, form in zip(CASES[:5], forms, strict=True)
        if decline(phrase, case) != form
    ]
    assert len(rows) > 20
    assert wrong == []
