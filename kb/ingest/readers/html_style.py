"""How HTML is set, as far as intake needs it: tags, attributes, inline styles, simple style sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.documents import SpanKind

Declarations = Mapping[str, str]

_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"([a-z][a-z0-9]{0,20})?(?:\.([\w-]{1,60}))?")
_LENGTH = re.compile(r"([+-]?\d{0,6}(?:\.\d{1,6})?)(pt|px|cm|mm|in|em)?")
_POINTS = {"pt": 1.0, "px": 0.75, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "em": 12.0}
_FONT_SIZES = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_MAX_STYLE = 10_000
_MAX_RULES = 5_000
_RAISED = 2.0

_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_STRUCK = frozenset({"s", "strike"})
_CENTRED = frozenset({"center", "th"})
_WEIGHTS = {"bold": True, "bolder": True, "normal": False, "lighter": False}


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for the text of an element; lengths are points.

    Attributes:
        vertical: raised, lowered or neither.
        left: left indent that its elements add up to.
        first: indent of a first line against it.
        outline: heading level, or None.
        kept: white space is kept (``<pre>``).
        contents: it is navigation.
    """

    bold: bool = False
    italic: bool = False
    struck: bool = False
    centred: bool = False
    vertical: SpanKind | None = None
    size: float | None = None
    left: float | None = None
    first: float | None = None
    font: str | None = None
    outline: int | None = None
    kept: bool = False
    contents: bool = False


def declarations(text: str) -> dict[str, str]:
    """Properties of an inline style, names and values in lower case (``text-align:Center`` → center)."""
    found = {}
    for part in text[:_MAX_STYLE].split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


class Sheet:
    """Rules of a page's style sheets whose selector is a tag, a class or both."""

    def __init__(self) -> None:
        """Begin without rules."""
        self._rules: dict[tuple[str, str], dict[str, str]] = {}

    def add(self, text: str) -> None:
        """Add the rules of a ``<style>``; at-rules are left out with all in them."""
        text = _without_comments(text)
        depth, start, selector = 0, 0, ""
        for brace in _BRACE.finditer(text):
            if brace.group() == "{":
                if depth == 0:
                    selector, start = text[start : brace.start()], brace.end()
                depth += 1
            elif depth:
                depth -= 1
                if depth == 0:
                    # A selector may follow statements such as @import.
                    self._rule(selector.rpartition(";")[2].strip(), text[start : brace.start()])
                    start = brace.end()

    def _rule(self, selectors: str, body: str) -> None:
        if selectors.startswith("@") or len(self._rules) > _MAX_RULES:
            return
        declared = declarations(body)
        for selector in selectors[:_MAX_STYLE].split(","):
            found = _SELECTOR.fullmatch(selector.strip())
            if found and found.group():
                tag, name = (found.group(1) or "").lower(), found.group(2) or ""
                self._rules.setdefault((tag, name), {}).update(declared)

    def declared(self, tag: str, attributes: Mapping[str, str]) -> Declarations:
        """What rules and the inline style say of an element, the nearer over the farther."""
        if not self._rules and "style" not in attributes:
            return {}
        found = dict(self._rules.get((tag, ""), {}))
        if "align" in attributes:
            # LibreOffice centres by the attribute, below a rule that sets all paragraphs to the left.
            found.pop("text-align", None)
        for name in attributes.get("class", "").split()[:20]:
            found |= self._rules.get(("", name), {})
            found |= self._rules.get((tag, name), {})
        return found | declarations(attributes.get("style", ""))


def _without_comments(text: str) -> str:
    """A style sheet without comments and the marks that hide it from old browsers; an open comment takes the rest."""
    kept = []
    for number, part in enumerate(text.replace("<!--", " ").replace("-->", " ").split("/*")):
        kept.append(part if number == 0 else part.partition("*/")[2])
    return " ".join(kept)


