"""What goes into a unit: its text, and the notes that stand in its own lines."""

from __future__ import annotations

from kb.documents import Block
from kb.ingest import notes
from kb.ingest.structure.model import Node


def take_note(node: Node, heading: str) -> None:
    """A note in the heading's own line: ``Статья 5. (Исключена Законом …)``."""
    note = notes.whole_note(heading)
    if note is not None:
        node.heading = None
        node.notes.append(note)
        return
    trailing = notes.trailing_note(heading)
    if trailing is not None:
        node.heading = heading[: trailing[0]].rstrip() or None
        node.notes.append(trailing[1])


def put(node: Node, block: Block) -> None:
    """Put a block into a unit's body, a note at its end among the notes."""
    note = notes.whole_note(block.text) if not block.rows and not node.body else None
    if note is None and not block.rows and block.text.rstrip(" .;")[-1:] == ")":
        trailing = notes.trailing_note(block.text)
        if trailing is not None and trailing[0] > 0:
            node.notes.append(trailing[1])
            block = block.cut(0, trailing[0])
    if note is not None:
        node.notes.append(note)
    elif block.text:
        node.body.append(block)
        node.tail = block.text
