"""Pages from templates: one Jinja2 environment for each interface language, assets addressed by their content."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.language.model import Language
from kb.web import wording
from kb.web.translate import catalogue, count, day, tell

#: Kyrgyzstan keeps one time all year.
BISHKEK = dt.timezone(dt.timedelta(hours=6))

HERE = Path(__file__).parent
STATIC = HERE / "static"

#: Files of ``static/`` with their media types; nothing else is served.
ASSETS = {
    "kb.css": "text/css; charset=utf-8",
    "kb.js": "text/javascript; charset=utf-8",
    "drafts.css": "text/css; charset=utf-8",
    "naming.css": "text/css; charset=utf-8",
    "drafts.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@cache
def asset(name: str) -> tuple[bytes, str]:
    """Bytes of an asset and the digest that its address carries."""
    content = (STATIC / name).read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:12]


def asset_href(name: str) -> str:
    """Address of an asset; another one whenever its bytes change."""
    return f"/static/{name}?v={asset(name)[1]}"


@cache
def environment(language: Language) -> Environment:
    """Templates that speak one language; autoescape on, an undefined name is an error."""
    env = Environment(
        loader=FileSystemLoader(HERE / "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    messages = catalogue(language)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        messages.gettext, messages.ngettext, newstyle=True
    )
    env.globals["asset"] = asset_href
    env.globals["count"] = lambda number: count(number, language)
    env.globals["day"] = lambda date: day(_local(date), language)
    env.globals["status_words"] = lambda code: wording.status(code, language)
    env.globals["language_name"] = lambda code: wording.language_name(code, language)
    return env


def render(template: str, language: Language, **context: object) -> str:
    """A page in a language."""
    return environment(language).get_template(template).render(language=language.value, **context)


def today() -> dt.date:
    """The day in Bishkek, by which «in force» is meant."""
    return dt.datetime.now(tz=BISHKEK).date()


def _local(moment: dt.date) -> dt.date:
    return moment.astimezone(BISHKEK).date() if isinstance(moment, dt.datetime) else moment


def site_name(language: Language) -> str:
    """Name of the site."""
    return tell("Laws of local self-government", language)
