"""Units that a text cites: phrases joined to paths, paths to groups that belong to one act."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.citations.levels import RANK
from kb.citations.model import Step, UnitCitation
from kb.citations.phrases import Number, Phrase, find_phrases
from kb.documents import Level
from kb.language.model import Language

_NESTED = re.compile(r"\)?\s{1,3}(?:в\s{1,3})?")
_COMMA = re.compile(r"\)?\s{0,3},\s{0,3}")
_AND = re.compile(
    r"\)?\s{0,3}[,;]\s{0,3}"
    r"|\)?\s{0,3},?\s{1,3}(?:и|или|либо|жана|же|а также|ошондой эле|и/или)\s{1,3}"
    r"(?:в\s{1,3}|по\s{1,3}|со?\s{1,3})?"
)
#: Units of one group.
_MOST = 200
#: A journal's own articles: «Ведомости Жогорку Кенеша, 1998 г., № 7, ст. 229».
_JOURNAL = re.compile(r"(?:ведомост|жарчы)[^)]{0,400}$|[0-9]{4}(?:\s?г\.|-ж\.),?\s{0,3}№\s{0,2}[0-9]{1,4},\s{0,3}$")
#: Points that are no units of a text.
_NO_UNIT_BEFORE = re.compile(r"(?:населенн[а-я]{2,3}|пропускн[а-я]{2,3}|кун тартибинин|повестки дня)\s{1,3}$")
_NO_UNIT_AFTER = re.compile(r"\s{1,3}(?:повестк|кун тартиб|протокол)")
_HOURS = re.compile(r"[0-9]\s{0,2}$")


@dataclass(slots=True)
class _Chain:
    """Phrases that name one place in an act, outermost first once it is built."""

    phrases: list[Phrase]
    outward: bool = True
    inherited: tuple[Phrase, ...] = ()

    @property
    def start(self) -> int:
        return self.phrases[0].start

    @property
    def end(self) -> int:
        return self.phrases[-1].end

    @property
    def ranks(self) -> list[int]:
        return [RANK[phrase.level] for phrase in self.phrases]


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that stand together in a text and so belong to one act.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        units: its units in order.
        language: language of its words, None where they may be of either.
        sure: whether its words alone show that units of an act are meant (``ч. 3`` alone may be an hour).
    """

    start: int
    end: int
    units: tuple[UnitCitation, ...]
    language: Language | None
    sure: bool


@dataclass(slots=True)
class _Group:
    chains: list[_Chain] = field(default_factory=list)


def find_units(text: str, folded: str, *, loose: bool = False) -> list[UnitGroup]:
    """Groups of cited units in order.

    ``пункт 2 статьи 56 и статья 62`` is one group of two; ``40-беренесинин 1-бөлүгүнүн 9-пункту`` of one.

    Args:
        text: the text.
        folded: the same, folded.
        loose: as in ``find_phrases``.
    """
    phrases = [one for one in find_phrases(text, folded, loose=loose) if _is_unit(one, folded)]
    groups = [_make(group) for group in _group(phrases, folded, loose=loose)]
    return [group for group in groups if group is not None]


def _is_unit(phrase: Phrase, folded: str) -> bool:
    before = folded[max(phrase.start - 420, 0) : phrase.start]
    if phrase.level is Level.ARTICLE and phrase.word.short and _JOURNAL.search(before):
        return False
    around = _NO_UNIT_BEFORE.search(before) or _NO_UNIT_AFTER.match(folded, phrase.end)
    return not (phrase.level is Level.POINT and around)


def _is_hour(phrase: Phrase, folded: str) -> bool:
    """Whether it is the end of a time of day: ``в 12 ч. 30 мин``."""
    before = folded[max(phrase.start - 4, 0) : phrase.start]
    return phrase.word.short and phrase.level is Level.PARAGRAPH and _HOURS.search(before) is not None


def _group(phrases: Sequence[Phrase], folded: str, *, loose: bool) -> list[_Group]:
    groups: list[_Group] = []
    for phrase in phrases:
        last = groups[-1].chains[-1] if groups else None
        gap = folded[last.end : phrase.start] if last else ""
        if last is not None and len(gap) < 30:
            if _NESTED.fullmatch(gap) and _nests(last, phrase):
                last.phrases.append(phrase)
                continue
            if _COMMA.fullmatch(gap) and _continues(last, phrase):
                last.phrases.append(phrase)
                continue
            # A bracket that closes behind the first group ends it, one behind a number (``1)``) does not.
            bracketed = gap.startswith(")") and folded.startswith("(", groups[-1].chains[0].start - 1)
            if _AND.fullmatch(gap) and not bracketed:
                groups[-1].chains.append(_Chain([phrase]))
                continue
        if loose or not _is_hour(phrase, folded):
            groups.append(_Group([_Chain([phrase])]))
    return groups


