"""How well the judged queries are answered: by kind and language, every miss listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from kb.bench.judged import Judged, Unit, distinct, group_of
from kb.bench.metrics import ndcg, recall, reciprocal_rank, success

#: Kinds that a thesaurus decides; the others are held to a higher target.
BY_MEANING = frozenset({"paraphrase", "other_language"})
NO_ANSWER = "no_answer"
_TOP, _DEPTH = 5, 10


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine answered.

    Attributes:
        units: units of its hits in their order; a part of a group stands for the group.
        told: whether it says that it did not find what was asked (nothing found, or words left out).
    """

    units: Sequence[Unit]
    told: bool


Ask = Callable[[str], Found]


def found(units: Iterable[Unit], *, told: bool) -> Found:
    """An answer whose hits are parts or groups."""
    return Found(distinct((act, lang, group_of(eid)) for act, lang, eid in units), told)


@dataclass(frozen=True, slots=True)
class Score:
    """A judged query and how it was answered; all figures from 0 to 1.

    ``right`` is for numbers whether a best answer stands first, for queries without an answer whether the engine
    says so, and else whether a best answer is among the first five.
    """

    query: Judged
    found: Found
    recall: float
    success: float
    mrr: float
    ndcg: float
    right: bool


def score(query: Judged, answer: Found) -> Score:
    """Measure an answer."""
    units, best = answer.units, query.best
    any_best = success(units, best, _TOP)
    right = answer.told if query.kind == NO_ANSWER else any_best == 1.0
    if query.kind == "number":
        right = bool(units) and units[0] in best
    return Score(
        query,
        answer,
        recall(units, best, _TOP),
        any_best,
        reciprocal_rank(units[:_DEPTH], best),
        ndcg(units, query.grades, _DEPTH),
        right,
    )


def measure(queries: Iterable[Judged], ask: Ask) -> list[Score]:
    """Ask every query."""
    return [score(query, ask(query.text)) for query in queries]


def summarise(scores: Sequence[Score]) -> dict[str, object]:
    """The figures of an engine as plain data.

    Returns:
        ``targets`` (Recall@5 of the kinds with the higher and with the lower target, numbers not first), the same
        for the ``odd`` and the ``even`` half, figures by kind and language, and the misses.
    """
    kinds = list(dict.fromkeys(one.query.kind for one in scores))
    langs = sorted({one.query.lang for one in scores})
    return {
        "targets": _targets(scores),
        "odd": _targets([one for one in scores if one.query.odd]),
        "even": _targets([one for one in scores if not one.query.odd]),
        "by_kind": {
            kind: {
                name: _figures(part)
                for name, part in [("all", _of(scores, kind)), *((lang, _of(scores, kind, lang)) for lang in langs)]
                if part
            }
            for kind in kinds
        },
        "by_lang": {lang: _figures([one for one in _answered(scores) if one.query.lang == lang]) for lang in langs},
        "all": _figures(_answered(scores)),
        "misses": [_miss(one) for one in scores if not one.right or (one.query.best and one.recall < 1)],
    }


def _answered(scores: Sequence[Score]) -> list[Score]:
    return [one for one in scores if one.query.kind != NO_ANSWER]


def _of(scores: Sequence[Score], kind: str, lang: str | None = None) -> list[Score]:
    return [one for one in scores if one.query.kind == kind and lang in (None, one.query.lang)]


def _targets(scores: Sequence[Score]) -> dict[str, object]:
    answered = _answered(scores)
    literal = [one for one in answered if one.query.kind not in BY_MEANING]
    meant = [one for one in answered if one.query.kind in BY_MEANING]
    return {
        "recall_5": _mean(one.recall for one in literal),
        "recall_5_by_meaning": _mean(one.recall for one in meant),
        "success_5": _mean(one.success for one in literal),
        "success_5_by_meaning": _mean(one.success for one in meant),
        "numbers_wrong": [one.query.id for one in _of(scores, "number") if not one.right],
    }


def _figures(scores: Sequence[Score]) -> Mapping[str, object]:
    return {
        "queries": len(scores),
        "right": sum(one.right for one in scores),
        "recall_5": _mean(one.recall for one in scores),
        "success_5": _mean(one.success for one in scores),
        "mrr": _mean(one.mrr for one in scores),
        "ndcg_10": _mean(one.ndcg for one in scores),
    }


def _mean(values: Iterable[float]) -> float | None:
    all_values = list(values)
    return round(mean(all_values), 4) if all_values else None


def _miss(one: Score) -> dict[str, object]:
    return {
        "id": one.query.id,
        "query": one.query.text,
        "right": one.right,
        "recall_5": round(one.recall, 3),
        "wanted": [_name(unit) for unit in sorted(one.query.best, key=str)],
        "found": [_name(unit) for unit in one.found.units[:_TOP]],
        "places": [place for place, unit in enumerate(one.found.units, start=1) if unit in one.query.best],
    }


def _name(unit: Unit) -> str:
    act, lang, eid = unit
    return f"{act} {lang}" + (f" {eid}" if eid else "")
