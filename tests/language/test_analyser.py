from __future__ import annotations

import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.language.analyser import load
from kb.language.kyrgyz import fit
from kb.language.model import Analyser, Language

ANALYSER = load()


def keys(text: str, language: Language) -> list[str]:
    return [token.key for token in ANALYSER.analyze(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("АКШнын ЖӨБдүн жөб КР-нин", ["акш", "жөб", "жөб", "кр"]),
        ("2021-жылдын 20-октябрындагы № 123", ["2021", "жыл", "20", "октябр", "123"]),
        ("12.12.2022 2022-12-12 12/12/2022", ["2022-12-12"] * 3),
        ("45.45.2022", ["45.45.2022"]),
        ("6000ге 23.00дөн 10 000 5-го", ["6000", "23.00", "10000", "5"]),
        ("Ысык-Көлдүн үй-бүлөлөргө", ["ысык-көл", "үй-бүлө"]),
        ("cтатьянын кеӊе\u00adштин", ["статйа", "кеңеш"]),
        ("З09-3 21¹ IV KP", ["309-3", "21-1", "iv", "кр"]),
        ("комиссии комиссиясынын", ["комиссийа", "комиссийа"]),
        ("закона мыйзамдын", ["закон", "мыйзам"]),
    ],
)
def test_keys_in_kyrgyz(text: str, expected: list[str]) -> None:
    assert keys(text, Language.KY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Статьями 15 и 16 Закона", ["статья", "15", "и", "16", "закон"]),
        ("айыл өкмөтүнүн кенешей", ["айыл", "өкмөт", "кенеш"]),
        ("МСУ утверждён", ["мсу", "утвердить"]),
        ("социально-экономического развития", ["социально", "экономический", "развитие"]),
    ],
)
def test_keys_in_russian(text: str, expected: list[str]) -> None:
    assert keys(text, Language.RU) == expected


def test_a_name_and_its_cases_share_a_key() -> None:
    text = "Баш-Кайыңды Баш-Кайыңдынын Баш-Кайыңдыга Баш-Кайыңдыда"
    fitted = load(fit(text.lower().split()))
    assert {token.key for token in fitted.analyze(text, Language.KY)} == {"баш-кайыңды"}


def test_offsets_point_into_the_text() -> None:
    text = "  «Ке\u00adӊештин»\n\tcтатья № 12"
    tokens = ANALYSER.analyze(text, Language.KY)
    assert [text[token.start : token.end] for token in tokens] == ["Ке\u00adӊештин", "cтатья", "12"]
    assert [token.surface for token in tokens] == ["кеңештин", "статья", "12"]


def test_english_is_kept() -> None:
    assert keys("Legal Acts", Language.EN) == ["legal", "acts"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="аКөн 1.-№\n\u00ad'IZ", max_size=40), st.sampled_from(list(Language)))
def test_many_are_like_one(text: str, language: Language) -> None:
    many = ANALYSER.analyze_many([text, "кеңеш", text], language)
    assert many == [
        ANALYSER.analyze(text, language),
        ANALYSER.analyze("кеңеш", language),
        ANALYSER.analyze(text, language),
    ]


def test_version_follows_the_fitted_table() -> None:
    some, other = fit(["кеңештин", "кеңеш"]), fit(["мыйзам"])
    analysers: list[Analyser] = [load(), load(some), load(other)]
    assert len({analyser.version for analyser in analysers}) == 3
    assert load(some).version == analysers[1].version


def test_importing_the_analyser_loads_neither_spacy_nor_dictionaries() -> None:
    code = "import sys, kb.language.analyser; assert not {'spacy', 'pymorphy3'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_threads_may_share_an_analyser() -> None:
    analyser = load()
    text = "Айылдык кеңештин 2021-жылдын 20-октябрындагы токтому"
    expected = analyser.analyze(text, Language.KY)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: analyser.analyze(text, Language.KY), range(400)))
    assert all(answer == expected for answer in answers)


def some_words(count: int) -> list[str]:
    """Made-up Kyrgyz words in the accusative, each once."""
    syllables = ["ба", "ка", "та", "ма", "са", "ра", "ла", "жа", "ча", "да"]
    return [f"{a}{b}{c}рды" for a in syllables for b in syllables for c in [*syllables, "на", "па"]][:count]


def test_few_words_are_no_table() -> None:
    assert ANALYSER.fit([(Language.KY, ["Бюджетти бекитүү", "бюджеттин кирешеси"])]) == b""
    assert ANALYSER.frozen(b"") is ANALYSER
    assert not ANALYSER.outgrown(1_000)
    assert ANALYSER.outgrown(1_001)


def test_a_table_is_frozen_and_grows_old() -> None:
    words = some_words(1_200)
    stems = ANALYSER.fit([(Language.KY, [" ".join(words)]), (Language.RU, ["закон о бюджете"] * 5)])
    frozen = ANALYSER.frozen(stems)
    assert frozen is ANALYSER.frozen(bytes(bytearray(stems)))
    assert frozen.version != ANALYSER.version
    assert load().frozen(stems).version == frozen.version
    assert frozen.analyze("бакабарды", Language.KY)[0].key == fit(words)("бакабарды")
    assert not frozen.outgrown(2_400)
    assert frozen.outgrown(2_401)


@pytest.mark.parametrize("damaged", [b"x", b"x\x9c\x03\x00\x00\x00\x00\x01", b"null", b"{}"])
def test_a_damaged_table_is_told(damaged: bytes) -> None:
    for stems in (damaged, zlib.compress(damaged)):
        with pytest.raises(ValueError, match="table of stems"):
            ANALYSER.frozen(stems)
