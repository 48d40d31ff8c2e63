from __future__ import annotations

import json
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kb.language.kyrgyz import Fitted, fit, restore, stem
from kb.language.kyrgyz.parse import readings, spell
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("key", "forms"),
    [
        ("мыйзам", "мыйзам мыйзамды мыйзамдын мыйзамга мыйзамдар мыйзамдарынын мыйзамдардагы мыйзамына мыйзамдык"),
        ("берене", "берене беренеси беренесинин беренелер беренелерине беренесинде беренесиндеги"),
        ("кеңеш", "кеңеш кеңеши кеңешинин кеңештер кеңештердин кеңешке кеңешине"),
        ("кенеш", "кенеш кенештин кенешинин кенештер"),
        ("өкмөт", "өкмөт өкмөтү өкмөтүнүн өкмөтүнө өкмөттүн"),
        ("окмот", "окмот окмоту окмотунун окмотко"),
        ("муктаж", "муктаждык муктаждыгы муктаждыгын муктаждыктар"),
        ("башта", "башталды баштоо баштоого баштап баштаган баштайт"),
        ("колдо", "колдонуу колдонулат колдонууга колдонулган"),
        ("комиссийа", "комиссия комиссиясы комиссиясынын комиссиялар комиссияга"),
        ("отчет", "отчет отчету отчеттор отчетторун отчетко"),
        ("режиссер", "режиссер режиссеру режиссерлор режиссердун"),
        ("ийул", "июль июлдун июлундагы"),
        ("орун", "орду ордуна ордунда"),
        ("бала", "балдар балдардын бала баласы"),
        ("ал", "аны анын андан"),
        ("кмш", "кмшнын кмшда"),
        ("де", "деп деген деди"),
    ],
)
def test_forms_share_a_stem(key: str, forms: str) -> None:
    assert {form: stem(form) for form in forms.split()} == dict.fromkeys(forms.split(), key)


@pytest.mark.parametrize("word", ["бар", "жер", "суу", "кызматчы", "түн", "акча", "жөб", "жмба"])
def test_short_words_keep_their_end(word: str) -> None:
    assert stem(word) == spell(word)


def test_spelling_of_stems() -> None:
    assert [spell(word) for word in ("комиссия", "июль", "объект", "аялдар")] == [
        "комиссийа",
        "ийул",
        "обект",
        "айалдар",
    ]


_TEXT = (
    "аппарат аппаратты аппараттын аппаратка депутат депутаттар депутаттын кеңеш кеңештин кеңеште кеңешти кеңешке "
    "аткаруу аткарат аткарылган аткарды мыйзам мыйзамды мыйзамга"
)
CORPUS = _TEXT.split()


def test_a_corpus_decides_what_endings_cannot() -> None:
    keys = fit(CORPUS)
    assert stem("аппарат") != stem("аппараттын")
    assert {keys(word) for word in CORPUS[:4]} == {"аппарат"}
    assert keys("аппараттарга") == "аппарат"
    assert keys("аткарылууда") == "аткар"


def test_order_and_other_words_do_not_matter() -> None:
    assert fit(reversed([*CORPUS, "2021", "law", "а"])).data() == fit(CORPUS).data()


def test_a_frozen_table_gives_the_same_keys() -> None:
    keys = fit(CORPUS)
    again = restore(json.loads(json.dumps(keys.data())))
    unseen = ["аппаратында", "жолдун", "орду"]
    assert [again(word) for word in CORPUS + unseen] == [keys(word) for word in CORPUS + unseen]
    assert again.version == keys.version
    assert pickle.loads(pickle.dumps(keys)) == keys
    assert fit(CORPUS[1:]).version != keys.version


def test_a_table_of_another_grammar_is_refused() -> None:
    with pytest.raises(ValueError, match="0"):
        restore({**fit(CORPUS).data(), "grammar": 0})
    with pytest.raises(ValueError):  # noqa: PT011
        restore({})


def test_an_empty_corpus_still_answers() -> None:
    keys = fit([])
    assert isinstance(keys, Fitted)
    assert keys("мыйзамдардын") == "мыйзам"


@pytest.mark.parametrize("word", ["лала" * 16, "ылыныш" * 10, "дагы" * 16, "а" * 64, "сызсыз" * 5000, ""])
def test_hostile_words_are_quick(word: str) -> None:
    began = time.perf_counter()
    assert isinstance(stem(word), str)
    assert len(readings(word)) <= 201
    assert time.perf_counter() - began < 0.5


@pytest.mark.shared
@pytest.mark.parametrize(
    ("function", "least"), [("kb.language.kyrgyz:stem", 0.89), ("benchmarks.stemming_fit:stem", 0.93)]
)
def test_measure_on_shared_treebank(shared_corpus: Path, function: str, least: float) -> None:
    measure = shared_corpus.parent / "eval" / "stemming" / "evaluate.py"
    if not measure.is_file():
        pytest.skip(f"no measure at {measure}")
    told = subprocess.run([sys.executable, measure, function], cwd=ROOT, capture_output=True, check=True)
    headline = json.loads(told.stdout)["headline"]
    assert headline["sF"] >= least
