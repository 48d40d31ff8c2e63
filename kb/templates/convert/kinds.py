"""Words that only one kind of community has, and the places where a blank offers both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.templates.convert.words import BLANK

CITY, AIMAK = "city", "not city"

_L = "[а-яёөүңӊ]"
_CITY = (
    rf"(?:шаар{_L}{{0,12}} (?:мэри{_L}{{0,12}}|кеңеш{_L}{{0,12}})|шаар{_L}{{0,12}}|мэри{_L}{{0,12}}"
    rf"|городск{_L}{{2,4}}|город{_L}{{0,3}}|мэр{_L}{{0,3}})"
)
_AIMAK = (
    rf"(?:айыл(?:дык)? айма[кг]{_L}{{0,12}}|айыл өкмөт{_L}{{0,12}} башчы{_L}{{0,12}}|айыл өкмөт{_L}{{0,12}}"
    rf"|айылдык кеңеш{_L}{{0,12}}|ай[ы]л[ь]?н{_L}{{2,4}} айма[к]{_L}{{0,3}}|айыл{_L}{{0,12}})"
)
_HEAD = re.compile(rf" башчы{_L}{{0,12}}$")
_COUNCIL = re.compile(rf" кеңеш{_L}{{0,12}}$")
_GAP = r"[ \u00a0]?"
_SEP = rf"(?P<sep>{_GAP}/{_GAP}| же | или | \()"
_ALTERNATIVES = tuple(
    re.compile(
        rf"(?P<b1>(?:{BLANK.pattern}){_GAP})?(?<![^\W_])(?P<one>{one}){_SEP}"
        rf"(?P<b2>(?:{BLANK.pattern}){_GAP})?(?P<two>{two})(?!\w)",
        re.IGNORECASE,
    )
    for one, two in ((_CITY, _AIMAK), (_AIMAK, _CITY))
)
#: Words of a kind of community wherever they stand; agriculture and the names of other places are none.
_ONLY = {
    CITY: re.compile(
        rf"(?<!\w)(?:шаар{_L}{{0,14}}|мэр{_L}{{0,14}}|кичи район{_L}{{0,14}}|турак-жай конуш{_L}{{0,14}}"
        rf"|город{_L}{{0,6}}|микрорайон{_L}{{0,4}}|жилмассив{_L}{{0,4}})(?!\w)",
        re.IGNORECASE,
    ),
    AIMAK: re.compile(
        rf"(?<!\w)(?!айыл чарба)(?:айыл-кыштак{_L}{{0,14}}|айыл(?:дык)? айма[кг]{_L}{{0,14}}"
        rf"|айыл өкмөт{_L}{{0,14}}(?: башчы{_L}{{0,14}})?|айыл{_L}{{0,14}}|ай[ы]л[ь]?н{_L}{{2,4}})(?!\w)",
        re.IGNORECASE,
    ),
}
#: Possessives that look like accusatives.
_OWNED = ("өкмөтү", "шаарчасы")
_CASES = (
    ("gen", re.compile(r"[ндт][ыиуү]н$")),
    ("abl", re.compile(r"[ндт][аеоө]н$")),
    ("loc", re.compile(r"[дт][аеоө]$")),
    ("dat", re.compile(r"(?:[гк]|(?<=[ыиуү])н)[аеоө]$")),
    ("acc", re.compile(r"(?:[ндт][ыиуү]|[ыиуү]н)$")),
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A place where a blank offers words for both kinds.

    Attributes:
        first: start and end of the words that stand first.
        second: start and end of the words that stand second.
        city_first: the first are those of a town.
        closing: end of the bracket behind the second, or None.
        sure: both stand in the same case.
        ending: case that a bare ``шаар`` takes from the other words (``шаар же айыл аймагында``), or empty.
    """

    first: tuple[int, int]
    second: tuple[int, int]
    city_first: bool
    closing: int | None
    sure: bool
    ending: str = ""


def case_of(phrase: str) -> str:
    """Case that a Kyrgyz phrase seems to stand in (``айыл аймагынын`` → ``gen``), ``nom`` for none."""
    last = phrase.lower().split()[-1]
    if last.endswith(_OWNED):
        return "nom"
    return next((name for name, ending in _CASES if ending.search(last)), "nom")


def alternatives(text: str) -> Iterator[Alternative]:
    """Places where a text offers both kinds (``шаардын / айылдык аймактын``, ``айыл аймагынын (шаардын)``)."""
    at = 0
    while True:
        found = [(one.start(), city, one) for city, one in _matches(text, at)]
        if not found:
            return
        _, city_first, match = min(found, key=lambda one: one[0])
        made = _alternative(text, match, city_first=city_first)
        if made:
            yield made
            at = made.second[1]
        else:
            at = match.end("one")


def _matches(text: str, at: int) -> Iterator[tuple[bool, re.Match[str]]]:
    for city_first, pattern in ((True, _ALTERNATIVES[0]), (False, _ALTERNATIVES[1])):
        if match := pattern.search(text, at):
            yield city_first, match


def _alternative(text: str, match: re.Match[str], *, city_first: bool) -> Alternative | None:
    first, second = match.span("one"), match.span("two")
    closing = None
    if match["sep"].strip() == "(":
        if text[second[1] : second[1] + 1] != ")":
            return None
        closing = second[1] + 1
    if match["one"].lower() == "шаардык" and (council := _COUNCIL.search(match["two"])):
        # «шаардык / айылдык кеңеш»: the council belongs to both.
        second = (second[0], second[0] + council.start())
    elif case_of(match["one"]) != case_of(match["two"]):
        second = _shorter(match, second)
    if match["b1"] and match["b2"]:
        first, second = (match.start("b1"), first[1]), (match.start("b2"), second[1])
    elif match["b2"]:
        return None
    one, two = case_of(text[slice(*first)]), case_of(text[slice(*second)])
    bare = city_first and text[slice(*first)].lower() == "шаар" and two != "nom"
    return Alternative(first, second, city_first, closing, one == two, two if bare else "")


def _shorter(match: re.Match[str], span: tuple[int, int]) -> tuple[int, int]:
    """The second words without ``башчысы`` where the first have the same case then (``шаардын же айыл өкмөтүнүн``)."""
    short = _HEAD.sub("", match["two"])
    return (span[0], span[0] + len(short)) if case_of(short) == case_of(match["one"]) else span


def words_of(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Start and end of words that only communities of a kind (``city``, ``not city``) have."""
    for found in _ONLY[kind].finditer(text):
        yield found.span()
