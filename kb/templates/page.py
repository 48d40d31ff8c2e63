"""A filled document as a plain HTML page, for a community's own web site."""

from __future__ import annotations

import html
import re

from lxml import etree

from kb.language.model import Language
from kb.templates.fill import render
from kb.templates.marks import without_filling
from kb.templates.model import Checked, Clause, Form
from kb.templates.preview import clauses_of

_MARK = re.compile(r"</?mark[^<>]*>")
_STYLE = (
    "body{max-width:45rem;margin:2rem auto;padding:0 1rem;font:17px/1.5 'Times New Roman',serif}"
    "h1,h2,.title,.subtitle,.centre{text-align:center}.title,.subtitle{font-weight:bold}"
    ".right{margin-left:55%}.note,footer{color:#595959;font-size:.8rem;text-align:center}"
    ".dash{margin-left:2rem}.dash::before{content:'– '}table{width:100%;border-collapse:collapse}"
    ".grid td{border:1px solid}td{padding:.2rem .5rem;vertical-align:top}"
)


def page(form: Form, checked: Checked, language: Language, answers: object = None) -> str:
    """The filled document as a whole HTML page without scripts and without anything from another host.

    Args:
        form: the form.
        checked: its checked answers, without errors.
        language: language of the document.
        answers: the raw answers, for the case forms that they give.

    Raises:
        ValueError: there are errors in the answers, or the form has no template in ``language``.
        BadForm: the template does not work.
    """
    if checked.errors:
        raise ValueError(checked.errors[0].field)
    rendered = render(form, checked, language, answers)
    body = "\n".join(_piece(clause) for clause in clauses_of(rendered.document))
    feet = [_words(part) for name, part in sorted(rendered.parts.items()) if name.startswith("word/footer")]
    foot = " ".join(html.escape(words) for words in feet if words)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(form.title.of(language))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n<footer>{foot}</footer>\n</body>\n</html>\n"
    )


def _piece(clause: Clause) -> str:
    heading = f"{clause.number}. {clause.heading}" if clause.heading else ""
    tag = "h2" if clause.level == "section" else "h3"
    told = f'<{tag} id="{html.escape(clause.label)}">{html.escape(heading)}</{tag}>\n' if heading else ""
    return told + _MARK.sub("", clause.html)


def _words(part: str) -> str:
    """Words of a page's foot, without the page number that Word counts."""
    tree = etree.fromstring(without_filling(part).encode())
    paragraphs = ["".join(par.itertext("{*}t")) for par in tree.iter("{*}p") if par.find(".//{*}fldChar") is None]
    return " ".join(filter(None, paragraphs))
