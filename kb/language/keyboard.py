"""Text typed with the keyboard switched to the other alphabet."""

from __future__ import annotations

import re

from kb.language import russian

_LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LATIN_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_TO_CYRILLIC = str.maketrans(_LATIN_KEYS + _LATIN_SHIFTED, _CYRILLIC_KEYS + _CYRILLIC_KEYS.upper())
#: ө ү ң lie on the keys of о у н with the right Alt key held.
_TO_LATIN = str.maketrans(_CYRILLIC_KEYS + _CYRILLIC_KEYS.upper() + "өүңӨҮҢ", _LATIN_KEYS + _LATIN_SHIFTED + "jeyJEY")
_LATIN_WORD = re.compile(r"""[A-Za-z`~\[\]{}:;"',.<>]*[A-Za-z][A-Za-z`~\[\]{}:;"',.<>]*""")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z]")
_VOWEL = re.compile("[аеёиоуыэюяaeiouy]", re.IGNORECASE)
_CLUSTER = re.compile("[^аеёиоуыэюяaeiouy\\W\\d]{6}", re.IGNORECASE)


def relayout(text: str) -> str | None:
    """The text as the same keys give it in the other alphabet (``cnfnmz 12`` → ``статья 12``).

    Returns:
        None where there is nothing to turn, both alphabets stand in the text, or no words would come out.
        Kyrgyz letters come out as о у н: their keys tell no more.
    """
    latin, cyrillic = _LATIN.search(text), _CYRILLIC.search(text)
    if bool(latin) == bool(cyrillic):
        return None
    turned = _LATIN_WORD.sub(_cyrillic, text) if latin else text.translate(_TO_LATIN)
    return turned if all(map(_speakable, re.findall(r"[^\W\d_]+", turned))) else None


def _cyrillic(found: re.Match[str]) -> str:
    typed = found[0]
    whole = typed.translate(_TO_CYRILLIC)
    if typed[-1] in ",.;'\"" and not russian.known(whole.lower()) and russian.known(whole[:-1].lower()):
        return whole[:-1] + typed[-1]
    return whole


def _speakable(word: str) -> bool:
    return (len(word) < 4 or _VOWEL.search(word) is not None) and _CLUSTER.search(word) is None
