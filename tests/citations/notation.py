"""Citations in one line, for the gold file: ``[статья 12 Закона № 0-5] law № 0-5 > art 12``."""

from __future__ import annotations

from kb.citations.model import ActName, Citation, Step
from kb.documents import EID_PREFIX


def write(citation: Citation, text: str) -> str:
    parts = [f"[{text[citation.start : citation.end]}]", _act(citation.act)]
    if citation.units:
        parts.append("> " + "; ".join(" / ".join(map(_step, unit.path)) for unit in citation.units))
    return " ".join(part for part in parts if part)


def _act(name: ActName | None) -> str:
    if name is None:
        return ""
    words = [
        "this" if name.this else "",
        name.kind.value if name.kind else "",
        "approved by" if name.approved else "",
        name.date.isoformat() if name.date else "",
        str(name.year) if name.year else "",
        f"№ {name.number}" if name.number else "",
        "+".join(name.codes),
        f"«{name.title}»" if name.title else "",
    ]
    return " ".join(word for word in words if word) or "?"


def _step(step: Step) -> str:
    number = step.number or ("this" if step.this else "that")
    until = f"..{step.until}" if step.until else ""
    return f"{EID_PREFIX[step.level]} {number}{until}{'?' if step.doubtful else ''}"
