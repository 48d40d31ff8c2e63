"""Bodies that issue acts: their names in both languages and their one slug."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations.fold import fold
from kb.language.model import Language
from kb.language.transliterate import slugify


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its name in the language asked for, and its slug, the same in both languages."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class _Known:
    slug: str
    ru: str
    ky: str
    words: re.Pattern[str]


def _known(slug: str, ru: str, ky: str, words: str) -> _Known:
    return _Known(slug, ru, ky, re.compile(words))


_KR = "Кыргызской Республики"
_KY = "Кыргыз Республикасынын"
#: Ministries by the words that tell them apart, folded: Russian, Kyrgyz.
_MINISTRIES = (
    ("finance", "финансов", "Финансы", "финанс[а-я]*", "финансы"),
    ("justice", "юстиции", "Юстиция", "юстици[а-я]", "(?:юстиция|адилет)"),
    (
        "education",
        "образования и науки",
        "Билим берүү жана илим",
        "(?:образовани|просвещени)[а-я]",
        "(?:билим|агартуу)",
    ),
    ("health", "здравоохранения", "Саламаттык сактоо", "здравоохранени[а-я]", "саламатты[а-я]+"),
    ("internal-affairs", "внутренних дел", "Ички иштер", "внутренних дел", "ички иштер"),
    ("foreign-affairs", "иностранных дел", "Тышкы иштер", "иностранных дел", "тышкы иштер"),
    ("emergency", "чрезвычайных ситуаций", "Өзгөчө кырдаалдар", "чрезвычайных ситуаций", "озгочо кырдаалдар"),
    ("culture", "культуры", "Маданият", "культуры", "маданият"),
    ("economy", "экономики", "Экономика", "экономи[а-я]+", "экономика"),
    ("labour", "труда", "Эмгек", "труда", "эмгек"),
    ("agriculture", "сельского хозяйства", "Айыл чарба", "сельского хозяйства", "айыл чарба"),
    ("transport", "транспорта", "Транспорт", "транспорта", "транспорт"),
    ("energy", "энергетики", "Энергетика", "энергетики", "энергетика"),
)


def _ministry(slug: str, ru: str, ky: str, words_ru: str, words_ky: str) -> _Known:
    return _known(
        f"ministry-of-{slug}",
        f"Министерство {ru} {_KR}",
        f"{_KY} {ky} министрлиги",
        rf"министерств[а-я]{{1,3}} {words_ru}|{words_ky}[а-я ]{{0,60}} министрлиг",
    )


#: The more special first: an agency beside the Cabinet is not the Cabinet.
_BODIES = (
    _known(
        "agency-civil-service-local-self-government",
        "Государственное агентство по делам государственной службы и местного самоуправления "
        "при Кабинете Министров Кыргызской Республики",
        "Кыргыз Республикасынын Министрлер Кабинетине караштуу Мамлекеттик кызмат жана жергиликтүү өз алдынча "
        "башкаруу иштери боюнча мамлекеттик агенттиги",
        r"агентств[а-я]{1,2} по делам государственной службы и местного самоуправления"
        r"|мамлекеттик кызмат жана жергиликтуу оз ?алдынча башкаруу иштери боюнча|мкжобма",
    ),
    _known(
        "agency-local-self-government-interethnic-relations",
        "Государственное агентство по делам местного самоуправления и межэтнических отношений "
        "при Правительстве Кыргызской Республики",
        "Кыргыз Республикасынын Өкмөтүнө караштуу Жергиликтүү өз алдынча башкаруу иштери жана этностор аралык "
        "мамилелер боюнча мамлекеттик агенттиги",
        r"агентств[а-я]{1,2} по делам местного самоуправления и межэтнических"
        r"|жергиликтуу оз ?алдынча башкаруу иштери жана этностор ?аралык|жобэмма|гамсумо",
    ),
    *(_ministry(*row) for row in _MINISTRIES),
    _known(
        "central-election-commission",
        f"Центральная комиссия по выборам и проведению референдумов {_KR}",
        f"{_KY} Шайлоо жана референдум өткөрүү боюнча борбордук комиссиясы",
        r"центральн[а-я]{2} комисси[а-я]{1,2} по выборам|шайлоо жана референдум откоруу боюнча борбордук",
    ),
    _known(
        "national-bank", f"Национальный банк {_KR}", f"{_KY} Улуттук банкы", r"национальн[а-я]{2,3} банк|улуттук банк"
    ),
    _known(
        "constitutional-court",
        f"Конституционный суд {_KR}",
        f"{_KY} Конституциялык соту",
        r"конституционн[а-я]{2,3} суд|конституциялык сот",
    ),
    _known("supreme-court", f"Верховный суд {_KR}", f"{_KY} Жогорку соту", r"верховн[а-я]{2,3} суд|жогорку сот"),
    _known("jogorku-kenesh", f"Жогорку Кенеш {_KR}", f"{_KY} Жогорку Кеңеши", r"жогорку кенеш"),
    _known("president", f"Президент {_KR}", f"{_KY} Президенти", r"президент(?!тик|ск)"),
    _known(
        "cabinet",
        f"Кабинет Министров {_KR}",
        f"{_KY} Министрлер Кабинети",
        r"кабинет[а-я]{0,2} министров|министрлер кабинети",
    ),
    _known(
        "government", f"Правительство {_KR}", f"{_KY} Өкмөтү", r"правительств[а-я]{1,2}|(?:кр|республикасынын) окмоту"
    ),
)
#: A body named only as the one that another stands beside or answers to.
_BESIDE = re.compile(
    r"при (?:кабинете|правительстве|президенте)[а-я ]{0,60}|(?:кабинетине|окмотуно|президентине|кабинетинин|окмотунун)"
    r" (?:караштуу|алдындагы)"
)
_WORD = r"[А-ЯЁӨҮҢӉ][\w-]{1,40}"
_NAME = rf"{_WORD}(?: {_WORD})?"


@dataclass(frozen=True, slots=True)
class _Local:
    words: re.Pattern[str]
    slug: str
    form: str
    language: Language


def _local(words: str, slug: str, form: str, language: Language) -> _Local:
    return _Local(re.compile(words.replace("NAME", rf"(?P<name>{_NAME})"), re.IGNORECASE), slug, form, language)


_RU_KENESH = r"кенеш(?:а|у|ом|е)?(?![а-я])"
_AIYL = r"(?:айыл аймагынын|айылдык аймагынын|айылдык аймактык)"
_KENESH = r"ке[нңӊ]еш"
_LOCAL = (
    _local(
        rf"NAME (?:{_AIYL} )?(?:айылдык|аймактык|аймагынын) {_KENESH}", "aiyl-kenesh", "{} айылдык кеңеши", Language.KY
    ),
    _local(rf"NAME {_AIYL} {_KENESH}", "aiyl-kenesh", "{} айылдык кеңеши", Language.KY),
    _local(rf"NAME {_AIYL} жергиликт[үу]{{2}} {_KENESH}", "local-kenesh", "{} жергиликтүү кеңеши", Language.KY),
    _local(rf"NAME (?:шаарынын )?шаардык {_KENESH}", "city-kenesh", "{} шаардык кеңеши", Language.KY),
    _local(rf"NAME (?:районунун )?райондук {_KENESH}", "district-kenesh", "{} райондук кеңеши", Language.KY),
    _local(r"NAME айыл [өо]км[өо]т", "aiyl-okmotu", "{} айыл өкмөтү", Language.KY),
    _local(r"NAME шаарынын мэр", "city-hall", "{} шаарынын мэриясы", Language.KY),
    _local(
        rf"(?P<name>{_WORD})(?:ого|ий|ый) (?:айылного|айылный|аильного|аильный) {_RU_KENESH}",
        "aiyl-kenesh",
        "{}ий айылный кенеш",
        Language.RU,
    ),
    _local(
        rf"(?P<name>{_WORD})(?:ого|ий|ый) (?:городского|городской) {_RU_KENESH}",
        "city-kenesh",
        "{}ий городской кенеш",
        Language.RU,
    ),
    _local(
        rf"(?P<name>{_WORD})(?:ого|ий|ый) (?:районного|районный) {_RU_KENESH}",
        "district-kenesh",
        "{}ий районный кенеш",
        Language.RU,
    ),
    _local(rf"(?P<name>{_WORD})(?:ого|ий|ый) айыл [өо]км[өо]т", "aiyl-okmotu", "{}ий айыл өкмөтү", Language.RU),
    _local(r"мэри[яи] (?:города|г\.) ?NAME", "city-hall", "Мэрия города {}", Language.RU),
)
_NO_NAME = frozenset(
    ["айыл", "айылдык", "аймагынын", "шаардык", "райондук", "жергиликтүү", "жергиликтуу", "кыргыз", "облусу", "району"]
)


def find_body(text: str, language: Language | None) -> Body | None:
    """The body that a letterhead or a kind line names, or None.

    ``Үлгү айылдык кеңешинин токтому`` → Үлгү айылдык кеңеши, ``ulgu-aiyl-kenesh``

    Args:
        text: letterhead or kind line, in any case form, white space folded.
        language: language of the name wanted; Russian if None and the body is one of the state's.
    """
    folded = _BESIDE.sub(" ", fold(text))
    for known in _BODIES:
        if known.words.search(folded):
            return Body(known.ky if language is Language.KY else known.ru, known.slug)
    for local in _LOCAL:
        if language is not None and local.language is not language:
            continue
        match = local.words.search(text)
        if match is not None and fold(match["name"]) not in _NO_NAME:
            return _local_body(local, match["name"])
    return None


def _local_body(local: _Local, name: str) -> Body:
    words = [word for word in name.split() if word.lower() not in _NO_NAME]
    if words and words[-1][0].isupper():
        words = [word for word in words if word[0].isupper()]
    proper = " ".join("-".join(part.capitalize() for part in word.split("-")) for word in words)
    stem = re.sub(r"(?<=[а-я])ск$", "", proper) if local.language is Language.RU else proper
    return Body(local.form.format(proper), f"{slugify(stem)}-{local.slug}")
