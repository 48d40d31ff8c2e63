"""Citations in a text: units and the act they belong to, acts as a whole."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from kb.citations.model import ActName, Citation
from kb.citations.names import NameFinder, NameMention, Noun
from kb.citations.units import UnitGroup, find_units
from kb.language.model import Language

#: Between a unit and the act behind it, between an act and the unit behind it.
_TO_ACT = re.compile(r"\s{1,4}(?:к\s{1,3})?(?:(?:указанного|вышеуказанного)\s{1,3})?")
_TO_ACT_KY = re.compile(r"\s?,\s{1,3}")
_FROM_ACT = re.compile(r"\s{1,4}|\s{0,2}\(|\s?,\s{1,3}")
_TO_NOUN = re.compile(r"\s{1,3}(?:[а-я-]{1,25}(?:ого|его|ой|ей|ых|их)\s{1,3}){0,3}")
_GENITIVE = re.compile(r"[ндт][иу]н$|[ндт]ын$")
_FROM_NOUN = re.compile(r"\s{1,3}|\s?,\s{1,3}")


def find(text: str, language: Language | None = None) -> tuple[Citation, ...]:
    """Citations of ``text`` in their order, Russian and Kyrgyz, in any case form.

    ``пункт 2 статьи 56 Закона КР «О …» от 9 июля 2013 года № 127``; ``ушул Кодекстин 40-беренесинин
    1-бөлүгүнүн 9-пунктуна``.

    Args:
        text: any text, line feeds included.
        language: language of the text, for citations whose words may be of either.

    Returns:
        Citations with offsets into ``text``, none overlapping another; units that stand in one list under one act
        are one citation. Units without an act are citations too, acts that nothing names are not.
    """
    finder = NameFinder(text)
    mentions = finder.mentions()
    groups = _outside(find_units(text, finder.folded), mentions)
    joined = _Joiner(finder, mentions, groups).citations()
    return tuple(_in_language(citation, language) for citation in joined)


def _in_language(citation: Citation, language: Language | None) -> Citation:
    if citation.language is not None or language is None:
        return citation
    return Citation(citation.start, citation.end, citation.act, citation.units, language)


def _in_russian(name: ActName, language: Language | None) -> ActName:
    """A name among Russian words: an abbreviation is then the Russian one."""
    return replace(name, codes=name.codes[:1]) if language is Language.RU else name


def _outside(groups: Sequence[UnitGroup], mentions: Sequence[NameMention]) -> list[UnitGroup]:
    """Groups that are no part of an act's name, such as an article that a title speaks of."""
    starts = [mention.start for mention in mentions]
    kept = []
    for group in groups:
        at = bisect_right(starts, group.start) - 1
        inside = at >= 0 and mentions[at].end > group.start
        beyond = at + 1 < len(mentions) and mentions[at + 1].start < group.end
        if not inside and not beyond:
            kept.append(group)
    return kept


class _Joiner:
    """Joins units to the acts that stand beside them."""

    def __init__(self, finder: NameFinder, mentions: Sequence[NameMention], groups: Sequence[UnitGroup]) -> None:
        self.folded = finder.folded
        self.nouns = finder.nouns
        self.mentions = mentions
        self.groups = groups
        self._starts = [mention.start for mention in mentions]
        self._ends = [mention.end for mention in mentions]

    def citations(self) -> list[Citation]:
        used: set[int] = set()
        found: list[Citation] = []
        for at, group in enumerate(self.groups):
            beside = self._beside(at, group)
            if beside is not None:
                mention = self.mentions[beside]
                start, end = group.start, group.end
                if beside not in used:
                    start, end = min(start, mention.start), max(end, mention.end)
                used.add(beside)
                language = group.language or mention.language
                found.append(Citation(start, end, _in_russian(mention.name, language), group.units, language))
            else:
                alone = self._alone(group)
                if alone is not None:
                    found.append(alone)
        for at, mention in enumerate(self.mentions):
            if at not in used and mention.name.telling and mention.alone:
                found.append(Citation(mention.start, mention.end, mention.name, (), mention.language))
        return sorted(found, key=lambda citation: citation.start)

    def _beside(self, at: int, group: UnitGroup) -> int | None:
        """Index of the act that a group belongs to: in Russian the one behind it, in Kyrgyz the one before it."""
        before, after = self._before(group), self._after(group)
        if group.language is Language.KY:
            first, second = before, after
            if before is None and after is not None and not self._may_follow(at, after):
                return None
        else:
            first, second = after, before
        return first if first is not None else second

    def _after(self, group: UnitGroup) -> int | None:
        at = bisect_left(self._starts, group.end)
        if at == len(self.mentions):
            return None
        gap = self.folded[group.end : self._starts[at]]
        if _TO_ACT.fullmatch(gap) and (group.language is not Language.KY or self.mentions[at].language is None):
            return at
        return at if group.language is Language.KY and _TO_ACT_KY.fullmatch(gap) else None

    def _may_follow(self, at: int, mention: int) -> bool:
        """Whether no other units follow the act that stands behind a Kyrgyz unit."""
        if at + 1 >= len(self.groups):
            return True
        gap = self.folded[self._ends[mention] : self.groups[at + 1].start]
        return self.groups[at + 1].start < self._ends[mention] or _FROM_ACT.fullmatch(gap) is None

    def _before(self, group: UnitGroup) -> int | None:
        at = bisect_right(self._ends, group.start) - 1
        if at < 0 or not _FROM_ACT.fullmatch(self.folded[self._ends[at] : group.start]):
            return None
        plain = self.folded[self._ends[at] : group.start].isspace()
        mention = self.mentions[at]
        if plain and group.language is Language.RU and mention.language is Language.RU and mention.name.this:
            return None
        return at

    def _alone(self, group: UnitGroup) -> Citation | None:
        """Units without an act that is named: of one that a noun stands for, or none."""
        noun = self._noun(group)
        if noun is not None:
            start, end = min(group.start, noun.start), max(group.end, noun.end)
            return Citation(start, end, ActName(noun.kind), group.units, group.language)
        if not group.sure:
            return None
        return Citation(group.start, group.end, None, group.units, group.language)

    def _noun(self, group: UnitGroup) -> Noun | None:
        at = bisect_left(self.nouns, group.end, key=lambda noun: noun.start)
        if group.language is not Language.KY and at < len(self.nouns):
            noun = self.nouns[at]
            if noun.language is not Language.KY and _TO_NOUN.fullmatch(self.folded[group.end : noun.start]):
                return noun
        at = bisect_left(self.nouns, group.start, key=lambda noun: noun.start) - 1
        if group.language is Language.KY and at >= 0:
            noun = self.nouns[at]
            gap = self.folded[noun.end : group.start] if noun.end <= group.start else "\0"
            genitive = _GENITIVE.search(self.folded[noun.start : noun.end])
            if noun.language is not Language.RU and genitive and _FROM_NOUN.fullmatch(gap):
                return noun
        return None
