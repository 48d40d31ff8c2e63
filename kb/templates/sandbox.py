"""The little language of forms: expressions over answers, tags in Word files, case forms as filters.

It is Jinja2 in a sandbox, cut down further to what a form needs: names of fields, comparisons, the filters below and
the functions that number units. Anything else in a form's file is refused with its place before it is run.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any

from jinja2 import StrictUndefined, TemplateError, UndefinedError, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from kb.errors import BadForm
from kb.language.kyrgyz import decline as kyrgyz
from kb.language.kyrgyz import doubtful as doubtful_kyrgyz
from kb.language.months import RUSSIAN
from kb.language.russian import CASES as RUSSIAN_CASES
from kb.language.russian import decline as russian
from kb.language.russian import doubtful as doubtful_russian
from kb.templates.marks import LEVELS, MISSING_END, POINT, number_mark, reference_mark, roman
from kb.templates.model import Doubtful

KYRGYZ_CASES = ("gen", "dat", "acc", "loc", "abl", "attr")
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.List, nodes.Tuple),
    *(nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Filter, nodes.Test, nodes.Getattr, nodes.Getitem, nodes.Call, nodes.Concat, nodes.Keyword),
    *(nodes.Add, nodes.Sub, nodes.Mul),
)
_FUNCTIONS = frozenset({*LEVELS, POINT, "ref"})
_TESTS = frozenset({"defined", "undefined", "in", "none", "eq", "ne", "gt", "ge", "lt", "le"})
_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')


class Told(str):
    """Words of an answer that know which one they come from."""

    __slots__ = ("path",)
    path: str

    def __new__(cls, text: str, path: str) -> Told:
        """``text`` of the answer at ``path``."""
        told = super().__new__(cls, text)
        told.path = path
        return told


@dataclass(frozen=True, slots=True)
class Grammar:
    """Case forms of one rendering: the ones that a person gave, and the doubtful ones that were met."""

    given: Mapping[tuple[str, str], str]
    doubtful: dict[tuple[str, str], Doubtful]


_GRAMMAR: ContextVar[Grammar | None] = ContextVar("grammar", default=None)


@contextmanager
def grammar(given: Mapping[tuple[str, str], str]) -> Iterator[Grammar]:
    """Collect the doubtful case forms of a rendering; ``given`` overrides forms by (path, case)."""
    collected = Grammar(given, {})
    token = _GRAMMAR.set(collected)
    try:
        yield collected
    finally:
        _GRAMMAR.reset(token)


@lru_cache(maxsize=4096)
def _form(phrase: str, case: str) -> tuple[str, bool]:
    """A case form, and whether a person should confirm it."""
    if case in RUSSIAN_CASES:
        return russian(phrase, case), doubtful_russian(phrase)
    return kyrgyz(phrase, case), doubtful_kyrgyz(phrase)


def _declined(value: object, case: str) -> str:
    if value is None:
        return ""
    phrase = str(value)
    if phrase.endswith(MISSING_END):
        return phrase
    path = value.path if isinstance(value, Told) else phrase
    collected = _GRAMMAR.get()
    if collected and (path, case) in collected.given:
        return Told(collected.given[path, case], path)
    form, doubt = _form(phrase, case)
    if collected and isinstance(value, Told) and doubt:
        collected.doubtful.setdefault((path, case), Doubtful(path, case, form))
    return Told(form, path)


def _keeping(change: Callable[[str], str], value: object) -> str:
    if value is None:
        return ""
    told = change(str(value))
    return Told(told, value.path) if isinstance(value, Told) else told


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None


def date_ky(value: object) -> str:
    """A date as Kyrgyz documents write it (``2022-жылдын 12-декабры``); what is no date stays."""
    day = _date(value)
    return _plain(value) if day is None else kyrgyz(day.isoformat(), "acc").removesuffix("н")


def date_ru(value: object) -> str:
    """A date as Russian documents write it (``12 декабря 2022 года``); what is no date stays."""
    day = _date(value)
    return _plain(value) if day is None else f"{day.day} {RUSSIAN[day.month - 1]} {day.year} года"


def _date_attr(value: object) -> str:
    day = _date(value)
    return _plain(value) if day is None else kyrgyz(day.isoformat(), "attr")


def _day(value: object) -> str:
    day = _date(value)
    return _plain(value) if day is None else f"{day:%d.%m.%Y}"


def _roman(value: object) -> object:
    return roman(int(str(value))) if str(value).isdecimal() and 0 < int(str(value)) < 400 else value


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, its arithmetic kept to small numbers."""

    intercepted_binops = frozenset({"+", "-", "*"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Reckon with numbers below a billion and nothing else."""
        if not all(type(one) is int and abs(one) < 10**9 for one in (left, right)):
            raise TypeError(operator)
        return super().call_binop(context, operator, left, right)


def _spaced(value: object) -> str:
    return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else _plain(value)


def _feminine(value: object) -> str:
    """Feminine of an adjective of a place (``Нарынский`` → ``Нарынская``)."""
    return _keeping(lambda text: re.sub(r"(?:ый|ий|ой)$", "ая", text), value)


def _shown(value: object) -> object:
    """What a tag writes: a line break in an answer is one in Word."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup) and "\n" in value:
        return _BREAK.join(escape(line) for line in value.split("\n"))
    return value


@cache
def environment() -> ImmutableSandboxedEnvironment:
    """The environment of all forms."""
    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=_shown, cache_size=0)
    made.filters.clear()
    for case in (*KYRGYZ_CASES, *RUSSIAN_CASES):
        made.filters[case] = partial(_declined, case=case)
    made.filters |= {
        "capital": partial(_keeping, _capital),
        "upper": partial(_keeping, str.upper),
        "feminine": _feminine,
        "date_ky": date_ky,
        "date_ru": date_ru,
        "date_attr": _date_attr,
        "day": _day,
        "roman": _roman,
        "even": lambda value: isinstance(value, int) and value % 2 == 0,
        "spaced": _spaced,
        "count": lambda value: len(value) if isinstance(value, tuple) else 1,
    }
    made.globals.clear()
    for level in (*LEVELS, POINT):
        made.globals[level] = partial(_numbered, level)
    made.globals["ref"] = lambda label: Markup(reference_mark(str(label)))  # noqa: S704
    return made


def _numbered(level: str, label: str = "") -> Markup:
    return Markup(number_mark(level, str(label)))  # noqa: S704


def parse(source: str, names: Iterable[str], where: Callable[[int], str]) -> nodes.Template:
    """Syntax tree of a template that uses nothing but what a form may use.

    Args:
        source: the template.
        names: names that it may use.
        where: words for the place of a line, from 1.

    Raises:
        BadForm: it cannot be read, or uses something else.
    """
    try:
        tree = environment().parse(source)
    except TemplateError as problem:
        line = getattr(problem, "lineno", 1) or 1
        raise BadForm(reason="syntax", where=where(line), problem=str(problem)[:200]) from None
    for node in _every(tree):
        if what := _forbidden(node):
            raise BadForm(reason="forbidden", where=where(node.lineno), problem=what[:200])
    if deep := _too_deep(tree):
        raise BadForm(reason="forbidden", where=where(deep), problem="for")
    if unknown := find_undeclared_variables(tree) - set(names) - _FUNCTIONS:
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name in unknown)
        raise BadForm(reason="unknown_name", where=where(line), problem=", ".join(sorted(unknown))[:200])
    return tree


