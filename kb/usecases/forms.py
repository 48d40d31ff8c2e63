"""The forms of an installation: those of the product, and blanks that were imported and named."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from kb.errors import BadForm, KbError, TooLarge, UnknownForm
from kb.templates.catalog import IDS, list_forms, load_form
from kb.templates.convert import Imported, import_form
from kb.templates.convert.build import matched
from kb.templates.convert.deciding import decide
from kb.templates.convert.importer import Blank, aligned, read_blank
from kb.templates.convert.naming import Survey, survey
from kb.templates.convert.overlay import Overlay, ParEdits, overlay_for, read_overlay, write_overlay
from kb.templates.convert.propose import Unsure
from kb.templates.convert.renaming import Given, name_spots, reworded
from kb.templates.installed import About, Held, InstalledForms
from kb.templates.model import Form
from kb.usecases.workers import Bounds, run_all

#: Most bytes of a Word file that is made into a form, and of its parts unpacked.
MOST_BLANK, MOST_UNPACKED = 20_000_000, 100_000_000
_LONGEST_TITLE = 200
#: Namings that are remembered, so that drafts can follow them.
_MOST_RENAMES = 200
_ENDING = re.compile(r"(?:[._-](?:ky|ru))?\.docx?$", re.IGNORECASE)
_BETWEEN = re.compile(r"[_.\s]+|(?<=\w)-(?=\w*[a-z])")
#: Reasons to look at the name of a blank.
_UNNAMED = frozenset({"name", "list"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a blank that came.

    Attributes:
        held: its form.
        new: it was not there before.
        changed: the form is another one than before.
    """

    held: Held
    new: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """An imported form on its way to being named.

    Attributes:
        held: the form.
        found: what there is to be named.
    """

    held: Held
    found: Survey


@dataclass(frozen=True, slots=True)
class Named:
    """What came of naming.

    Attributes:
        held: the form as it is now.
        errors: what is wrong, by key of the blank and name of its input; nothing was saved then.
        late: somebody else saved in the meantime; nothing was saved.
    """

    held: Held
    errors: Mapping[tuple[str, str], str]
    late: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    """A blank that is to be made into a form."""

    content: bytes
    title: str
    folder: Path
    overlay: bytes | None
    recognise: bool
    origin: str


