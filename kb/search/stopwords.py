"""Words that a query may hold but no hit needs: function words, and names of levels beside a number."""

from __future__ import annotations

import re

_RUSSIAN = """
а без бы был была были было быть в вам вас весь во вот все всего всех вы где да для до его ее её если есть еще ещё же за
и из из-за или им имеет имеют их к каждый как какая какие каким каких какого какое какой каком какую ко кого когда кому
которая которые который которых кто ли либо между может можно мой мочь моя мы на над надо нас наш не него нее неё нет
ни них но ну нужно о об обо он она они оно от по под при про с свой себя со так такая такие такой также там те тем то
того той только том тот у уже хочу чего чем через что чтобы чья чьи эта эти это этого этой этом этот эту я ли ль
какими должен должна должны следует
"""
_KYRGYZ = """
ал алар алардын андан анын ар аркылуу ары аны ага башка бар бери бул бирок болот болобу болсо болуп болгон боюнча деген
деп дейт десе дагы да де ээ же жана жөнүндө жок ким кимге кимдин кайда кайсы кандай качан канча каршы карата керек көбү
кылса кылып менен менин мен мүмкүн мүмкүнбү нече ны не неге немене ошол ошондой ошонун өз өзү сен силер сиз тескери тиги
тууралуу туралуу тарабынан үчүн учүн ушул ушуну ушундай чейин эле эмне эмнеге эмненин эми эгерде эгер эң эч экен
биз биздин бизге кантип канткенде алат алабы алышат алышабы турат
"""
#: Function words of both languages, in normal form; those of Kyrgyz also as typed without ө ү ң.
STOP_WORDS = frozenset(_RUSSIAN.split()) | frozenset(_KYRGYZ.split())
_FOLDED = frozenset(word.translate(str.maketrans("өүң", "оун")) for word in _KYRGYZ.split())

_QUESTIONS = """
какой какая какое какие какого какому каким какими каких какую какую каком кто кого кому кем где когда зачем почему
сколько скольких куда откуда чей чья чьё чьи что чем чему можно нужно ли обязан обязана обязаны должен должны
кандай кандайча ким кимдер кимге кимдин кимди кимден качан канча канчага нече кайда кайдан кайсы эмне эмнеге эмнени
эмнеден кантип канткенде барбы болобу мүмкүнбү керекпи милдеттүүбү
"""
_ASKING = frozenset(_QUESTIONS.split())
#: Function words of Russian that are Kyrgyz words with a meaning: feast, house, fire, less, exact, mulberry.
_KYRGYZ_CONTENT = frozenset(["той", "там", "от", "кем", "так", "тут"])

#: Stems of Kyrgyz verbs that after a converb say how something happens, not what (``жеп койду``, ``карап жатат``).
_VERBS = "кой кет сал жат жибер кал бер кел тур жүр ал бол чык ташта өт көр жур от кор"
_AUXILIARIES = frozenset(_VERBS.split())
_CONVERB = re.compile("(?:[аеоөыиуү]п|[аеоөй])$")
_FINITE = re.compile("(?:[дт][ыиуү](?:м|ң|к|[ыиуү]?ңыз|быз)?|[аеоө]т|йт|са|се|со|сө|[аеой](?:м[ыи]н|быз|сыз))$")


def asks(surface: str) -> bool:
    """Whether a word in normal form belongs to questions (``сколько``, ``качан``)."""
    return surface in _ASKING


#: Beginnings of the names of levels, and abbreviations, as they stand beside a number.
_LEVELS = """
стать берене пункт подпункт част глав раздел параграф абзац приложени номер
бөлүм бөлүг бөлүк болум болуг болук тиркеме баб бап
"""
_LEVEL_BEGINNINGS = tuple(_LEVELS.split())
_LEVEL_SHORT = frozenset({"ст", "п", "пп", "ч", "гл", "разд", "абз", "подп", "б", "n", "no"})


def is_stop_word(surface: str, *, kyrgyz: bool = False) -> bool:
    """Whether a word in normal form is a function word or asks (``жөнүндө``, ``жонундо``, ``который``, ``сколько``).

    Args:
        surface: the word.
        kyrgyz: whether it surely stands in a Kyrgyz text, where ``той`` and ``от`` are no Russian words.
    """
    if kyrgyz and surface in _KYRGYZ_CONTENT:
        return False
    return surface in STOP_WORDS or surface in _FOLDED or surface in _ASKING


def is_auxiliary(before: str, surface: str, stem: str) -> bool:
    """Whether a Kyrgyz verb only says how what stands before it happens (``жеп`` ``койду``), never ``сатып`` ``алуу``.

    Args:
        before: normal form of the word before.
        surface: normal form of the verb.
        stem: its key.
    """
    return stem in _AUXILIARIES and _FINITE.search(surface) is not None and _CONVERB.search(before) is not None


def names_level(surface: str) -> bool:
    """Whether a word beside a number only says what is numbered (``статьи``, ``берененин``, ``ст``)."""
    return surface in _LEVEL_SHORT or surface.startswith(_LEVEL_BEGINNINGS)
