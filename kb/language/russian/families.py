"""Which Russian words are of one family: зарегистрировать, регистрация, регистрационный."""

from __future__ import annotations

from functools import lru_cache

_VERBS = "ировать изировать овать евать ивать ывать ать ять еть ить нуть уть ти"
_NOUNS = (
    "ирование изация ование евание ивание ывание ание яние ение ация яция иция енция ция сия тельство ительство ство"
    " ество тель итель атель ник ница чик щик ец ач арь атор итор тор ность ость овка ка ок ба еж ёж ье ие ия а я о е ь"
)
_ADJECTIVES = (
    "тельный ительный ательный ионный ационный енный анный янный венный ственный альный ебный ный ний ской ский овый"
    " евый овой ой ый ий"
)
#: Ends of lemmas by which words of a family differ, the longest first.
_ENDS = tuple(sorted(f"{_VERBS} {_NOUNS} {_ADJECTIVES}".split(), key=lambda end: (-len(end), end)))
_INFINITIVES = ("ть", "ться", "ти", "тись")
#: Beginnings of verbs that hardly change what they are about.
_BEGINNINGS = ("за", "пере", "по", "про", "при", "вы", "об", "от", "на", "у", "с")
#: Letters of a shared part: what is shorter is shared by chance (``право``, ``правительство``).
_SHORTEST = 5


def roots(lemma: str) -> tuple[str, ...]:
    """What a lemma may share with its family, none where it is too short.

    ``регистрация`` → ``регистр``; ``зарегистрировать`` → ``зарегистр``, ``регистр``.
    """
    found = [lemma]
    if lemma.endswith(_INFINITIVES):
        found += [lemma.removeprefix(beginning) for beginning in _BEGINNINGS if lemma.startswith(beginning)]
    return tuple(dict.fromkeys(root for root in map(_root, found) if len(root) >= _SHORTEST))


@lru_cache(maxsize=1 << 16)
def _root(lemma: str) -> str:
    word = lemma[:-2] if lemma.endswith(("ться", "тись", "чься")) else lemma
    for end in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= _SHORTEST:
            return word[: -len(end)]
    return word
