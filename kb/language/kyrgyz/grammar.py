"""Grammar of Kyrgyz endings: harmony, assimilation, and the order in which endings follow each other.

Endings are written with signs for what changes: ``A`` wide vowel (а е о ө), ``Y`` narrow vowel (ы и у ү),
``U`` rounded narrow vowel (у ү), ``L`` л/д/т of the plural, ``K`` л/д/т of -лык and -луу, ``N`` н/д/т, ``D`` д/т,
``G`` г/к, ``B`` б/п. A bar at the start tells what stands before: ``C|`` a consonant only, ``V|`` a vowel only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

VOWELS = "аыоуеиөү"
#: Vowel of harmony of each vowel letter.
VOWEL_OF = {**{vowel: vowel for vowel in VOWELS}, "я": "а", "ё": "о", "ю": "у", "э": "е"}
#: Classes of the last letter: vowel, р, й, other voiced, written voiced but often spoken voiceless, voiceless.
FINALS = "VRYSUT"
FINAL_OF = {
    **dict.fromkeys(VOWEL_OF, "V"),
    "р": "R",
    "й": "Y",
    **dict.fromkeys("лмнңз", "S"),
    **dict.fromkeys("бвгдж", "U"),
    **dict.fromkeys("кпстфхцчшщ", "T"),
}

_NARROW = dict(zip(VOWELS, "ыыууииүү", strict=True))
#: After у the wide vowel is а; о stands there in words typed without ө and ү (``жонундо``).
_WIDE = dict(zip(VOWELS, ("а", "а", "о", "ао", "е", "е", "ө", "ө"), strict=True))
_ROUND = dict(zip(VOWELS, "ууууүүүү", strict=True))
_CONSONANT = {
    "L": dict(zip(FINALS, ("л", "л", "л", "д", "дт", "т"), strict=True)),
    "K": dict(zip(FINALS, ("л", "лд", "лд", "д", "дт", "т"), strict=True)),
    "N": dict(zip(FINALS, ("н", "д", "д", "д", "дт", "т"), strict=True)),
    "D": dict(zip(FINALS, ("д", "д", "д", "д", "дт", "т"), strict=True)),
    "G": dict(zip(FINALS, ("г", "г", "г", "г", "гк", "к"), strict=True)),
    "B": dict(zip(FINALS, ("б", "б", "б", "б", "бп", "п"), strict=True)),
}
#: Vowel that a stem gets back after its last remaining vowel, by sign.
RESTORED = {"A": {vowel: letters[0] for vowel, letters in _WIDE.items()}, "Y": _NARROW}
_VOWEL_SIGNS = {"Y": _NARROW, "A": _WIDE, "U": _ROUND}


def realise(ending: str, vowel: str, final: str) -> Iterator[str]:
    """Forms of an ending after a stem with this last vowel and class of last letter.

    ``LAрYн`` after ``а`` and ``S`` (мыйзам) gives ``дарын``.
    """
    if ending[1:2] == "|":
        if (ending[0] == "V") != (final == "V"):
            return
        ending = ending[2:]
    yield from _realise(ending, "", vowel, final)


def _realise(ending: str, done: str, vowel: str, final: str) -> Iterator[str]:
    if not ending:
        yield done
        return
    sign, rest = ending[0], ending[1:]
    if sign in _CONSONANT:
        letters = _CONSONANT[sign][final]
    elif sign in _VOWEL_SIGNS:
        letters = _VOWEL_SIGNS[sign][vowel]
    else:
        letters = sign
    for letter in letters:
        yield from _realise(rest, done + letter, VOWEL_OF.get(letter, vowel), FINAL_OF[letter])


@dataclass(frozen=True, slots=True)
class Ending:
    """An ending or a chain of endings that stand in fixed order.

    Attributes:
        form: its signs.
        least: letters that a stem must have before it, where no corpus speaks for the parse.
        name: what it is, the same for endings that differ by rule only.
        restore: sign of the vowel that the ending has swallowed (``A`` in баштоо → башта), or empty.
    """

    form: str
    least: int
    name: str
    restore: str = ""


_FREE = (("", "", 0), ("NYн", "gen", 0), ("NY", "acc", 0), ("GA", "dat", 0), ("DA", "loc", 0), ("DAн", "abl", 0))
_BOUND = (("", "", 3), ("нYн", "gen", 2), ("н", "acc", 3), ("нA", "dat", 2), ("нDA", "loc", 2), ("нAн", "abl", 2))
_FIRST = (*((case, name, least) for case, name, least in _FREE if name != "dat"), ("A", "dat", 0), ("Aн", "abl", 0))
#: Owner: signs, name, its cases with the letters they need, letters it needs itself.
_OWNERS = (
    ("", "", _FREE, 2),
    ("C|Y", "p3", _BOUND, 2),
    ("V|сY", "p3", _BOUND, 2),
    ("C|Yм", "p1", _FIRST, 9),
    ("V|м", "p1", _FIRST, 9),
    ("C|Yң", "p2", _FIRST, 5),
    ("V|ң", "p2", _FIRST, 9),
    ("C|YбYз", "p1p", _FREE, 3),
    ("V|бYз", "p1p", _FREE, 3),
    ("C|YңYз", "p2", _FREE, 3),
    ("V|ңYз", "p2", _FREE, 3),
    ("C|YңAр", "p2", _FREE, 3),
)


def _nominal() -> Iterator[Ending]:
    """Plural, possessive and case, in this order; at least one of them."""
    for plural in ("", "LAр"):
        for owner, who, cases, least in _OWNERS:
            if plural and owner.startswith("V|"):
                continue
            for case, name, asked in cases:
                form = plural + owner.removeprefix("C|") if plural else owner
                if form or case:
                    names = "+".join(filter(None, ("pl" if plural else "", who, name)))
                    yield Ending(form + case, 2 if plural else max(least, asked), names)


def _loops() -> Iterator[Ending]:
    for plural in ("", "LAр"):
        for owner, case in (("", "DA"), ("C|Y", "нDA"), ("V|сY", "нDA"), ("C|YбYз", "DA"), ("V|бYз", "DA")):
            if plural and owner.startswith("V|"):
                continue
            form = plural + owner.removeprefix("C|") if plural else owner
            yield Ending(f"{form}{case}гY", 2, "rel")
        yield Ending(f"{plural}NYкY", 4, "own")


#: Without -сыз, which turns a word into its opposite: кыймылдуу is movable, кыймылсыз immovable property.
_DERIVED = (
    Ending("KYк", 4, "лык"),
    Ending("KYг", 4, "лык"),
    Ending("KUU", 3, "луу"),
    Ending("DAй", 5, "дай"),
    Ending("чA", 5, "ча"),
)

_NOMINALISERS = (
    Ending("C|UU", 2, "уу"),
    Ending("C|UU", 4, "уу", "Y"),
    Ending("оо", 2, "уу", "A"),
    Ending("өө", 2, "уу", "A"),
    Ending("GAн", 2, "ган"),
    Ending("C|Yш", 5, "ыш"),
    Ending("V|ш", 5, "ыш"),
    Ending("C|Aр", 6, "ар"),
    Ending("C|Yр", 5, "ар"),
    Ending("V|р", 99, "ар"),
    Ending("BAс", 3, "бас"),
    Ending("мAк", 4, "мак"),
    Ending("C|UUчU", 4, "уучу"),
    Ending("оочу", 99, "уучу", "A"),
    Ending("өөчү", 99, "уучу", "A"),
)

_PERSONS = ("мYн", "сYң", "сYз", "бYз", "сYңAр", "сYздAр")


def _finite() -> Iterator[Ending]:
    for person, least in (("", 2), ("м", 4), ("ң", 5), ("ңYз", 3), ("к", 9), ("ңAр", 4), ("ңYздAр", 3)):
        yield Ending("DY" + person, least, "ды")
        yield Ending("сA" + person, 3, "са")
    for present, least in (("C|A", 2), ("V|й", 2)):
        yield Ending(present + "т", least, "ат")
        yield Ending(present, 99, "а")
        for person in _PERSONS:
            yield Ending(present + person, 6 if person == "мYн" else 3, "ат")
        yield Ending(present + ("йYн" if present[0] == "C" else "Yн"), 3, "айын")
        yield Ending(present + "лY", 4, "алы")
        yield Ending(present + "лYк", 4, "алы")
    for person in _PERSONS:
        yield Ending("GAн" + person, 3, "ган")
    for form in ("C|Yп", "V|п"):
        least = 2 if form[0] == "C" else 3
        yield Ending(form, least, "ып")
        yield Ending(form + "тYр", 3, "ып")
    yield from (
        Ending("сYн", 2, "сын"),
        Ending("сYндAр", 3, "сын"),
        Ending("GYлA", 3, "гыла"),
        Ending("C|YңYз", 3, "ыңыз"),
        Ending("V|ңYз", 3, "ыңыз"),
        Ending("C|YңYздAр", 3, "ыңыз"),
        Ending("GAнчA", 3, "ганча"),
        Ending("GYчA", 4, "гыча"),
        Ending("BAй", 3, "бай"),
        Ending("BAйт", 2, "бай"),
        Ending("BAйYнчA", 3, "бай"),
        Ending("мAйYнчA", 3, "бай"),
        Ending("мAкчY", 4, "мак"),
        Ending("чU", 99, "чу"),
    )


_QUESTION = (Ending("BY", 4, "бы"),)
_NEGATION = (Ending("BA", 2, "ба"),)
_VOICES = (
    Ending("C|Yл", 2, "ыл"),
    Ending("V|л", 4, "ыл"),
    Ending("C|Yн", 4, "ын"),
    Ending("V|н", 4, "ын"),
    Ending("C|Yш", 4, "ыш"),
    Ending("V|ш", 4, "ыш"),
)

#: Contexts before an ending: index of the vowel times six plus index of the final class.
CONTEXTS = [(vowel, final) for vowel in VOWELS for final in FINALS]


#: A form of an ending: bit set of the CONTEXTS after which it may stand, shortest stem without a corpus' support,
#: number of its name in NAMES, sign of the vowel that goes back on the stem.
Entry = tuple[int, int, int, str]
#: Names of all endings with their slot, ``n:pl+gen``.
NAMES: list[str] = []
#: A tree of endings read from the right: letter → subtree; the empty string → entries that end here.
Tree = dict[str, Any]


def _tree(slot: str, endings: Iterable[Ending]) -> Tree:
    gathered: dict[tuple[str, int, str, str], int] = {}
    for ending in endings:
        for bit, (vowel, final) in enumerate(CONTEXTS):
            if ending.restore == "A" and (final == "V" or (ending.form[0] == "ө") != (vowel in "еиөү")):
                continue
            for form in realise(ending.form, vowel, final):
                key = (form, ending.least, f"{slot}:{ending.name}", ending.restore)
                gathered[key] = gathered.get(key, 0) | 1 << bit
    tree: Tree = {}
    for (form, least, name, restore), contexts in gathered.items():
        if name not in NAMES:
            NAMES.append(name)
        node = tree
        for letter in reversed(form):
            node = node.setdefault(letter, {})
        node[""] = (*node.get("", ()), (contexts, least, NAMES.index(name), restore))
    return tree


NOMINAL = _tree("n", _nominal())
LOOPS = _tree("l", _loops())
DERIVED = _tree("d", _DERIVED)
NOMINALISERS = _tree("v", _NOMINALISERS)
FINITE = _tree("f", _finite())
QUESTION = _tree("q", _QUESTION)
NEGATION = _tree("b", _NEGATION)
VOICES = _tree("o", _VOICES)
