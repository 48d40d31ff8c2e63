"""One described model for each JSON answer of the API; the command line prints the same.

Fields are those of the contract; null means that no source says it.
"""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """An answer that does not change once built."""

    model_config = ConfigDict(frozen=True)


class Titles(Answer):
    """Title in each language, null where none is held."""

    ky: str | None = None
    ru: str | None = None


class EditionItem(Answer):
    """An edition in a list."""

    edition: str = Field(description="URI of the expression")
    lang: str = Field(description="ky or ru")
    date: dt.date | None = Field(description="newest amendment that the text holds")


class ActItem(Answer):
    """An act in a list."""

    act: str = Field(description="URI of the act")
    kind: str
    title: Titles
    number: str | None
    date: dt.date | None = Field(description="date in the head, by which the act is cited")
    status: str
    official: bool = Field(description="whether every text held of it is official")
    langs: list[str]
    editions: list[EditionItem]


class ActList(Answer):
    """All acts, as `kb list` prints them."""

    acts: list[ActItem]


class ActPageAnswer(ActList):
    """A page of acts and the number of all that fit."""

    total: int
    limit: int
    offset: int


class ActRefItem(Answer):
    """Another act, as a text names it."""

    kind: str | None
    date: dt.date | None
    number: str | None


class NoteItem(Answer):
    """A note of the text's keeper."""

    kind: str = Field(description="amended, repealed or editorial")
    text: str
    acts: list[ActRefItem]


class UnitItem(Answer):
    """A unit of a text."""

    eid: str
    wid: str
    level: str
    number: str | None
    heading: str | None
    text: str = Field(description="its own paragraphs before its first numbered child, joined by line feeds")
    parent: str | None
    status: str | None = Field(description="its own status, not what it inherits")
    notes: list[NoteItem]


class MetadataItem(Answer):
    """What is known of an act beside its name."""

    place: str | None
    body: str | None
    date_passed: dt.date | None
    date_in_force: dt.date | None
    amended_by: list[ActRefItem]
    topics: list[str]
    source: str | None
    recognised: float | None = Field(
        description="mean confidence, 0 to 1, of a text recognised from pictures of pages; null for any other"
    )


class ActAnswer(Answer):
    """An edition of an act with its units in document order, as `kb show` prints it."""

    act: str
    edition: str
    lang: str
    title: str
    kind: str
    number: str | None
    date: dt.date | None
    status: str
    official: bool
    metadata: MetadataItem
    units: list[UnitItem]


class MoreItem(Answer):
    """A further unit of a hit's group."""

    eid: str
    level: str
    number: str | None
    snippet: str


class HitItem(Answer):
    """A group of units that answers a query, or a whole document."""

    act: str
    edition: str
    title: str
    kind: str = Field(description="kind of the act")
    act_number: str | None = Field(description="number of the act")
    act_date: dt.date | None = Field(description="date of the act")
    eid: str | None = Field(description="best unit of the group, null for a whole document")
    level: str | None
    number: str | None
    heading: str | None
    path: list[str] = Field(description="headings around it, outermost first")
    lang: str
    status: str = Field(description="effective status")
    official: bool
    score: float
    snippet: str = Field(description="HTML-escaped, with <mark>")
    more: list[MoreItem]


class FacetItem(Answer):
    """How many groups have a value."""

    value: str
    count: int


class Facets(Answer):
    """Counts by facet and value, most first."""

    kind: list[FacetItem]
    lang: list[FacetItem]
    status: list[FacetItem]
    year: list[FacetItem]
    body: list[FacetItem]
    topic: list[FacetItem]
    official: list[FacetItem]


class ReadAsItem(Answer):
    """Words of a query, and what they were read as."""

    typed: str
    read: str


class SearchAnswer(Answer):
    """What a query finds, as `kb search` prints it."""

    query: str
    total: int = Field(description="number of groups")
    took_ms: float
    relaxed: str | None = Field(description="typos, fewer_words, other_language or null")
    left_out: list[str] = Field(description="words of the query that no hit needs to have")
    read_as: list[ReadAsItem] = Field(description="words that were mended, or found by another name", default=[])
    suggestion: str | None = Field(description="the query as it was perhaps meant", default=None)
    cited: int = Field(description="number of leading hits that the query cites by number or name", default=0)
    hits: list[HitItem]
    facets: Facets


class ChangeItem(Answer):
    """Something that happened to an act."""

    sequence: int
    time: dt.datetime
    event: str = Field(description="added, updated or removed")
    act: str
    edition: str | None


class ChangesAnswer(Answer):
    """Changes after a sequence, in order; ask again with `next` as `since`."""

    changes: list[ChangeItem]
    next: int
    newest: int


class TopicItem(Answer):
    """A topic of the training programme."""

    topic: str
    name: str
    count: int


class TopicsAnswer(Answer):
    """All topics."""

    topics: list[TopicItem]


class TopicAct(ActItem):
    """An act under a topic with its first words."""

    first_lines: str
    audience: list[str]
    hours: float | None


class TopicAnswer(Answer):
    """What is filed under a topic."""

    topic: str
    name: str
    total: int
    acts: list[TopicAct]


class HomeAnswer(Answer):
    """State of the library."""

    name: str
    documents: int
    in_force: int
    newest: dt.datetime | None
    examples: list[str]


class HelpSection(Answer):
    """A part of the help."""

    heading: str
    paragraphs: list[str]


class HelpAnswer(Answer):
    """The help in the reader's language."""

    sections: list[HelpSection]


class HealthAnswer(Answer):
    """That the service is ready."""

    status: str
    sequence: int


class ErrorItem(Answer):
    """What went wrong."""

    code: str
    message: str


class ErrorAnswer(Answer):
    """An error in the reader's language."""

    error: ErrorItem
