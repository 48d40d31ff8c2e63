from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest

from kb.language.kyrgyz import Fitted, fit, restore, stem
from kb.language.kyrgyz.lexicon import best_known, rank, read
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
        ("колдон", "колдонуу колдонулат колдонууга колдонулган"),
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


FAMILIES = {
    "бекит": "бекитүү бекитет бекитилет бекитилген бекитти бекиткен бекитилсин",
    "түз": "түзүү түзөт түзүлөт түзүлгөн түзгөн түзүшөт түздү",
    "кара": "кароо карайт каралат каралган караган карады",
    "чеч": "чечүү чечет чечилет чечилген чечти чечкен",
    "ал": "алуу алат алынат алынган алып",
    "бер": "берүү берет берилет берилген берди берген",
    "шайла": "шайлоо шайлайт шайланат шайланган шайлады шайлоонун шайлоого",
    "жой": "жоюу жоюлат жоюлган жойгон жойду",
    "өзгөрт": "өзгөртүү өзгөртөт өзгөртүлөт өзгөртүлгөн өзгөрттү",
    "толукта": "толуктоо толуктайт толукталат толукталган толуктады",
    "тапшыр": "тапшыруу тапшырат тапшырылат тапшырылган тапшырды",
    "катта": "каттоо каттайт катталат катталган каттады каттоого",
    "айып": "айып айыпты айыптын айыбы айыптар",
    "мыйзам": "мыйзам мыйзамга мыйзамдын мыйзамдары мыйзамдуу",
    "токтом": "токтом токтомдун токтому токтомуна токтомдор",
    "жаза": "жаза жазага жазанын жазалар жазасы жазасынын",
    "жаз": "жазуу жазат жазылган жазды жазып",
    "сал": "салуу салат салынат салынган салды",
    "салык": "салык салыктар салыкты салыктын салыгы салыгынын",
    "ата": "аталат аталган атады атаган",
    "арна": "арноо арналган арнайт арналат",
    "аткар": "аткаруу аткарат аткарылат аткарылган аткарды аткарууга",
    "жүргүз": "жүргүзүү жүргүзөт жүргүзүлөт жүргүзүлгөн жүргүздү",
    "өткөр": "өткөрүү өткөрөт өткөрүлөт өткөрүлгөн өткөрдү",
    "дайында": "дайындоо дайындайт дайындалат дайындалган дайындады",
    "бошот": "бошотуу бошотот бошотулат бошотулган бошотту",
    "башкар": "башкаруу башкарат башкарылат башкарган башкаруунун",
    "текшер": "текшерүү текшерет текшерилет текшерилген текшерди",
    "аныкта": "аныктоо аныктайт аныкталат аныкталган аныктады",
    "белгиле": "белгилөө белгилейт белгиленет белгиленген белгиледи",
    "уюштур": "уюштуруу уюштурат уюштурулат уюштурулган уюштурду",
    "катыш": "катышуу катышат катышкан катышты катышууга",
    "колдон": "колдонуу колдонот колдонулат колдонулган колдонду",
    "колдо": "колдоо колдойт колдогон колдоду",
    "төлө": "төлөө төлөйт төлөнөт төлөнгөн төлөдү",
    "кайтар": "кайтаруу кайтарат кайтарылат кайтарылган кайтарды",
    "корго": "коргоо коргойт корголот корголгон коргоду",
    "сакта": "сактоо сактайт сакталат сакталган сактады",
    "камсыз": "камсыз камсыздоо камсыздайт камсыздалат камсыздаган",
    "талкуу": "талкуу талкуулоо талкууланат талкуулайт талкууланган талкуусу",
    "кабылда": "кабылдоо кабылдайт кабылданат кабылданган кабылдады",
    "жарыяла": "жарыялоо жарыялайт жарыяланат жарыяланган жарыялады",
    "токтот": "токтотуу токтотот токтотулат токтотулган токтотту",
    "чекте": "чектөө чектейт чектелет чектелген чектеди",
    "берене": "берене беренеде беренесинде беренелер беренеси беренесинин",
    "кеңеш": "кеңеш кеңештин кеңешке кеңеши кеңешинин кеңештер",
    "депутат": "депутат депутаттын депутатка депутаттар депутаты депутаттары",
    "бюджет": "бюджет бюджетти бюджеттин бюджетке бюджети бюджетинин",
    "айыл": "айыл айылдын айылга айылдар айылы айылдык",
    "шаар": "шаар шаардын шаарга шаарлар шаары шаардык",
    "жер": "жер жердин жерге жерлер жери жеринин",
    "укук": "укук укуктар укугу укугун укуктун укуктук",
    "милдет": "милдет милдети милдеттер милдетин милдеттүү",
    "ыйгарым": "ыйгарым ыйгарымдар ыйгарымдары ыйгарымын",
    "мамлекет": "мамлекет мамлекеттин мамлекетке мамлекеттик мамлекети",
    "жаран": "жаран жарандар жарандын жаранга жарандык",
    "мүлк": "мүлк мүлктү мүлктүн мүлккө мүлкү мүлкүнүн",
    "менчик": "менчик менчиктин менчиги менчигине менчиктер",
    "акт": "акт акты актылар актылардын актынын",
    "факт": "факт факты фактылар фактылардын",
    "ээ": "ээ ээси ээсинин ээлер ээлери",
    "жакын": "жакын жакындар жакындары жакындарынын",
    "жылуу": "жылуу жылуулук жылуулуктун жылуулукка",
    "деңиз": "деңиз деңизге деңиздин деңиздер",
    "урмат": "урмат урматтуу урматы урматтын",
    "уят": "уят уяты уятты уяттын",
    "башка": "башка башкалар башкага башканын",
    "чечим": "чечим чечимдин чечими чечимдер чечимине",
    "келишим": "келишим келишимдин келишими келишимдер келишимге",
    "жобо": "жобо жобонун жободо жоболор жобосу",
    "тартип": "тартип тартиптин тартиби тартибин тартипте",
    "жыйын": "жыйын жыйындын жыйында жыйындар жыйыны",
    "жергиликтүү": "жергиликтүү жергиликтүүлөр жергиликтүүнүн жергиликтүүгө",
}
#: Words that begin alike and have nothing to do with each other.
STRANGERS = [
    "айып ай", "башка баш", "башчы баш", "башкаруу баш", "жаза жаз", "жазасы жазат", "ат ата", "аты атасы", "уят уй",
    "салык салуу", "салыктар салат", "кеңеш кең", "кеңештин кеңдин", "катышуу кат", "келишим келет", "чечим чечет",
    "токтом токтоду", "жыйын жый", "мыкты мык", "ыйгарым ыйык", "жылуулук жыл", "атайын ата", "урмат ур",
    "камсыз кам", "деңиз де", "жакын жак", "талкуу талкалайт", "дагы даш", "колдонуу колдоо", "колдоо кол",
    "бекитүү бек", "бекер бек", "түшүнүк түш", "кайрылуу кайра", "билдирүү билет", "пайдалануу пайда", "башталат баш",
    "тартип тартат", "кыймылсыз кыймылдуу", "мыйзамсыз мыйзамдуу", "жумушсуз жумушта", "мыйзамсыздык мыйзамдар",
    "көчө көчөт", "кызмат кыз", "карыз кар", "курал кур", "алым алат", "төлөм төл", "бөлүм бел",
    "өзгөчө өз", "өзгөртүү өз", "жетекчи жет", "келин кел", "калк калат", "элчи эл", "эреже эр",
]  # fmt: skip