def _every(tree: nodes.Node) -> Iterator[nodes.Node]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(node.iter_child_nodes())


def _too_deep(tree: nodes.Template) -> int:
    """Line of a loop in a loop in a loop, which could run for ever; 0 for none."""
    for outer in tree.find_all(nodes.For):
        for middle in _inside(outer):
            for inner in _inside(middle):
                return inner.lineno
    return 0


def _inside(loop: nodes.For) -> Iterator[nodes.For]:
    for child in (*loop.body, *loop.else_):
        if isinstance(child, nodes.For):
            yield child
        yield from child.find_all(nodes.For)


def _forbidden(node: nodes.Node) -> str:
    """What is wrong with a node of the syntax tree, or nothing."""
    match node:
        case nodes.Call():
            called = node.node
            wrong = not isinstance(called, nodes.Name) or called.name not in _FUNCTIONS
            wrong = wrong or bool(node.kwargs or node.dyn_args or node.dyn_kwargs)
            wrong = wrong or not all(isinstance(one, nodes.Const) for one in node.args)
            return "call" if wrong else ""
        case nodes.Getattr():
            return node.attr if node.attr.startswith("_") else ""
        case nodes.Getitem():
            return "" if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, int) else "[…]"
        case nodes.Filter():
            return "" if node.name in environment().filters and not node.args else node.name
        case nodes.Test():
            return "" if node.name in _TESTS else node.name
        case nodes.Name():
            return node.name if node.name.startswith("_") or (node.ctx != "load" and node.name in _FUNCTIONS) else ""
    return (
        ""
        if isinstance(node, (nodes.Expr, nodes.Stmt, nodes.Helper, nodes.Template)) and _listed(node)
        else (type(node).__name__)
    )


def _listed(node: nodes.Node) -> bool:
    return isinstance(node, _ALLOWED)


@lru_cache(maxsize=4096)
def expression(source: str, names: frozenset[str]) -> Callable[[Mapping[str, object]], Any]:
    """An expression of a form (``population >= 6001``), checked, as a function of the answers.

    It returns None where an answer that it reads is wanting or does not fit it.

    Raises:
        BadForm: it cannot be read, or uses something else than ``names``.
    """
    parse("{{ " + source + "\n}}", names, lambda _line: source)
    compiled = environment().compile_expression(source, undefined_to_none=False)

    def value(answers: Mapping[str, object]) -> Any:
        try:
            found = compiled(**answers)
        except (UndefinedError, TypeError):
            return None
        return None if isinstance(found, StrictUndefined) else found

    return value


@lru_cache(maxsize=4096)
def names_of(source: str) -> frozenset[str]:
    """Names that an expression reads."""
    return frozenset(find_undeclared_variables(environment().parse("{{ " + source + "\n}}")))
