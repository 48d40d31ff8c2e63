"""Parameters of requests: what API and pages take, checked in one place."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import PydanticUndefined
from starlette.datastructures import QueryParams

from kb.documents import AUDIENCES, TOPICS, Kind, Status
from kb.errors import BadParameter
from kb.search.model import Filters, Query
from kb.storage.model import ActFilter, Sort

#: Kinds, years and the like that one request may name.
MOST_VALUES = 50

TextLanguage = Literal["ky", "ru"]
Name = Annotated[str, Field(max_length=500)]
Year = Annotated[int, Field(ge=1000, le=9999)]


def _iso_day(value: object) -> object:
    """Take ISO dates alone: pydantic would read ``12`` as seconds since 1970."""
    if isinstance(value, str):
        return dt.date.fromisoformat(value)
    return value


Day = Annotated[dt.date, BeforeValidator(_iso_day)]


def _topic(value: str) -> str:
    if value not in TOPICS:
        raise ValueError(value)
    return value


class Params(BaseModel):
    """Parameters of a request; names are those of the command line's options."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False, frozen=True)

    @classmethod
    def read(cls, query: QueryParams) -> Self:
        """Parameters of a page: unknown and empty ones are passed over.

        Raises:
            BadParameter: a value does not fit; ``name`` names the parameter.
        """
        given: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            alias = info.alias or name
            values = [value for value in query.getlist(alias) if value.strip()]
            if values:
                many = info.default_factory is list or isinstance(info.get_default(call_default_factory=False), list)
                given[alias] = values if many else values[-1]
        try:
            return cls.model_validate(given)
        except ValidationError as problem:
            first = problem.errors()[0]
            raise BadParameter(name=str(first["loc"][0]), value=str(first.get("input", ""))[:100]) from None

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Parameters that are not the defaults as pairs for a link, some left out."""
        found: list[tuple[str, str]] = []
        for name, info in type(self).model_fields.items():
            alias = info.alias or name
            value = getattr(self, name)
            default = info.get_default(call_default_factory=True)
            if alias in without or value is None or value == default or default is PydanticUndefined:
                continue
            many = value if isinstance(value, list) else [value]
            found += [(alias, str(one).lower() if isinstance(one, bool) else str(one)) for one in many]
        return found


class SearchParams(Params):
    """Parameters of a search."""

    q: str = Field("", description="words, a phrase in quotes, a citation or a number")
    lang: list[TextLanguage] = Field(default_factory=list, max_length=MOST_VALUES)
    kind: list[Kind] = Field(default_factory=list, max_length=MOST_VALUES)
    status: list[Status] = Field(default_factory=list, max_length=MOST_VALUES)
    body: list[Name] = Field(default_factory=list, max_length=MOST_VALUES)
    topic: list[Name] = Field(default_factory=list, max_length=MOST_VALUES)
    official: bool | None = Field(None, description="official texts only, or unofficial only")
    year: list[Year] = Field(default_factory=list, max_length=MOST_VALUES)
    date_from: Day | None = Field(None, alias="from", description="earliest date of the act")
    date_to: Day | None = Field(None, alias="to", description="latest date of the act")
    as_of: Day | None = Field(None, alias="as-of", description="the day whose law is asked for; today if not given")
    act: Name | None = Field(None, description="URI of the act to search in")
    strict: bool = Field(
        False, description="only what has all words as typed: nothing mended, left out, called otherwise"
    )
    limit: int = Field(10, ge=0, le=100, description="groups on a page")
    offset: int = Field(0, ge=0, le=1_000_000, description="groups before the page")

    @field_validator("topic")
    @classmethod
    def _known_topics(cls, value: list[str]) -> list[str]:
        return [_topic(one) for one in value]

    def query(self, today: dt.date) -> Query:
        """The search as the searcher takes it."""
        return Query(
            text=self.q,
            as_of=self.as_of or today,
            filters=Filters(
                kind=tuple(one.value for one in self.kind),
                lang=tuple(self.lang),
                status=tuple(one.value for one in self.status),
                year=tuple(self.year),
                body=tuple(self.body),
                topic=tuple(self.topic),
                official=self.official,
                act=self.act,
                date_from=self.date_from,
                date_to=self.date_to,
            ),
            limit=self.limit,
            offset=self.offset,
            strict=self.strict,
        )


class ListParams(Params):
    """Parameters of a list of acts."""

    kind: Kind | None = None
    status: Status | None = None
    lang: TextLanguage | None = None
    year: Year | None = None
    body: Name | None = None
    topic: Name | None = None
    audience: Name | None = None
    official: bool | None = None
    sort: Sort = Field("title", description="order; a minus turns it round")
    limit: int = Field(50, ge=1, le=500, description="acts on a page")
    offset: int = Field(0, ge=0, le=1_000_000, description="acts before the page")

    @field_validator("topic")
    @classmethod
    def _known_topic(cls, value: str | None) -> str | None:
        return value if value is None else _topic(value)

    @field_validator("audience")
    @classmethod
    def _known_audience(cls, value: str | None) -> str | None:
        if value is not None and value not in AUDIENCES:
            raise ValueError(value)
        return value

    def filter(self) -> ActFilter:
        """Which acts the list shows."""
        return ActFilter(
            kind=self.kind.value if self.kind else None,
            status=self.status.value if self.status else None,
            language=self.lang,
            year=self.year,
            body=self.body,
            topic=self.topic,
            audience=self.audience,
            official=self.official,
        )


class ShowParams(Params):
    """Parameters of an act or a unit."""

    lang: TextLanguage | None = Field(None, description="language of the text; any held if not given")
    as_of: Day | None = Field(None, alias="as-of", description="the day whose text is asked for; today if not given")


class ResolveParams(ShowParams):
    """Parameters of a citation to follow."""

    citation: str = Field(description="a citation as it is written: ст. 12 закона № 127")


class ActParams(ShowParams):
    """Parameters of an act."""

    unit: Name | None = Field(None, description="eId of the unit to give, with all below it")


class ChangesParams(Params):
    """Parameters of the change feed."""

    since: int = Field(0, ge=0, description="sequence after which changes are given")
    limit: int = Field(100, ge=1, le=1000)
