"""Settings of an installation, read once from ``KB_*`` in the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from kb.errors import BadParameter

#: Fewest characters of a key that is not guessed.
SHORTEST_KEY = 16

EngineName = Literal["embedded", "meilisearch"]


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on what is taken in and asked for.

    Attributes:
        file_bytes: size of one file, in bytes.
        unpacked_bytes: size of what a container unpacks to, in bytes.
        pages: pages of a PDF.
        memory_bytes: memory that reading one file may use, in bytes.
        read_seconds: time that reading one file may take, in seconds.
        recognition_seconds: time that recognising the pages of one scan may take beside it, in seconds.
        query_characters: length of a query, in characters.
        search_seconds: time that one search may take, in seconds.
        requests_per_minute: API requests of one address, 0 for no limit.
        answers_bytes: size of the answers to a form, in bytes.
        drafts: drafts of forms that have not expired.
        draft_revisions: revisions of one draft that are kept.
        draft_bytes: size of all revisions of one draft, in bytes.
    """

    file_bytes: int = 100 * 1024**2
    unpacked_bytes: int = 300 * 1024**2
    pages: int = 5_000
    memory_bytes: int = 1024**3
    read_seconds: float = 120.0
    recognition_seconds: float = 900.0
    query_characters: int = 1_000
    search_seconds: float = 5.0
    requests_per_minute: int = 0
    answers_bytes: int = 200_000
    drafts: int = 5_000
    draft_revisions: int = 300
    draft_bytes: int = 2_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation.

    Attributes:
        home: data folder: database, index, originals.
        database_url: SQLAlchemy URL of the database.
        engine: search engine that answers queries.
        meili_url: address of the Meilisearch server.
        meili_key: key of the Meilisearch server that may write, empty for none.
        meili_search_key: key that searches use; made with ``meili_key`` when empty.
        meili_prefix: name of the index; chosen once and kept in ``home`` when empty.
        draft_days: days that a draft of a form is kept after it was last saved.
        admin_key: key of those who administer the installation in its pages; made and kept in ``home`` when empty.
        limits: bounds on input and requests.
    """

    home: Path
    database_url: str
    engine: EngineName = "embedded"
    meili_url: str = "http://127.0.0.1:7700"
    meili_key: str = ""
    meili_search_key: str = ""
    meili_prefix: str = ""
    draft_days: int = 180
    admin_key: str = field(default="", repr=False)
    limits: Limits = field(default_factory=Limits)


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings of this installation.

    Args:
        environment: variables by name; the process's own when None.

    Returns:
        Settings with defaults where a variable is absent or empty.

    Raises:
        BadParameter: a variable's value does not fit; the parameter ``name`` names it.
    """
    env = os.environ if environment is None else environment
    home = Path(env.get("KB_HOME") or "data").expanduser().absolute()
    engine = env.get("KB_ENGINE") or "embedded"
    if engine not in get_args(EngineName):
        raise BadParameter(name="KB_ENGINE", value=engine)
    return Settings(
        home=home,
        database_url=env.get("KB_DATABASE_URL") or f"sqlite:///{home / 'kb.sqlite3'}",
        engine=engine,  # type: ignore[arg-type]
        meili_url=env.get("KB_MEILI_URL") or "http://127.0.0.1:7700",
        meili_key=env.get("KB_MEILI_KEY") or "",
        meili_search_key=env.get("KB_MEILI_SEARCH_KEY") or "",
        meili_prefix=env.get("KB_MEILI_PREFIX") or "",
        draft_days=_read_days(env),
        admin_key=_read_key(env),
        limits=_read_limits(env),
    )


def _read_days(env: Mapping[str, str]) -> int:
    text = env.get("KB_DRAFT_DAYS") or "180"
    if not text.isdecimal() or not 1 <= int(text) <= 36_500:
        raise BadParameter(name="KB_DRAFT_DAYS", value=text)
    return int(text)


def _read_key(env: Mapping[str, str]) -> str:
    key = env.get("KB_ADMIN_KEY") or ""
    if key and len(key) < SHORTEST_KEY:
        # The value is a secret, however short, and stays out of the message.
        raise BadParameter(name="KB_ADMIN_KEY", value="…")
    return key


def _read_limits(env: Mapping[str, str]) -> Limits:
    defaults = Limits()
    values: dict[str, int | float] = {}
    for name in Limits.__dataclass_fields__:
        default = getattr(defaults, name)
        text = env.get(f"KB_LIMIT_{name.upper()}")
        try:
            values[name] = type(default)(text) if text else default
        except ValueError:
            raise BadParameter(name=f"KB_LIMIT_{name.upper()}", value=text or "") from None
        if values[name] < 0:
            raise BadParameter(name=f"KB_LIMIT_{name.upper()}", value=text or "")
    return Limits(**values)  # type: ignore[arg-type]
