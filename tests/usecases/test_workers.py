"""Work in bounded processes: in order, and nothing takes the others along."""

from __future__ import annotations

import os
import time

import pytest

from kb.errors import Damaged, KbError, TooLarge
from kb.usecases.workers import Bounds, run_all

BOUNDS = Bounds(seconds=30, memory_bytes=200 * 1024**2)


def work(task: str) -> str | KbError:
    match task:
        case "sleep":
            time.sleep(60)
        case "eat":
            return str(len(bytearray(2 * 1024**3)))
        case "die":
            os._exit(7)
        case "damaged":
            raise Damaged(part="x")
        case "bug":
            raise ZeroDivisionError
    return task.upper()


def codes(tasks: list[str], bounds: Bounds = BOUNDS) -> list[str]:
    return [
        answer.code if isinstance(answer, KbError) else str(answer)
        for _, answer in run_all(work, tasks, bounds, processes=2)
    ]


def test_answers_come_in_the_order_of_the_tasks() -> None:
    tasks = [f"t{number}" for number in range(20)]
    assert codes(tasks) == [task.upper() for task in tasks]


def test_what_fails_leaves_the_rest_alone() -> None:
    assert codes(["a", "damaged", "die", "eat", "b"]) == ["A", "damaged", "too_large", "too_large", "B"]


def test_time_runs_out() -> None:
    start = time.monotonic()
    results = list(run_all(work, ["sleep", "a"], Bounds(0.5, BOUNDS.memory_bytes), processes=1))
    assert isinstance(results[0][1], TooLarge)
    assert results[0][1].params["what"] == "seconds"
    assert results[1][1] == "A"
    assert time.monotonic() - start < 20


def test_an_error_of_ours_keeps_its_parameters() -> None:
    ((_, error),) = run_all(work, ["damaged"], BOUNDS, processes=1)
    assert isinstance(error, Damaged)
    assert error.params == {"part": "x"}


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        codes(["bug"])


def test_what_is_ready_needs_no_worker() -> None:
    asked: list[str] = []

    def ready(task: str) -> str | None:
        asked.append(task)
        return "ready" if task == "die" else None

    results = list(run_all(work, ["die", "a"], BOUNDS, ready=ready, processes=1))
    assert results == [("die", "ready"), ("a", "A")]
    assert asked == ["die", "a"]


def test_tasks_are_not_read_far_ahead() -> None:
    read: list[int] = []

    def tasks() -> object:
        for number in range(100):
            read.append(number)
            yield str(number)

    answers = run_all(work, tasks(), BOUNDS, processes=2)  # type: ignore[arg-type]
    next(answers)
    assert len(read) <= 5
    answers.close()  # type: ignore[attr-defined]


def test_a_task_can_be_given_more_time() -> None:
    def again(task: str, error: KbError) -> tuple[str, float] | None:
        return (f"more {task}", 20.0) if error.code == "damaged" else None

    results = list(run_all(work, ["a", "damaged", "b", "die"], BOUNDS, again=again, processes=2))
    assert [task for task, _ in results] == ["a", "more damaged", "b", "die"]
    assert [str(answer) for _, answer in results[:3]] == ["A", "MORE DAMAGED", "B"]
