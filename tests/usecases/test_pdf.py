"""PDF files: so many are made at once, so many wait, the next one is told to come again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore

import pytest

from kb.errors import Busy, ProgramFailed
from kb.usecases import pdf


def test_who_finds_too_many_waiting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    going, begun = Event(), Semaphore(0)

    def slow(*_given: object, **_more: object) -> bytes:
        begun.release()
        assert going.wait(20)
        return b"%PDF-"

    monkeypatch.setattr(pdf, "convert_file", slow)
    with ThreadPoolExecutor(9) as people:
        made = [people.submit(pdf.to_pdf, b"") for _person in range(8)]
        assert begun.acquire(timeout=20)
        assert begun.acquire(timeout=20)
        assert not begun.acquire(timeout=0.1), "two at once"
        while sum(one.running() for one in made) < 8:
            assert not any(one.done() for one in made)
        deadline = Event()
        while not deadline.wait(0.01):
            if not pdf._QUEUE.acquire(blocking=False):
                break
            pdf._QUEUE.release()
        with pytest.raises(Busy):
            pdf.to_pdf(b"")
        going.set()
        assert [one.result(20) for one in made] == [b"%PDF-"] * 8
    assert pdf.to_pdf(b"") == b"%PDF-"


def test_a_failure_leaves_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_more: object) -> bytes:
        raise ProgramFailed(program="soffice")

    monkeypatch.setattr(pdf, "convert_file", broken)
    for _time in range(10):
        with pytest.raises(ProgramFailed):
            pdf.to_pdf(b"")
