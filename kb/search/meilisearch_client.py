"""HTTP to a Meilisearch server: one call, its errors told apart, and tasks waited for."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, ProtocolError
from urllib3.util import parse_url

from kb.errors import BadParameter, EngineUnavailable, IndexMissing

_CONNECT_SECONDS = 2.0
#: Seconds for an answer to those who write; a search waits less.
_ANSWER_SECONDS = 30.0
_SEARCH_SECONDS = 5.0
_TASK_SECONDS = 600.0
_SHORTEST, _LONGEST = 0.004, 0.25
_GONE = frozenset({"index_not_found", "document_not_found", "api_key_not_found"})


class Refusal(EngineUnavailable):
    """The server answers, but not with what was asked for; ``problem`` is Meilisearch's own code."""

    def __init__(self, *, problem: str, message: str) -> None:
        """Keep the code and message that the server gave."""
        super().__init__(engine="meilisearch", reason=f"{problem}: {message}")
        self.problem = problem

    def __reduce__(self) -> tuple[object, ...]:
        """Between processes it is what every caller sees: an engine that does not answer."""
        return EngineUnavailable(**self.params).__reduce__()


def unavailable(reason: object) -> EngineUnavailable:
    """The error for a server that is away or does something unforeseen."""
    return EngineUnavailable(engine="meilisearch", reason=str(reason))


class Client:
    """Calls to one server with one key; safe to use from several threads."""

    def __init__(self, url: str, key: str, *, seconds: float = _ANSWER_SECONDS) -> None:
        """Talk to ``url`` (nothing is sent yet).

        Args:
            url: address of the server, with ``http://`` or ``https://``.
            key: sent with each call unless empty.
            seconds: time that an answer may take.

        Raises:
            BadParameter: ``url`` is no such address.
        """
        self._url = _check(url)
        self._key = key
        # An answer that the server compresses comes in two packets, the second of which waits 40 ms for an
        # acknowledgement; plain answers come at once.
        self._headers = {"Accept-Encoding": "identity", "User-Agent": "kb"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=seconds)
        self._pool = urllib3.PoolManager(maxsize=16, retries=False)

    def for_searches(self, key: str | None = None) -> Client:
        """A client of the same server with another key (or the same), which waits no longer than a reader does."""
        return Client(self._url, self._key if key is None else key, seconds=_SEARCH_SECONDS)

    def get(self, path: str) -> Any:
        """The answer to GET."""
        return self._call("GET", path, None, "application/json")

    def post(self, path: str, body: object) -> Any:
        """The answer to POST of a JSON value."""
        return self._call("POST", path, _encode(body), "application/json")

    def patch(self, path: str, body: object) -> Any:
        """The answer to PATCH of a JSON value."""
        return self._call("PATCH", path, _encode(body), "application/json")

    def delete(self, path: str) -> Any:
        """The answer to DELETE."""
        return self._call("DELETE", path, None, "application/json")

    def post_lines(self, path: str, lines: bytes) -> Any:
        """The answer to POST of JSON values, one a line."""
        return self._call("POST", path, lines, "application/x-ndjson")

    def wait(self, tasks: Iterable[int]) -> None:
        """Wait until all tasks have succeeded.

        Raises:
            EngineUnavailable: one failed (``reason`` has its error) or was cancelled, or nothing ends any more.
        """
        waiting = list(tasks)
        pause = _SHORTEST
        deadline = time.monotonic() + _TASK_SECONDS
        while waiting:
            asked = ",".join(map(str, waiting[:200]))
            ended = {task["uid"] for task in self._tasks(f"uids={asked}") if _has_ended(task)}
            waiting = [task for task in waiting if task not in ended]
            if not waiting:
                return
            if ended:
                deadline = time.monotonic() + _TASK_SECONDS
            elif time.monotonic() > deadline:
                raise unavailable(f"task {waiting[0]} does not end")
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST)

    def unfinished(self, indexes: Sequence[str]) -> list[int]:
        """Tasks of indexes that have not ended."""
        names = ",".join(indexes)
        return [task["uid"] for task in self._tasks(f"indexUids={names}&statuses=enqueued,processing")]

    def _tasks(self, which: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.get(f"/tasks?limit=1000&{which}")["results"]
        return found

    def _call(self, method: str, path: str, body: bytes | None, sort: str) -> Any:
        try:
            status, data = self._send(method, path, body, sort)
        except HTTPError as error:
            raise unavailable(error) from error
        told = _decode(status, data)
        if status < 400:
            return told
        problem, message = str(told.get("code", status)), str(told.get("message", ""))
        if problem == "index_not_found":
            raise IndexMissing(engine="meilisearch")
        raise Refusal(problem=problem, message=message)

    def _send(self, method: str, path: str, body: bytes | None, sort: str) -> tuple[int, bytes]:
        headers = self._headers | ({"Content-Type": sort} if body is not None else {})
        for attempt in (1, 2):
            try:
                answer = self._pool.request(method, self._url + path, body=body, headers=headers, timeout=self._timeout)
                return answer.status, answer.data
            except ProtocolError:
                # A connection that was kept open may belong to a server that has been restarted meanwhile;
                # all that is sent here may be sent twice.
                if attempt == 2:
                    raise
        raise AssertionError


def _check(url: str) -> str:
    try:
        parsed = parse_url(url)
    except LocationParseError:
        parsed = parse_url("")
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise BadParameter(name="KB_MEILI_URL", value=url)
    return url.rstrip("/")


def _encode(body: object) -> bytes:
    # half a surrogate pair, which JSON parsers refuse, becomes a question mark
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class _Answer(dict[str, Any]):
    """A JSON object of the server's; to ask it for what it has not is to find another kind of server."""

    def __missing__(self, name: str) -> Any:
        raise unavailable(f"no {name} in the answer")


def _decode(status: int, data: bytes) -> _Answer:
    try:
        told = json.loads(data or b"{}")
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise unavailable(f"HTTP {status}: {data[:80]!r}")
    return _Answer(told)


def _has_ended(task: Mapping[str, Any]) -> bool:
    if task["status"] in ("failed", "canceled"):
        error = task.get("error") or {}
        raise Refusal(
            problem=str(error.get("code", task["status"])),
            message=f"task {task['uid']} ({task['type']}): {error.get('message', task['status'])}",
        )
    return bool(task["status"] == "succeeded")
