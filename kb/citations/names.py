"""Acts as a text names them: by date and number, title, name of a code, abbreviation, «настоящий» and «ушул»."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.citations.acts import find_acts, find_kinds
from kb.citations.codes import CodeMention, find_abbreviations, find_codes
from kb.citations.fold import fold, quotations
from kb.citations.model import ActCitation, ActName, KindCitation
from kb.documents import Kind
from kb.language.model import Language

_STATE_RU = r"(?:кр|кыргызской\s{1,3}республики)"
_STATE_KY = r"(?:кр-?(?:нын)?|кыргыз\s{1,3}республикасынын)"
#: Documents beside the kinds of acts that texts call by a common noun, Russian and Kyrgyz.
_NOUNS: tuple[tuple[str, Kind | None, Language | None], ...] = (
    (r"типов(?:ой|ого|ому|ым|ом)\s{1,3}устав(?:а|у|ом|е)?", Kind.MODEL_CHARTER, Language.RU),
    (r"типтуу\s{1,3}устав[а-я]{0,10}", Kind.MODEL_CHARTER, Language.KY),
    (r"устав(?:а|у|ом|е)?", Kind.CHARTER, None),
    (r"устав(?:дын|га|да|ды|дан|ы|ынын|ына|ында|ындагы|дагы)", Kind.CHARTER, Language.KY),
    (r"положени(?:е|я|ю|ем|и)", Kind.STATUTE, Language.RU),
    (r"жобо(?:нун|го|до|ну|дон|догу|су|сунун|суна|сунда|сундагы)?", Kind.STATUTE, Language.KY),
    (r"регламент(?:а|у|ом|е)?", Kind.REGULATIONS, None),
    (r"регламент(?:тин|ке|те|ти|тен|теги|и|инин|ине|инде)", Kind.REGULATIONS, Language.KY),
    (r"(?:договор|соглашени)(?:а|у|ом|е|я|ю|ем|и)?", Kind.AGREEMENT, Language.RU),
    (r"келишим(?:дин|ге|де|ди|ден|и|инин|ине|инде)?", Kind.AGREEMENT, Language.KY),
    (r"методик(?:а|и|у|ой|е)", Kind.METHODOLOGY, Language.RU),
    (r"методика(?:нын|га|да|сынын|сына|сында)", Kind.METHODOLOGY, Language.KY),
    (r"(?:инструкци|программ|стратеги|концепци)(?:а|и|ю|ей|я|ы|у|ой|е)", None, Language.RU),
    (r"(?:конвенци|деклараци|харти)(?:и|ю|ей|я)|пакт(?:а|у|ом|е)?", None, Language.RU),
    (r"(?:конвенция|декларация|хартия)(?:нын|га|да|сынын|сына|сында)", None, Language.KY),
    (r"(?:порядк(?:а|у|ом|е)|порядок|правил(?:а|ам|ами|ах)?)", None, Language.RU),
    (r"(?:тартип|тартиб|эреже|нускама|программа|стратегия)[а-я]{0,12}", None, Language.KY),
)
_NOUN = re.compile(
    "(?<![а-яa-z])(?:" + "|".join(f"(?P<n{at}>{row[0]})" for at, row in enumerate(_NOUNS)) + ")(?![а-яa-z])"
)
_THIS = re.compile(
    r"(?<![а-яa-z])(?:настоящ(?:его|ий|ему|им|ем|ей|ая|ую|их|ими|ие)|ушул)\s{1,3}(?:конституционн[а-я]{2,3}\s|конституциялык\s|типов[а-я]{2,3}\s)?$"
)
#: A state other than the Republic behind a code's name: its law is not held.
_FOREIGN = re.compile(
    r"\s{1,3}(?:рф|ссср|рсфср|рк|российск|казахстан|республики\s{1,3}(?!кыргызстан)|узбек|кирг[а-я]{0,6}\s{1,3}сср|сср|евразийск|еаэс)"
)
_FOREIGN_KY = re.compile(r"(?:россия|казакстан|озбек|тажик|орус)[а-я]{0,10}(?:\s{1,3}[а-я]{1,20}){0,2}\s{1,3}$")
_BODY_BEFORE = re.compile(
    rf"(?<![а-яa-z]){_STATE_KY}(?:\s{{1,3}}(?:[а-я-]{{3,30}}(?:нын|нин|нун|дын|дин|дун|тын|тин|тун)|министрлер|жогорку|улуттук))"
    r"{0,4}\s{0,3}$"
)
_BODY_BEHIND = re.compile(r"[а-я]{3,20}\s{1,3}(?P<body>(?:[а-я-]{2,25}\.?\s{1,3}){1,15}?)(?:от(?![а-я])|№|n\s?[0-9])")
_STATE_BEFORE = re.compile(rf"(?<![а-яa-z]){_STATE_KY}\s{{1,3}}$")
_STATE_AFTER = re.compile(rf"\s{{1,3}}{_STATE_RU}(?![а-яa-z])")
_WORDS = re.compile(r"\s{1,3}(?:[а-я-]{1,25}\.?\s{1,3}){0,10}")
_KY_WORDS = re.compile(rf"\s{{0,3}}(?:(?:{_STATE_KY}|конституциялык|деген|аттуу)\s{{1,3}}){{0,4}}")
_LIST = re.compile(r"\s{0,3}(?:,|и|или|жана|же)\s{0,3}")
_APPROVED_RU = re.compile(r"(?:[^.;«»\"\n]{0,120})утвержд[её]нн[а-я]{2,3}\s{1,3}(?:[а-я]{1,20}\s{1,3}){0,2}$")
_APPROVED_KY = re.compile(r"\s{1,3}менен\s{1,3}бекитилген\s{1,3}(?:[а-я]{1,25}\s{1,3}){0,12}")
#: A paper in which acts are published.
_PAPER = re.compile(r"(?<![а-я])(?:газет|ведомост|бюллетен|жарчы)[^;]{0,50}$")
#: Courts decide by resolutions of their own.
_COURT = re.compile(
    r"(?<![а-я])(?:верховн[а-я]{2,3}\s{1,3}суд|пленум|конституционн[а-я]{2,3}\s{1,3}(?:суд|палат)|жогорку\s{1,3}сот|конституциялык\s{1,3}(?:сот|палата))"
)
_ABOUT = re.compile(r"\s{1,3}(?:жонундо|тууралуу|боюнча)")
_TITLE_LENGTH = 600


@dataclass(frozen=True, slots=True)
class NameMention:
    """An act that a text names.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        name: how it is named.
        language: language of its words, None where they may be either.
        alone: whether it is a citation without units too: «ЖК» may be the parliament.
    """

    start: int
    end: int
    name: ActName
    language: Language | None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun for a document, which alone names none."""

    start: int
    end: int
    kind: Kind | None
    language: Language | None


