"""From a query to an answer: read it, let the engine find candidates, rank, highlight."""

from __future__ import annotations

from kb.language.model import Analyser
from kb.search.engine import Engine
from kb.search.model import Query, Results


class Searcher:
    """Answers queries from one engine; safe to use from several threads."""

    def __init__(
        self, engine: Engine, analyser: Analyser, *, query_characters: int = 1_000, search_seconds: float = 5.0
    ) -> None:
        """Search ``engine`` with words analysed by ``analyser``.

        Args:
            engine: finds candidates.
            analyser: the one that the index was made with.
            query_characters: longest query that is taken.
            search_seconds: time after which a query is not loosened any further.
        """
        self._engine = engine
        self._analyser = analyser
        self._query_characters = query_characters
        self._search_seconds = search_seconds

    def search(self, query: Query) -> Results:
        """Answer a query.

        Args:
            query: what is asked. Without words the documents that fit the filters are listed, newest first.

        Raises:
            BadQuery: the text is too long or holds no word (``reason`` is ``too_long`` or ``no_words``), or a field
                in it has an unknown value.
            BeyondWindow: ``offset`` and ``limit`` reach past ``window`` groups.
            IndexMissing: there is no index yet, or it is of another version.
            EngineUnavailable: the engine does not answer.
        """
        raise NotImplementedError