@pytest.mark.parametrize(("key", "forms"), FAMILIES.items())
def test_forms_of_known_stems_share_a_key(key: str, forms: str) -> None:
    words = forms.split()
    assert len(words) >= 4
    assert {word: stem(word) for word in words} == dict.fromkeys(words, spell(key))


@pytest.mark.parametrize("pair", STRANGERS)
def test_words_that_begin_alike_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_a_corpus_keeps_known_stems() -> None:
    words = [word for forms in (*FAMILIES.values(), *STRANGERS) for word in forms.split()]
    keys = fit(words)
    wrong = {word: keys(word) for key, forms in FAMILIES.items() for word in forms.split() if keys(word) != spell(key)}
    assert wrong == {}
    assert [pair for pair in STRANGERS if len({keys(word) for word in pair.split()}) < 2] == []


def test_known_stems_typed_without_kyrgyz_letters() -> None:
    assert {stem(word) for word in ("кенеш", "кенештин", "кенешинин")} == {"кенеш"}
    assert {stem(word) for word in ("олчойт", "олчоо", "олчонгон")} == {"олчо"}


def test_an_ending_of_a_verb_does_not_stand_after_a_noun() -> None:
    found = {reading[0]: reading for reading in readings("айып")}
    assert rank(found["ай"]) is None
    assert rank(found["айып"]) == 0


def test_unknown_words_are_read_by_the_grammar_alone() -> None:
    assert best_known(readings("зумбалдын")) is None
    assert stem("зумбалдын") == "зумбал"


def test_a_lexicon_is_read_by_sections() -> None:
    words, same = read("# nothing\n[nominal]\nүй комиссия\n[verb] \nкел  # to come\nталкуула>талкуу\n[particle]\n")
    assert words == {
        "nominal": {"үй", "комиссийа"},
        "verb": {"кел", "талкуула"},
        "particle": frozenset(),
    }
    assert same == {"талкуула": "талкуу"}
    with pytest.raises(ValueError, match="noun"):
        read("[noun]\nүй")
    words, _ = read((files("kb.language.kyrgyz") / "lexicon.txt").read_text(encoding="utf-8"))
    assert min(len(words["nominal"]) / 1500, len(words["verb"]) / 500, len(words["particle"]) / 50) > 1
    assert all(re.fullmatch("[а-яёөүң]{2,}", word) for section in words.values() for word in section)


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
    "сурмат сурматты сурматтын сурматка депутат депутаттар депутаттын кеңеш кеңештин кеңеште кеңешти кеңешке "
    "аткаруу аткарат аткарылган аткарды мыйзам мыйзамды мыйзамга"
)
CORPUS = _TEXT.split()


def test_a_corpus_decides_what_endings_cannot() -> None:
    keys = fit(CORPUS)
    assert stem("сурмат") != stem("сурматтын")
    assert {keys(word) for word in CORPUS[:4]} == {"сурмат"}
    assert keys("сурматтарга") == "сурмат"
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
