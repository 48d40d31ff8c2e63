"""Words that a query may hold but no hit needs: function words, and names of levels beside a number."""

from __future__ import annotations

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
тууралуу туралуу тарабынан үчүн учүн ушул ушуну ушундай чейин эле эмес эмне эмнеге эмненин эми эгерде эгер эң эч экен
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


def is_stop_word(surface: str) -> bool:
    """Whether a word in normal form is a function word or asks (``жөнүндө``, ``жонундо``, ``который``, ``сколько``)."""
    return surface in STOP_WORDS or surface in _FOLDED or surface in _ASKING


def names_level(surface: str) -> bool:
    """Whether a word beside a number only says what is numbered (``статьи``, ``берененин``, ``ст``)."""
    return surface in _LEVEL_SHORT or surface.startswith(_LEVEL_BEGINNINGS)
