"""A large index out of a small library: new acts whose sentences are those of the texts held, analysed once."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.documents import TOPICS, Document, Kind, Status
from kb.language.model import Analyser, Language
from kb.search.records import Record, Words, record_id, texts_of

#: Units of one act; the act's own record is one of them.
UNITS = 50
#: Sentences of a unit; with them it is about as long as the units of the texts held.
_SENTENCES = (1, 7)
_SENTENCE = re.compile(r"[^.;:\n]+[.;:]?")
_LEAST_WORDS = 4
_MOST_WORDS = 60
_HEADING_WORDS = 12
_KINDS = (Kind.LAW, Kind.CODE, Kind.RESOLUTION, Kind.ORDER, Kind.CHARTER, Kind.REGULATIONS)
_STATUSES = (Status.IN_FORCE, Status.IN_FORCE, Status.UNKNOWN, Status.REPEALED)
_BODIES = 200
_AS_OF = dt.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its words; offsets count from its start."""

    text: str
    words: Words


Pool = dict[Language, list[Sentence]]


def collect(documents: Sequence[Document], analyser: Analyser) -> Pool:
    """Different sentences of the documents by language."""
    pool: Pool = {Language.KY: [], Language.RU: []}
    for language in pool:
        texts: dict[str, None] = {}
        for document in documents:
            if document.language is language:
                _, lines = texts_of(document)
                texts.update(dict.fromkeys(piece.strip() for line in lines for piece in _SENTENCE.findall(line)))
        kept = [text for text in texts if _LEAST_WORDS <= len(text.split()) <= _MOST_WORDS]
        for text, tokens in zip(kept, analyser.analyze_many(kept, language), strict=True):
            words = [token for token in tokens if not any(map(str.isspace, token.surface))]
            pool[language].append(
                Sentence(
                    text,
                    Words(
                        tuple(token.surface for token in words),
                        tuple(token.key for token in words),
                        tuple(offset for token in words for offset in (token.start, token.end)),
                    ),
                )
            )
    return pool


def make_act(number: int, pool: Pool, seed: int) -> Iterator[Record]:
    """Records of the act with this ordinal, always the same for the same pool and seed."""
    dice = random.Random(f"{seed}:{number}")  # noqa: S311
    language = Language.KY if number % 2 else Language.RU
    sentences = pool[language]
    date = dt.date(1995 + dice.randrange(30), dice.randrange(1, 13), dice.randrange(1, 28))
    kind = dice.choice(_KINDS)
    act = f"/akn/kg/act/{kind.value}/{date.isoformat()}/0-{number}"
    edition = f"{act}/{language.akn}@{date.isoformat()}"
    title = _short(dice.choice(sentences))
    whole = Record(
        id=record_id(edition, None),
        act=act,
        edition=edition,
        eid=None,
        within=None,
        place=0,
        level=None,
        number=f"0-{number}",
        title=title.text,
        heading=None,
        path=(),
        lang=language.value,
        kind=kind.value,
        act_number=f"0-{number}",
        act_date=date,
        status=dice.choice(_STATUSES).value,
        body=f"Үлгү кеңеши {dice.randrange(_BODIES)}",
        topics=tuple(dice.sample(list(TOPICS), dice.randrange(3))),
        official=dice.random() < 0.5,
        valid_from=date,
        valid_until=None,
        text="",
        parts=(),
        title_words=Words(),
        heading_words=title.words,
        body_words=Words(),
    )
    yield whole
    for place in range(1, UNITS):
        yield _unit(whole, place, sentences, dice)


def _unit(whole: Record, place: int, sentences: Sequence[Sentence], dice: random.Random) -> Record:
    heading = _short(dice.choice(sentences))
    text, words = _join(dice.choices(sentences, k=dice.randint(*_SENTENCES)))
    eid = f"art_{place}"
    return Record(
        id=record_id(whole.edition, eid),
        act=whole.act,
        edition=whole.edition,
        eid=eid,
        within=None,
        place=place,
        level="article",
        number=str(place),
        title=whole.title,
        heading=heading.text,
        path=(),
        lang=whole.lang,
        kind=whole.kind,
        act_number=whole.act_number,
        act_date=whole.act_date,
        status=whole.status,
        body=whole.body,
        topics=whole.topics,
        official=whole.official,
        valid_from=whole.valid_from,
        valid_until=None,
        text=text,
        parts=(),
        title_words=Words(whole.heading_words.surfaces, whole.heading_words.keys),
        heading_words=heading.words,
        body_words=words,
    )


def _short(sentence: Sentence) -> Sentence:
    """The beginning of a sentence, as long as a heading."""
    words = sentence.words
    if len(words.surfaces) <= _HEADING_WORDS:
        return sentence
    end = words.offsets[2 * _HEADING_WORDS - 1]
    cut = Words(words.surfaces[:_HEADING_WORDS], words.keys[:_HEADING_WORDS], words.offsets[: 2 * _HEADING_WORDS])
    return Sentence(sentence.text[:end], cut)


def _join(sentences: Sequence[Sentence]) -> tuple[str, Words]:
    surfaces: list[str] = []
    keys: list[str] = []
    offsets: list[int] = []
    at = 0
    for sentence in sentences:
        surfaces += sentence.words.surfaces
        keys += sentence.words.keys
        offsets += [at + offset for offset in sentence.words.offsets]
        at += len(sentence.text) + 1
    return "\n".join(one.text for one in sentences), Words(tuple(surfaces), tuple(keys), tuple(offsets))
