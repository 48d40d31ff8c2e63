"""Examples of the home page: taken from the library, and proposed only where the search answers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from kb.errors import BadRequest, Unavailable
from kb.language.model import Language
from kb.search.model import Query
from kb.storage.model import ActFilter, ActSummary, OutlineEntry
from kb.web.render import today
from kb.web.services import WebServices
from kb.web.views import lists
from kb.web.views.lists import Example

#: Acts looked at, headings of each, and searches tried for one example.
ACTS = 8
HEADINGS = 4
TRIES = 8


@dataclass(slots=True)
class Proposals:
    """Examples found last, by language, with the sequence that they were found at."""

    found: dict[Language, tuple[int, tuple[str, ...]]] = field(default_factory=dict)


def proposals(kept: Proposals, services: WebServices, language: Language) -> tuple[str, ...]:
    """Up to three searches that this library answers: words, a number, a citation; none while searches fail.

    Args:
        kept: examples found before; renewed when the library has changed.
        services: library and search.
        language: language of the interface; documents in it are preferred.
    """
    sequence = services.library.newest_sequence()
    held = kept.found.get(language)
    if held is None or held[0] != sequence:
        try:
            held = (sequence, tuple(_find(services, language)))
        except Unavailable:
            # the index is not there yet, or not any more; the next reader may have more luck
            return ()
        kept.found[language] = held
    return held[1]


def _find(services: WebServices, language: Language) -> Iterable[str]:
    acts = _acts(services, language)
    headings = [lists.word_examples(entries)[:HEADINGS] for _, _, entries in acts]
    words = [one for row in zip_longest(*headings) for one in row if one is not None]
    numbers = [one for act, _, _ in acts for one in lists.number_examples(act)]
    clauses = [one for _, text, entries in acts for one in lists.clause_examples(entries, text)]
    citations = [one for act, text, entries in acts for one in lists.citation_examples(act, entries, text)]
    for candidates in (words, numbers or clauses, citations):
        for example in candidates[:TRIES]:
            if _answers(services, example):
                yield example.words
                break


def _acts(services: WebServices, language: Language) -> list[tuple[ActSummary, Language, tuple[OutlineEntry, ...]]]:
    """Newest acts, those in the reader's language first, each with the contents of one edition."""
    library = services.library
    acts: list[ActSummary] = []
    for which in (ActFilter(language=language.value), ActFilter()):
        acts += library.list_acts(which, sort="-date", limit=ACTS).acts
    found = []
    for act in {one.act: one for one in acts if one.editions}.values():
        edition = min(reversed(act.editions), key=lambda one: one.language is not language)
        found.append((act, edition.language, library.outline(edition.edition)))
    return found


def _answers(services: WebServices, example: Example) -> bool:
    try:
        results = services.searcher.search(Query(example.words, today(), limit=1))
    except BadRequest:
        return False
    if not results.hits or results.relaxed:
        return False
    first = results.hits[0]
    return example.act in {None, first.act} and example.eid in {None, first.eid}
