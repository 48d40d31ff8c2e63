"""Words of a query that carry no meaning of their own; negation, duty, permission and time limits do."""

from __future__ import annotations

from kb.language.model import Language
from kb.language.normalize import fold_kyrgyz

_KYRGYZ = (
    "жана менен үчүн боюнча да де до дө дагы та те то тө же деп деген ал бул ушул ошол анын аны анда ага алар мен мага "
    "сен биз силер сиз эле гана болсо катары аркылуу тууралуу жөнүндө карата жагынан тарабынан ошондой мындай андай "
    "ар бир бүт ээ го кандай кантип качан эмне эмнелер ким кимдер кайсы канча кайда кайдан эмнеге эмнени кимге кимди "
    "кандайча анткени ошондуктан бирок ошентип болот болгон болуп болушу турган"
)
_RUSSIAN = (
    "и в во на с со к ко о об обо по от из за у для при или а но же ли бы что чтобы как это этот эта эти этого этой "
    "этих тот та те того той тех он она оно они его её ее их мы вы я ты мне мной нас вас нам вам который которая "
    "которое которые которого которой которых где когда кто кого кому чем чего чему почему зачем какой какая какое "
    "какие каков каким какого какую сколько чей чья чьё так такой такая также ещё еще быть был была было были есть "
    "является являются про"
)
_STOP = {
    Language.KY: frozenset((_KYRGYZ + " " + fold_kyrgyz(_KYRGYZ)).split()),
    Language.RU: frozenset(_RUSSIAN.split()),
}


def is_stop(surface: str, language: Language) -> bool:
    """Whether a word in normal form may be left out of a query (``жөнүндө``, ``для``; never ``эмес``, ``не``)."""
    return surface in _STOP.get(language, frozenset())