def find_nouns(folded: str, kinds: Sequence[KindCitation]) -> list[Noun]:
    """Nouns for documents in any case form, kinds of acts included, in order."""
    nouns = [Noun(kind.start, kind.end, kind.kind, kind.language) for kind in kinds]
    for match in _NOUN.finditer(folded):
        _, kind, language = _NOUNS[int((match.lastgroup or "n0")[1:])]
        nouns.append(Noun(match.start(), match.end(), kind, language))
    return sorted(nouns, key=lambda noun: noun.start)


class NameFinder:
    """Finds the acts that one text names."""

    def __init__(self, text: str) -> None:
        """Look at ``text``."""
        self.text = text
        self.folded = fold(text)
        self.kinds = find_kinds(text)
        self.nouns = find_nouns(self.folded, self.kinds)
        self.quotes = [quote for quote in quotations(text) if quote[1] - quote[0] <= _TITLE_LENGTH]
        self._kind_starts = [kind.start for kind in self.kinds]
        self._quote_starts = [start for start, _ in self.quotes]

    def mentions(self) -> list[NameMention]:
        """Acts named, in order, none overlapping another."""
        taken = _Taken()
        found: list[NameMention] = []
        codes = list(find_codes(self.text))
        for source in (
            self._dated(codes),
            self._titled(),
            self._these(),
            self._codes(codes),
            self._abbreviated(),
            self._constitutions(),
        ):
            found += [mention for mention in source if taken.take(mention.start, mention.end)]
        return sorted(found, key=lambda mention: mention.start)

    # --- by date and number

    def _dated(self, codes: Sequence[CodeMention]) -> Iterator[NameMention]:
        acts = find_acts(self.text)
        for at, act in enumerate(acts):
            before = acts[at - 1].end if at else 0
            after = acts[at + 1].start if at + 1 < len(acts) else len(self.text)
            if self._is_act(act):
                yield self._dated_one(act, codes, before, after)

    def _is_act(self, act: ActCitation) -> bool:
        """Whether a date is the act's own: «Закон вступает в силу с 1 апреля» and a paper's issue are not."""
        reference = act.reference
        if _PAPER.search(self.folded[max(act.start - 60, 0) : act.start]) and reference.kind is None:
            return False
        said = self.folded[act.start : act.end]
        return reference.number is not None or re.search(r"(?<![а-я])от\s|(?:да|де|до|дө)г[ыиу]", said) is not None

    def _dated_one(self, act: ActCitation, codes: Sequence[CodeMention], before: int, after: int) -> NameMention:
        reference = act.reference
        start, end = act.start, act.end
        court = reference.kind is Kind.RESOLUTION and _COURT.search(self.folded[max(start - 60, 0) : end])
        name = ActName(Kind.OTHER if court else reference.kind, reference.date, reference.number)
        language = self._language_of(start, end)
        title = self._quote_in(start, end) or self._quote_from(end, after)
        if title is None and language is not Language.RU:
            title = self._quote_before(start, before)
        if title:
            name = replace(name, title=self.text[title[0] + 1 : title[1] - 1].strip())
            start, end = min(start, title[0]), max(end, title[1])
        for code in codes:
            if code.start < end and start < code.end and before <= code.start and code.end <= after:
                name = replace(name, kind=Kind.CODE, codes=code.keys)
                start, end = min(start, code.start), max(end, code.end)
        name = replace(name, body=self._body(act, start, before, language))
        start = self._with_body(start, before, language)
        return self._approved(NameMention(start, end, name, language), before, after)

    def _body(self, act: ActCitation, start: int, bound: int, language: Language | None) -> str | None:
        """Words for the body that numbered the act: behind the Russian kind word, before the Kyrgyz date."""
        if language is Language.RU:
            behind = _BODY_BEHIND.match(self.folded, act.start)
            return behind["body"].strip() if behind else None
        body = _BODY_BEFORE.search(self.folded[max(bound, start - 160) : start])
        return body.group().strip() if body else None

    def _language_of(self, start: int, end: int) -> Language | None:
        at = bisect_left(self._kind_starts, start)
        while at < len(self.kinds) and self.kinds[at].end <= end:
            if self.kinds[at].language is not None:
                return self.kinds[at].language
            at += 1
        if re.search(r"[0-9]\s{0,3}-?\s{0,3}(?:жыл|ж\.)", self.folded[start:end]):
            return Language.KY
        return Language.RU if re.search(r"(?<![а-я])(?:от|года?|г\.)(?![а-я])", self.folded[start:end]) else None

    def _quote_in(self, start: int, end: int) -> tuple[int, int] | None:
        at = bisect_left(self._quote_starts, start)
        if at < len(self.quotes) and self.quotes[at][1] <= end:
            return self.quotes[at]
        return None

    def _quote_from(self, end: int, bound: int) -> tuple[int, int] | None:
        """A title right behind ``end``."""
        at = bisect_left(self._quote_starts, end)
        if at < len(self.quotes) and self.quotes[at][1] <= bound and not self.folded[end : self.quotes[at][0]].strip():
            return self.quotes[at] if self.quotes[at][0] - end <= 3 else None
        return None

    def _quote_before(self, start: int, bound: int) -> tuple[int, int] | None:
        """A title before ``start``, the state's name and its body between."""
        at = bisect_right(self._quote_starts, start) - 1
        if at < 0 or self.quotes[at][0] < bound or start - self.quotes[at][1] > 120 or self.quotes[at][1] > start:
            return None
        between = self.folded[self.quotes[at][1] : start]
        plain = not between.strip() or _BODY_BEFORE.search(between) is not None
        return self.quotes[at] if plain else None

    def _with_body(self, start: int, bound: int, language: Language | None) -> int:
        if language is Language.RU:
            return start
        body = _BODY_BEFORE.search(self.folded[max(bound, start - 160) : start])
        return start - len(body.group()) if body else start

    def _approved(self, mention: NameMention, before: int, after: int) -> NameMention:
        """What an act approved, if that is what the text names: ``Типового устава, утверждённого приказом … № 279``."""
        low = max(before, mention.start - 220)
        for noun in reversed(self._nouns_between(low, mention.start)):
            if noun.language is not Language.KY and _APPROVED_RU.fullmatch(self.folded[noun.end : mention.start]):
                name = replace(mention.name, kind=noun.kind, title=None, approved=True)
                return NameMention(noun.start, mention.end, name, Language.RU)
        joint = _APPROVED_KY.match(self.folded, mention.end)
        if joint:
            for noun in self._nouns_between(mention.end, min(after, joint.end() + 30)):
                if _ABOUT.match(self.folded, noun.end):
                    continue
                if noun.start <= joint.end() and noun.language is not Language.RU and noun.start > mention.end + 10:
                    name = replace(mention.name, kind=noun.kind, title=None, approved=True)
                    return NameMention(mention.start, noun.end, name, Language.KY)
        return mention

    def _nouns_between(self, start: int, end: int) -> list[Noun]:
        at = bisect_left(self.nouns, start, key=lambda noun: noun.start)
        found = []
        while at < len(self.nouns) and self.nouns[at].start < end:
            if self.nouns[at].end <= end:
                found.append(self.nouns[at])
            at += 1
        return found

    # --- by title

    def _titled(self) -> Iterator[NameMention]:
        before: NameMention | None = None
        for start, end in self.quotes:
            found = self._titled_one(start, end, before)
            if found is not None:
                before = found
                yield found

    def _titled_one(self, start: int, end: int, before: NameMention | None) -> NameMention | None:
        title = self.text[start + 1 : end - 1].strip()
        if not title:
            return None
        at = bisect_left(self._kind_starts, end)
        if at < len(self.kinds):
            kind = self.kinds[at]
            if kind.language is not Language.RU and _KY_WORDS.fullmatch(self.folded[end : kind.start]):
                return NameMention(start, kind.end, ActName(kind.kind, title=title), Language.KY)
        at = bisect_left(self._kind_starts, start) - 1
        if at >= 0:
            kind = self.kinds[at]
            between = self.folded[kind.end : start]
            if kind.language is not Language.KY and len(between) < 150 and _WORDS.fullmatch(between):
                return NameMention(kind.start, end, ActName(kind.kind, title=title), Language.RU)
        if before is not None and before.language is Language.RU and _LIST.fullmatch(self.folded[before.end : start]):
            return NameMention(start, end, ActName(before.name.kind, title=title), Language.RU)
        return None

    # --- by what it is

    def _these(self) -> Iterator[NameMention]:
        for noun in self.nouns:
            low = max(noun.start - 60, 0)
            found = _THIS.search(self.folded[low : noun.start])
            if found:
                yield NameMention(low + found.start(), noun.end, ActName(noun.kind, this=True), noun.language)

    def _codes(self, codes: Sequence[CodeMention]) -> Iterator[NameMention]:
        for code in codes:
            start, end = self._with_state(code.start, code.end)
            keys = () if self._is_foreign(code.start, code.end) else code.keys
            yield NameMention(start, end, ActName(Kind.CODE, codes=keys), code.language)

    def _abbreviated(self) -> Iterator[NameMention]:
        for code in find_abbreviations(self.text):
            state = _STATE_AFTER.match(self.folded, code.end)
            before = re.search(
                r"(?<![а-яa-z])кр(?:нын|-нын)?\s{1,3}$", self.folded[max(code.start - 8, 0) : code.start]
            )
            end = state.end() if state else code.end
            start = code.start - len(before.group()) if before else code.start
            keys = () if self._is_foreign(code.start, code.end) else code.keys[:1] if state else code.keys
            yield NameMention(
                start, end, ActName(Kind.CODE, codes=keys), Language.RU if state else None, state is not None
            )

    def _constitutions(self) -> Iterator[NameMention]:
        for kind in self.kinds:
            if kind.kind is Kind.CONSTITUTION:
                start, end = self._with_state(kind.start, kind.end)
                foreign = self._is_foreign(kind.start, kind.end)
                yield NameMention(start, end, ActName(None if foreign else kind.kind), kind.language)

    def _with_state(self, start: int, end: int) -> tuple[int, int]:
        after = _STATE_AFTER.match(self.folded, end)
        low = max(start - 40, 0)
        before = _STATE_BEFORE.search(self.folded[low:start])
        return (low + before.start() if before else start), (after.end() if after else end)

    def _is_foreign(self, start: int, end: int) -> bool:
        return bool(_FOREIGN.match(self.folded, end) or _FOREIGN_KY.search(self.folded[max(start - 60, 0) : start]))


class _Taken:
    """Stretches of a text that are taken."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take a stretch unless something of it is taken."""
        at = bisect_right(self._starts, start)
        if at and self._ends[at - 1] > start:
            return False
        if at < len(self._starts) and self._starts[at] < end:
            return False
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True