class Forms:
    """The forms of an installation."""

    def __init__(
        self,
        installed: InstalledForms,
        bounds: Bounds | None = None,
        *,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Keep imported forms in ``installed``; each is made in a process of its own within ``bounds``, if given."""
        self._installed = installed
        self._bounds = bounds
        self._now = now

    def shipped(self) -> tuple[Form, ...]:
        """Forms that come with the product."""
        return list_forms()

    def imported(self) -> tuple[Held, ...]:
        """Imported forms, without those whose files do not fit any more (see ``spoilt``)."""
        found = []
        for one in self._installed.ids():
            try:
                found.append(self._installed.held(one))
            except (BadForm, UnknownForm):
                continue
        return tuple(found)

    def spoilt(self) -> tuple[tuple[str, BadForm], ...]:
        """Imported forms whose files do not fit any more, each with the reason."""
        found = []
        for one in self._installed.ids():
            try:
                self._installed.held(one)
            except BadForm as problem:
                found.append((one, problem))
            except UnknownForm:
                continue
        return tuple(found)

    def all(self) -> tuple[Form, ...]:
        """All forms, those of the product first."""
        return (*self.shipped(), *(one.form for one in self.imported()))

    def load(self, form_id: str) -> Form:
        """A form by its id; a path is none.

        Raises:
            UnknownForm: there is no such form.
            BadForm: its files do not fit.
        """
        return load_form(form_id) if form_id in IDS else self._installed.held(form_id).form

    def held(self, form_id: str) -> Held:
        """An imported form.

        Raises:
            UnknownForm: there is no such imported form.
            BadForm: its files do not fit.
        """
        return self._installed.held(form_id)

    def renamed(self, form_id: str, version: str) -> Mapping[str, str]:
        """Names that the fields of a version of a form have now, where they have others; empty where none is known."""
        try:
            told = () if form_id in IDS else self._installed.held(form_id).about.renames
        except (BadForm, UnknownForm):
            return {}
        first = next((at for at, (known, _names) in enumerate(told) if known == version), len(told))
        found: dict[str, str] = {}
        for _version, names in told[first:]:
            later = {old: names.get(new, new) for old, new in found.items()}
            found = {**{old: new for old, new in names.items() if old not in found.values()}, **later}
        return found

    def take_in(self, content: bytes, name: str, *, overlay: bytes | None = None, recognise: bool = True) -> Taken:
        """Make a form of a blank and keep it.

        The same bytes again are the same form, and names that somebody gave stay: it is made anew only with an overlay
        that is given or that it was not made with, and without one only where it was made with one.

        Args:
            content: bytes of the Word file.
            name: name of the file.
            overlay: bytes of an overlay, or None.
            recognise: look for a shipped overlay where none is given.

        Raises:
            InputRefused: the file is none that can be a form, or the overlay does not fit.
        """
        if len(content) > MOST_BLANK:
            raise TooLarge(what="bytes", limit=MOST_BLANK)
        digest = hashlib.sha256(content).hexdigest()
        same = next((one for one in self.imported() if one.about.sha256 == digest), None)
        if same is None:
            origin = PurePath(name.replace("\\", "/")).name[:_LONGEST_TITLE]
            title = _title(origin)
            held = self._installed.add(
                title,
                content,
                lambda folder: self._make(_Task(content, title, folder, overlay, recognise, origin)),
                lambda made: self._about(made, origin, digest),
            )
            return Taken(held, new=True, changed=True)
        if overlay is None and not (self._better(content, same) if recognise else same.about.overlay):
            return Taken(same, new=False, changed=False)
        made = self._revise(same, same.revision, overlay, recognise=recognise)
        return Taken(made or self.held(same.form.id), new=False, changed=made is not None)

    def take_overlay(self, form_id: str, base: int, overlay: bytes) -> Named:
        """Make a form anew with an overlay that somebody gives.

        Raises:
            UnknownForm: there is no such imported form.
            InputRefused: the overlay does not fit.
        """
        held = self.held(form_id)
        made = self._revise(held, base, overlay, recognise=False)
        return Named(made or self.held(form_id), {}, late=made is None)

    def remove(self, form_id: str) -> None:
        """Take an imported form out; its drafts keep it.

        Raises:
            UnknownForm: there is no such imported form.
        """
        self._installed.remove(form_id)

    def naming(self, form_id: str) -> Naming:
        """What there is to be named in an imported form.

        Raises:
            UnknownForm: there is no such imported form.
            BadForm: its files do not fit.
        """
        held = self.held(form_id)
        blank, overlay, edits = _opened(held)
        return Naming(held, survey(blank.pars, edits, overlay, held.about.unsure))

    def name(
        self,
        form_id: str,
        base: int,
        given: Mapping[str, Given],
        *,
        title: tuple[str, str] | None = None,
        seen: Collection[str] = (),
        seen_notes: Collection[int] = (),
        decisions: Mapping[int, str] | None = None,
    ) -> Named:
        """Name blanks of an imported form, and make the form anew.

        Args:
            form_id: its id.
            base: number of the revision that the names were given on.
            given: what was written, by key of the blank.
            title: title of the form in Kyrgyz and Russian, None to leave it.
            seen: keys of blanks that a person has looked at.
            seen_notes: likewise the numbers of notes, from 0.
            decisions: what was decided about notes, by number; see ``decide``.

        Raises:
            UnknownForm: there is no such imported form.
            BadForm: the form does not work with these names.
        """
        held = self.held(form_id)
        if held.revision != base:
            return Named(held, {}, late=True)
        blank, overlay, edits = _opened(held)
        found = survey(blank.pars, edits, overlay, held.about.unsure)
        renamed = name_spots(blank.pars, edits, overlay, found, given)
        errors = renamed.errors
        if title is not None and not any(words.strip() for words in title):
            errors = {**errors, ("", "title"): "needed"}
        if errors:
            return Named(held, errors)
        decided = {number: one for number, one in (decisions or {}).items() if one and 0 <= number < len(found.notes)}
        changed, units = decide(
            blank.pars,
            renamed.edits,
            renamed.overlay.units,
            [(found.notes[number], one) for number, one in decided.items()],
        )
        form = dict(renamed.overlay.form)
        if title is not None:
            ky, ru = (words.strip()[:_LONGEST_TITLE] for words in title)
            form["title"] = reworded(form.get("title"), (ky, ru))
        whole = replace(renamed.overlay, form=form, units=units, paragraphs=aligned(blank.pars, changed))
        left = _left(held, found, given, frozenset(seen), frozenset({*seen_notes, *decided}))
        made = self._revise(
            held, base, write_overlay(whole).encode(), recognise=False, unsure=left, names=renamed.names
        )
        return Named(made or self.held(form_id), {}, late=made is None)

    def _better(self, content: bytes, held: Held) -> bool:
        """Whether the product has an overlay for a blank that its form was not made with."""
        known = overlay_for(read_blank(content, MOST_UNPACKED).hashes)
        return known is not None and known.id != held.about.overlay

    def _revise(
        self,
        held: Held,
        base: int,
        overlay: bytes | None,
        *,
        recognise: bool,
        unsure: tuple[Unsure, ...] | None = None,
        names: Mapping[str, str] | None = None,
    ) -> Held | None:
        content, about = held.original, held.about
        task = _Task(content, held.form.title.ky or held.form.id, Path(), overlay, recognise, about.source)

        def told(made: Imported) -> About:
            new = self._about(made, about.source, about.sha256)
            renames = (*about.renames, *([(held.form.version, names)] if names else []))[-_MOST_RENAMES:]
            new = replace(new, imported=about.imported, renames=renames)
            if unsure is None:
                return new
            # A name that somebody gave is known; only what was not looked at yet stays in doubt.
            named = max(0, made.found - sum(one.reason in _UNNAMED for one in unsure))
            return replace(new, unsure=unsure, named=named)

        return self._installed.revise(
            held.form.id, base, content, lambda folder: self._make(replace(task, folder=folder)), told
        )

    def _about(self, made: Imported, source: str, digest: str) -> About:
        now = self._now()
        overlay = "" if made.overlay == "own" else made.overlay
        counts = (made.blanks, made.found, made.named, made.alternatives)
        return About(source, digest, overlay, now, now, made.unsure, made.warnings, *counts)

    def _make(self, task: _Task) -> Imported:
        if self._bounds is None:
            return _import(task)
        ((_task, made),) = run_all(_import, [task], self._bounds, processes=1)
        if isinstance(made, KbError):
            raise made
        return made


def _title(name: str) -> str:
    """What a form is called after its file (``Жобо_үлгүсү.ky.docx`` → ``Жобо үлгүсү``)."""
    bare = _ENDING.sub("", name)
    return " ".join(_BETWEEN.sub(" ", bare).split()) or "form"


def _import(task: _Task) -> Imported:
    return import_form(
        task.content,
        task.title,
        task.folder,
        overlay=task.overlay,
        recognise=task.recognise,
        unpacked_bytes=MOST_UNPACKED,
        origin=task.origin,
    )


def _opened(held: Held) -> tuple[Blank, Overlay, Mapping[int, ParEdits]]:
    """The blank of a form, its overlay, and what that makes of the blank's paragraphs."""
    blank = read_blank(held.original, MOST_UNPACKED)
    overlay = read_overlay(held.overlay, "overlay.yaml")
    return blank, overlay, matched(blank.pars, overlay)[0]


def _left(
    held: Held, found: Survey, given: Mapping[str, Given], seen: frozenset[str], seen_notes: frozenset[int]
) -> tuple[Unsure, ...]:
    """What is still to be looked at: not what a person ticked or gave another name."""
    done = [
        spot for spot in found.spots if spot.key in seen or (spot.key in given and given[spot.key].name != spot.field)
    ]
    settled = {one for spot in done for one in spot.doubts}
    noted = {one for number, one in enumerate(found.notes) if number in seen_notes}
    return tuple(one for one in held.about.unsure if one not in settled | noted)
