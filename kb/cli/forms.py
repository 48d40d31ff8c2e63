"""The commands about forms: ``kb form list``, ``kb form show``, ``kb form import``, ``kb fill``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from kb import bootstrap
from kb.cli.terminal import Terminal
from kb.errors import BadParameter, FileNotFound, TooLarge, UnknownForm
from kb.language.model import Language
from kb.templates.catalog import load_form
from kb.templates.convert import import_form
from kb.templates.model import Form, Problem
from kb.usecases.fill import FillResult, fill_form
from kb.usecases.forms import MOST_BLANK, MOST_UNPACKED
from kb.web import form_answers

#: Most bytes of answers that are read.
MOST_ANSWERS = 5_000_000


def add_commands(app: typer.Typer, terminal: Terminal) -> None:
    """Add the commands about forms to the ``kb`` command."""
    forms = typer.Typer(no_args_is_help=True, help="Forms: what there are, what they ask.")
    app.add_typer(forms, name="form")
    _add_list(forms, terminal)
    _add_show(forms, terminal)
    _add_import(forms, terminal)
    _add_fill(app, terminal)


def _add_list(forms: typer.Typer, terminal: Terminal) -> None:
    @forms.command("list")
    def list_command(as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
        """List the forms.

        Example: kb form list
        """
        with terminal.told(as_json):
            listed = bootstrap.open_forms().all()
        if as_json:
            terminal.show(form_answers.forms_answer(listed))
            return
        for form in listed:
            title = form.title.of(terminal.language())
            terminal.out.print(Text.assemble((f"{form.id:24}", "bold"), f"{title}  ", (", ".join(form.langs), "dim")))


def _form(id_or_dir: str) -> Form:
    """A form of the product, one in a folder, or an imported one of the installation."""
    try:
        return load_form(id_or_dir)
    except UnknownForm:
        return bootstrap.open_forms().load(id_or_dir)


def _add_show(forms: typer.Typer, terminal: Terminal) -> None:
    @forms.command("show")
    def show_command(
        form: Annotated[str, typer.Argument(metavar="ID", help="Id of a form, or folder of one.")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    ) -> None:
        """Show what a form asks.

        Example: kb form show charter
        """
        with terminal.told(as_json):
            found = _form(form)
        if as_json:
            terminal.show(form_answers.form_answer(found))
            return
        language = terminal.language()
        for field in found.asked():
            label = field.label.of(language)
            mark = "*" if field.required else " "
            terminal.out.print(Text.assemble((f"{field.name:32}", "bold"), f"{mark} {field.type:12} {label}"))
            for choice in field.choices:
                terminal.out.print(Text(f"{'':36}{choice.value}: {choice.label.of(language)}"))


def _add_import(forms: typer.Typer, terminal: Terminal) -> None:
    @forms.command("import")
    def import_command(
        model: Annotated[Path, typer.Argument(metavar="MODEL.docx", help="Blank document, a Word file.")],
        output: Annotated[
            Path | None,
            typer.Option("-o", "--output", metavar="DIR", help="Folder of the form; else it is put into the library."),
        ] = None,
        overlay: Annotated[
            Path | None, typer.Option("--overlay", metavar="FILE", help="What is known about this document.")
        ] = None,
        no_overlay: Annotated[bool, typer.Option("--no-overlay", help="Propose everything from its words.")] = False,
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    ) -> None:
        """Make a form of a blank document.

        With -o it goes into a folder, which can then be given as ID; without, into the library, whose pages then
        show it and where it can be named.

        Example: kb form import blank.docx -o ./blank
        """
        with terminal.told(as_json):
            if overlay and no_overlay:
                raise BadParameter(name="--no-overlay", value="--overlay")
            known = _read(overlay, MOST_BLANK) if overlay else None
            content = _read(model, MOST_BLANK)
            if output is None:
                taken = bootstrap.open_forms().take_in(content, model.name, overlay=known, recognise=not no_overlay)
                answer = form_answers.held_answer(taken.held)
            else:
                answer = form_answers.import_answer(
                    import_form(
                        content,
                        model.stem,
                        output,
                        overlay=known,
                        recognise=not no_overlay,
                        unpacked_bytes=MOST_UNPACKED,
                        origin=model.name,
                    )
                )
        if as_json:
            terminal.show(answer)
            return
        for one in answer.unsure:
            terminal.err.print(Text(f"{one.where}: {one.text} ({one.reason})", style="yellow"))
        for warning in answer.warnings:
            terminal.err.print(Text(f"{warning.where}: {warning.code}", style="yellow"))
        told = f"{answer.id}  {answer.found}/{answer.blanks}, {len(answer.fields)}, {len(answer.unsure)}?"
        terminal.out.print(Text(told, style="bold green"))


def _read(path: Path, most: int) -> bytes:
    try:
        if path.stat().st_size > most:
            raise TooLarge(what="bytes", limit=most)
        return path.read_bytes()
    except OSError:
        raise FileNotFound(path=str(path)) from None


def _add_fill(app: typer.Typer, terminal: Terminal) -> None:
    @app.command("fill")
    def fill_command(
        form: Annotated[str, typer.Argument(metavar="ID", help="Id of a form, or folder of one.")],
        lang: Annotated[str, typer.Option("--lang", help="ky or ru.")],
        answers: Annotated[Path, typer.Option("--answers", help="Answers, a JSON file.")],
        output: Annotated[Path, typer.Option("-o", "--output", help="Word file to be written.")],
        as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    ) -> None:
        """Fill a form from answers.

        Example: kb fill charter --lang ky --answers answers.json -o charter.docx
        """
        with terminal.told(as_json):
            result = _filled(form, lang, answers)
            if result.docx is not None:
                _write(output, result.docx)
        language = terminal.language()
        answer = form_answers.FillAnswer(
            output=str(output) if result.docx is not None else None,
            warnings=form_answers.problem_items(result.warnings, language),
            doubtful=form_answers.doubtful_items(result.doubtful),
            errors=form_answers.problem_items(result.errors, language),
        )
        if as_json:
            terminal.show(answer)
        else:
            _print(answer, terminal)
        raise typer.Exit(1 if answer.errors else 0)


def _filled(form: str, lang: str, answers: Path) -> FillResult:
    chosen = _form(form)
    if lang not in {language.value for language in chosen.langs}:
        raise BadParameter(name="--lang", value=lang)
    try:
        if answers.stat().st_size > MOST_ANSWERS:
            return FillResult(None, (Problem("", "too_long", {"limit": MOST_ANSWERS}),), (), ())
        given = json.loads(answers.read_bytes())
    except OSError:
        raise FileNotFound(path=str(answers)) from None
    except (ValueError, RecursionError):
        return FillResult(None, (Problem("", "bad_json"),), (), ())
    return fill_form(chosen, given, Language(lang))


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as problem:
        raise BadParameter(name="--output", value=str(output), problem=problem.strerror or "") from None


def _print(answer: form_answers.FillAnswer, terminal: Terminal) -> None:
    for error in answer.errors:
        terminal.err.print(Text(f"{error.field}: {error.message}", style="red"))
    for warning in answer.warnings:
        terminal.err.print(Text(f"{warning.field}: {warning.message}", style="yellow"))
    for doubt in answer.doubtful:
        terminal.err.print(Text(f"{doubt.field} ({doubt.case}): {doubt.form}?", style="yellow"))
    if answer.output:
        terminal.out.print(Text(answer.output, style="bold green"))
