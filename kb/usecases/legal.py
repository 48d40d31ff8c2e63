"""What stands behind a clause of a form, as the library holds it today."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock
from typing import Protocol

from kb.documents import Level, NoteKind, Status, Unit
from kb.errors import Missing
from kb.language.model import Language
from kb.storage.model import ActSummary, EditionSummary, OutlineEntry
from kb.templates.model import LegalBasis, Words
from kb.usecases.citing import Finder, resolve_text

#: Levels that a basis names by their number.
_LEVELS = (Level.ARTICLE, Level.CLAUSE, Level.SUBCLAUSE)
#: Levels of what it names inside a provision.
_INNER = (Level.PARAGRAPH, Level.POINT, Level.SUBPOINT)
_KEPT = 1_000


class Warn(StrEnum):
    """What a person should look at; the graver first."""

    REPEALED = "repealed"
    GONE = "gone"
    CHANGED = "changed"
    ACT_CHANGED = "act_changed"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A legal basis as the library holds it.

    Attributes:
        basis: the basis.
        act: the act, or None where the library does not hold it.
        edition: its edition that stands today, or None where no text of it is held.
        unit: the provision in that edition, or None where the basis names none or the edition has none such.
        status: status of the provision, else of the act; unknown where it is not held.
        warn: what became of it since the edition that the form follows.
        since: date of the edition, or of the act, that changed it; None where it is not known.
    """

    basis: LegalBasis
    act: ActSummary | None = None
    edition: EditionSummary | None = None
    unit: OutlineEntry | None = None
    status: Status = Status.UNKNOWN
    warn: Warn = Warn.NONE
    since: dt.date | None = None


class Library(Finder, Protocol):
    """What is asked of the library; see ``kb.storage.repository.Library`` for each method's promise."""

    def canonical(self, act: str) -> str:
        """URI that the act has now."""
        ...

    def units(self, edition: str, eid: str) -> tuple[Unit, ...]:
        """A unit and all below it."""
        ...

    def newest_sequence(self) -> int:
        """Sequence of the newest change."""
        ...


class Bases:
    """Finds legal bases; what was found stays at hand until the library changes. Threads may share it."""

    def __init__(self, library: Library) -> None:
        """Look in ``library``."""
        self._library = library
        self._found: OrderedDict[tuple[object, ...], Standing] = OrderedDict()
        self._lock = Lock()

    def standing(self, basis: LegalBasis, language: Language, today: dt.date) -> Standing:
        """A legal basis as it stands.

        Args:
            basis: the basis.
            language: language of the text, where the act is held in it.
            today: the day.
        """
        provision = (basis.act.uri, basis.provision, basis.within, basis.edition)
        key = (self._library.newest_sequence(), provision, language, today)
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        found = find_standing(self._library, basis, language, today)
        with self._lock:
            self._found[key] = found
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return found

    def follows(self, words: Words) -> ActSummary | None:
        """The act that a form says it follows, None where the library does not surely hold it."""
        for language in (Language.RU, Language.KY):
            found = resolve_text(words.of(language), self._library, language=language)
            if found is not None and found.act is not None:
                return found.act
        return None

    def text(self, standing: Standing) -> tuple[Unit, ...]:
        """The provision with all below it, empty where there is none."""
        if standing.edition is None or standing.unit is None:
            return ()
        return self._library.units(standing.edition.edition, standing.unit.eid)


def find_standing(library: Library, basis: LegalBasis, language: Language, today: dt.date) -> Standing:
    """A legal basis as it stands on a day, looked up afresh."""
    try:
        act = library.summary(library.canonical(basis.act.uri))
        uri = library.standing_edition(act.act, language=language, as_of=today) if act.editions else None
        # An edition whose date is to come does not stand yet, but is the text that is held.
        uri = uri or (library.standing_edition(act.act, language=language) if act.editions else None)
    except Missing:
        return Standing(basis)
    edition = next((one for one in act.editions if one.edition == uri), None)
    unit = _unit(library, edition.edition, basis) if edition else None
    status = unit.status if unit else act.status
    warn, since = _warning(library, basis, act, edition, unit)
    return Standing(basis, act, edition, unit, status, warn, since)


def _unit(library: Library, edition: str, basis: LegalBasis) -> OutlineEntry | None:
    """The provision that a basis names in an edition, None where it names none or the edition has none such."""
    if basis.provision is None:
        return None
    unit = next(iter(library.find_units(edition, _LEVELS, [basis.provision])), None)
    for number in basis.within:
        inner = library.find_units(edition, _INNER, [number]) if unit else ()
        unit = next((one for one in inner if unit and one.parent == unit.eid), None)
    return unit


def _warning(
    library: Library,
    basis: LegalBasis,
    act: ActSummary,
    edition: EditionSummary | None,
    unit: OutlineEntry | None,
) -> tuple[Warn, dt.date | None]:
    if Status.REPEALED in {act.status, unit.status if unit else None}:
        return Warn.REPEALED, act.status_by.date if act.status_by else None
    if edition is None:
        return Warn.NONE, None
    if basis.provision and unit is None:
        return Warn.GONE, edition.date
    if basis.edition is None:
        return Warn.NONE, None
    # Notes on amendments stand under the article, whichever of its parts they are about.
    whole = _unit(library, edition.edition, replace(basis, within=()))
    if whole and (noted := _noted(library.units(edition.edition, whole.eid), basis.edition)):
        return Warn.CHANGED, noted
    if edition.date is None or edition.date <= basis.edition:
        return Warn.NONE, None
    return _compared(library, basis, act, edition, unit), edition.date


def _noted(units: tuple[Unit, ...], read: dt.date) -> dt.date | None:
    """Date of the newest act after ``read`` that the provision's own notes say it was amended by."""
    notes = [note for unit in units for note in unit.notes if note.kind is not NoteKind.EDITORIAL]
    return max((one.date for note in notes for one in note.acts if one.date and one.date > read), default=None)


def _compared(
    library: Library, basis: LegalBasis, act: ActSummary, edition: EditionSummary, unit: OutlineEntry | None
) -> Warn:
    """Whether the provision differs from the edition that the form follows; the act alone where that is not held."""
    before = library.standing_edition(act.act, language=edition.language, as_of=basis.edition)
    held = {one.edition: one for one in act.editions}.get(before or "")
    if unit is None or held is None or held is edition or held.language is not edition.language:
        return Warn.ACT_CHANGED
    then = _unit(library, held.edition, basis)
    if then is None:
        return Warn.CHANGED
    same = _words(library.units(held.edition, then.eid)) == _words(library.units(edition.edition, unit.eid))
    return Warn.NONE if same else Warn.CHANGED


def _words(units: tuple[Unit, ...]) -> list[str]:
    return [word for unit in units for word in f"{unit.heading or ''} {unit.text}".split()]