def is_hidden(attributes: Mapping[str, str], declared: Declarations) -> bool:
    """Whether an element is not shown, or is a page header or footer that Word or LibreOffice exported."""
    return (
        "hidden" in attributes
        or declared.get("display") == "none"
        or declared.get("visibility") in {"hidden", "collapse"}
        or declared.get("mso-hide") == "all"
        or declared.get("mso-element") in {"header", "footer"}
        or attributes.get("title") in {"header", "footer"}
    )


def length(text: str | None) -> float | None:
    """A CSS length in points (``1.0cm`` → 28.3), None if it is none."""
    found = _LENGTH.fullmatch((text or "").strip())
    if not found or not any(char.isdigit() for char in found.group(1)):
        return None
    if found.group(2) is None and float(found.group(1)):
        return None
    return float(found.group(1)) * _POINTS.get(found.group(2) or "pt", 1.0)


def style_of(around: Style, tag: str, attributes: Mapping[str, str], declared: Declarations) -> Style:
    """What holds for the text of an element inside one where ``around`` holds."""
    margin = length(declared.get("margin-left")) or _margin(declared.get("margin"))
    first = length(declared.get("text-indent"))
    weight = declared.get("font-weight", "")
    bold = _WEIGHTS.get(weight, int(weight) >= 600 if weight.isdecimal() and len(weight) < 5 else None)
    decoration = declared.get("text-decoration", "")
    family = declared.get("font-family") or attributes.get("face")
    return replace(
        around,
        bold=(around.bold or tag in _BOLD) if bold is None else bold,
        italic=_italic(around, tag, declared),
        struck=around.struck or tag in _STRUCK or "line-through" in decoration,
        centred=_centred(around, tag, attributes, declared),
        vertical=_vertical(around, tag, declared),
        size=length(declared.get("font-size")) or _FONT_SIZES.get(attributes.get("size", ""), around.size),
        left=around.left if margin is None else (around.left or 0.0) + margin,
        first=around.first if first is None else first,
        font=family.split(",")[0].strip("'\" ") if family else around.font,
        outline=_outline(around, tag, declared),
        kept=around.kept or tag in {"pre", "xmp"} or declared.get("white-space", "").startswith("pre"),
        contents=around.contents or tag == "nav",
    )


def _outline(around: Style, tag: str, declared: Declarations) -> int | None:
    said = declared.get("mso-outline-level", "")
    if len(said) == 1 and said in "123456789":
        return int(said)
    return int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else around.outline


def _margin(text: str | None) -> float | None:
    parts = (text or "").split()
    return length(parts[3]) if len(parts) == 4 else length(parts[1]) if len(parts) in {2, 3} else None


def _italic(around: Style, tag: str, declared: Declarations) -> bool:
    said = declared.get("font-style")
    return said in {"italic", "oblique"} if said else around.italic or tag in _ITALIC


def _centred(around: Style, tag: str, attributes: Mapping[str, str], declared: Declarations) -> bool:
    said = declared.get("text-align")
    if said is None and tag not in {"table", "img", "hr"}:
        said = attributes.get("align", "").lower() or None
    return said == "center" if said else around.centred or tag in _CENTRED


def _vertical(around: Style, tag: str, declared: Declarations) -> SpanKind | None:
    said = declared.get("vertical-align", "")
    raised = length(said) if said else None
    if "mso-text-raise" in declared:
        raised = length(declared["mso-text-raise"])
    if said == "super" or (raised or 0) >= _RAISED:
        return SpanKind.SUPERSCRIPT
    if said == "sub" or (raised or 0) <= -_RAISED:
        return SpanKind.SUBSCRIPT
    if said == "baseline":
        return None
    return {"sup": SpanKind.SUPERSCRIPT, "sub": SpanKind.SUBSCRIPT}.get(tag, around.vertical)


def whole(text: str | None) -> int | None:
    """Whole number of an attribute (``" 3px"`` → 3), or None."""
    found = re.match(r"\s*([+-]?\d{1,6})", text or "")
    return int(found.group(1)) if found else None