def _nests(chain: _Chain, phrase: Phrase) -> bool:
    """Whether a phrase goes on in the chain's direction, inward or outward."""
    ranks = [*chain.ranks, RANK[phrase.level]]
    steps = list(itertools.pairwise(ranks))
    return all(here < there for here, there in steps) or all(here > there for here, there in steps)


def _continues(chain: _Chain, phrase: Phrase) -> bool:
    """``статья 12, часть 3, пункт 2``: each within the one before."""
    ranks = [*chain.ranks, RANK[phrase.level]]
    if phrase.pointing or len(chain.phrases[-1].steps()) != 1 or ranks[0] > RANK[Level.ARTICLE]:
        return False
    return all(here < there for here, there in itertools.pairwise(ranks))


def _make(group: _Group) -> UnitGroup | None:
    _share(group.chains)
    units: list[UnitCitation] = []
    for chain in group.chains:
        units += _units(chain)
    if not units:
        return None
    phrases = [phrase for chain in group.chains for phrase in chain.phrases]
    return UnitGroup(
        start=group.chains[0].start,
        end=group.chains[-1].end,
        units=tuple(units[:_MOST]),
        language=_language(phrases),
        sure=any(_is_sure(phrase) for phrase in phrases),
    )


def _language(phrases: Sequence[Phrase]) -> Language | None:
    told = {phrase.word.language for phrase in phrases if phrase.word.language is not None}
    if len(told) == 1:
        return told.pop()
    if any(phrase.before and phrase.hyphen for phrase in phrases):
        return Language.KY
    if any(not phrase.before and phrase.numbers for phrase in phrases):
        return Language.RU
    return None


def _is_sure(phrase: Phrase) -> bool:
    return bool(phrase.pointing == "this" or not phrase.word.short or phrase.level is Level.ARTICLE)


def _share(chains: Sequence[_Chain]) -> None:
    """Give chains what they leave to their neighbours: ``пункт 1 и пункт 3 статьи 5``, ``5-берененин 1- жана …``."""
    for chain in chains:
        ranks = chain.ranks
        chain.outward = len(ranks) < 2 or ranks[0] > ranks[-1]
        if len(ranks) > 1 and ranks[0] < ranks[-1]:
            chain.outward = False
    for here, there in zip(reversed(chains[:-1]), reversed(chains[1:]), strict=True):
        if there.outward and (len(there.phrases) > 1 or there.inherited):
            _inherit(here, there)
    for there, here in itertools.pairwise(chains):
        if not there.outward:
            _inherit(here, there)
            here.outward = here.outward and not here.inherited


def _inherit(chain: _Chain, other: _Chain) -> None:
    top = min(chain.ranks)
    if top <= RANK[Level.ARTICLE] or chain.inherited:
        return
    bound = min(top, max(other.ranks))
    chain.inherited = tuple(phrase for phrase in (*other.phrases, *other.inherited) if RANK[phrase.level] < bound)


def _units(chain: _Chain) -> list[UnitCitation]:
    """Every unit of a chain, the numbers of its phrases combined."""
    phrases = sorted((*chain.phrases, *chain.inherited), key=lambda phrase: RANK[phrase.level])
    if len({phrase.level for phrase in phrases}) < len(phrases):
        return []
    if all(phrase.pointing == "that" for phrase in phrases):
        return []
    own = max(chain.phrases, key=lambda phrase: RANK[phrase.level])
    made = []
    for combination in itertools.islice(itertools.product(*(phrase.steps() for phrase in phrases)), _MOST):
        number = combination[phrases.index(own)][0]
        steps = tuple(step for _, step in combination)
        start, end = _place(chain, own, number)
        made.append(UnitCitation(start, end, steps))
    return made


def _place(chain: _Chain, own: Phrase, number: Number | None) -> tuple[int, int]:
    """Where a unit stands: the whole chain if it names one unit alone, else the number."""
    if number is None or all(len(phrase.steps()) == 1 for phrase in chain.phrases):
        return chain.start, chain.end
    return number.start, number.end


def path_has(path: Sequence[Step], *levels: Level) -> bool:
    """Whether a path has a step of one of some levels."""
    return any(step.level in levels for step in path)
