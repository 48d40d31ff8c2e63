"""The commands of readers: ``kb list``, ``show``, ``search``, ``cite``."""

from __future__ import annotations

import datetime as dt
import html
import re
import sys
from typing import Annotated

import typer
from rich.text import Text

from kb import bootstrap
from kb.cli.terminal import Json, Lang, app, err, one_of, out, reader_language, show, told
from kb.language.model import Language
from kb.search.model import Filters, Query
from kb.storage.model import ActFilter, ActSummary
from kb.usecases.citing import cite_text, context_of
from kb.web import answers, wording
from kb.web.citing import cite_answer
from kb.web.render import today

#: Acts that a list asks for at once.
PAGE = 500


@app.command("list")
def list_acts(as_json: Json = False) -> None:
    """List all acts.

    Example: kb list --json
    """
    with told(as_json):
        library = bootstrap.open_library()
        acts: list[ActSummary] = []
        while page := library.list_acts(ActFilter(), limit=PAGE, offset=len(acts)).acts:
            acts.extend(page)
    if as_json:
        show(answers.act_list(acts))
        return
    language = reader_language()
    for act in acts:
        title = next(iter(act.titles.values()), act.act)
        words = [wording.kind(act.kind, language), wording.status(act.status, language)]
        if not act.official:
            words.append(wording.facet_value("official", "false", language))
        out.print(Text.assemble((title, "bold"), "\n    ", " · ".join(words), "\n    ", (act.act, "blue")))


@app.command("show")
def show_act(
    act: Annotated[str, typer.Argument(help="URI of the act, as `kb list` prints it.")],
    lang: Lang = None,
    unit: Annotated[str | None, typer.Option("--unit", help="eId of a unit: it and all below it.")] = None,
    as_json: Json = False,
) -> None:
    """Show an act, or one of its units.

    Example: kb show /akn/kg/act/law/2021-10-20/123 --unit art_12
    """
    with told(as_json):
        one_of("--lang", lang, ("ky", "ru"))
        library = bootstrap.open_library()
        document = library.document(act, language=Language(lang) if lang else None)
        units = library.units(document.edition.uri, unit) if unit else document.units
        answer = answers.act_answer(document, units)
    if as_json:
        show(answer)
        return
    language = reader_language()
    out.print(Text(answer.title, style="bold"))
    mark = "" if answer.official else " · " + wording.facet_value("official", "false", language)
    out.print(Text(f"{answer.edition} · {wording.status(answer.status, language)}{mark}\n"))
    for item in answer.units:
        head = " ".join(part for part in (wording.level(item.level, language), item.number, item.heading) if part)
        out.print(Text(head, style="bold"))
        for text in (item.text, *(note.text for note in item.notes)):
            if text:
                out.print(Text(text))


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="Words, a number, a citation.")],
    lang: Annotated[list[str] | None, typer.Option(help="ky, ru.")] = None,
    kind: Annotated[list[str] | None, typer.Option()] = None,
    status: Annotated[list[str] | None, typer.Option()] = None,
    body: Annotated[list[str] | None, typer.Option()] = None,
    topic: Annotated[list[str] | None, typer.Option()] = None,
    official: Annotated[bool | None, typer.Option("--official/--unofficial")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Only what has all words as typed.")] = False,
    year: Annotated[list[int] | None, typer.Option()] = None,
    date_from: Annotated[dt.datetime | None, typer.Option("--from", formats=["%Y-%m-%d"])] = None,
    date_to: Annotated[dt.datetime | None, typer.Option("--to", formats=["%Y-%m-%d"])] = None,
    as_of: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
    limit: Annotated[int, typer.Option(min=0, max=200)] = 10,
    offset: Annotated[int, typer.Option(min=0)] = 0,
    as_json: Json = False,
) -> None:
    """Find articles, clauses and acts.

    Example: kb search "жергиликтүү бюджет" --kind law --limit 5
    """
    filters = Filters(
        kind=tuple(kind or ()),
        lang=tuple(lang or ()),
        status=tuple(status or ()),
        year=tuple(year or ()),
        body=tuple(body or ()),
        topic=tuple(topic or ()),
        official=official,
        date_from=date_from.date() if date_from else None,
        date_to=date_to.date() if date_to else None,
    )
    day = as_of.date() if as_of else today()
    with told(as_json):
        services = bootstrap.open_services()
        results = services.searcher.search(Query(query, day, filters, limit, offset, strict))
    if as_json:
        show(answers.search_answer(results))
        return
    language = reader_language()
    for typed, read in results.read_as:
        err.print(Text(f"{typed} → {read}", style="yellow"))
    if results.suggestion:
        err.print(Text(f"? {results.suggestion}", style="yellow"))
    if note := wording.relaxed(results.relaxed, results.left_out, language):
        err.print(Text(note, style="yellow"))
    for hit in results.hits:
        mark = "" if hit.official else " · " + wording.facet_value("official", "false", language)
        out.print(Text(f"{hit.title} · {wording.status(hit.status, language)}{mark}", style="dim"))
        if hit.path:
            out.print(Text(" › ".join(hit.path), style="dim"))
        head = " ".join(
            part for part in (wording.level(hit.level, language) if hit.level else "", hit.number, hit.heading) if part
        )
        out.print(Text(head or hit.title, style="bold"))
        out.print(_marked(hit.snippet))
        out.print(Text(f"{hit.edition}{'/~' + hit.eid if hit.eid else ''}\n", style="blue"))
    out.print(Text(str(results.total), style="bold"))


@app.command()
def cite(
    act: Annotated[str | None, typer.Option(help="URI of the act that the text is of.")] = None,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """Find the citations in a text on standard input and say what they lead to.

    Example: kb cite --json < letter.txt
    """
    text = sys.stdin.buffer.read().decode("utf-8", "replace").removeprefix("\ufeff")
    with told(as_json):
        one_of("--lang", lang, ("ky", "ru"))
        language = Language(lang) if lang else None
        library = bootstrap.open_library()
        context = context_of(library, act, language=language) if act else None
        answer = cite_answer(text, cite_text(text, library, language=language, context=context))
    if as_json:
        show(answer)
        return
    for item in answer.citations:
        places = [eid for unit in item.units for eid in unit.eids] or [""]
        out.print(Text.assemble((" ".join(item.text.split()), "bold"), f" · {item.resolved}"))
        for place in places if item.act.edition else []:
            out.print(Text(f"    {item.act.edition}{'/~' + place if place else ''}", style="blue"))


def _marked(snippet: str) -> Text:
    """A snippet for the terminal: what is marked in it is bold."""
    text = Text()
    for number, part in enumerate(re.split(r"</?mark>", snippet)):
        text.append(html.unescape(part), style="bold yellow" if number % 2 else "")
    return text
