"""Drafts of forms: begun, saved by several people at once, undone, taken out and brought in.

A draft has an address for reading and one for editing. Each ends in a key that nobody can guess; the key for reading
follows from the one for editing, and the database holds only their digests.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from kb.errors import BadAnswers, BadForm, UnknownDraft, UnknownForm, UnknownRevision
from kb.language.model import Language
from kb.storage.codec import dump
from kb.storage.drafts import DraftStore, NewDraft, Revision, StoredDraft
from kb.templates.archive import pack, unpack
from kb.templates.catalog import load_form
from kb.templates.interview import CASE_FORMS, root
from kb.templates.model import Form
from kb.templates.places import dependents
from kb.usecases.draft_content import (
    ANSWERS,
    CASES,
    VERSIONS,
    Change,
    Clash,
    Content,
    Place,
    Saved,
    changed_places,
)

#: Forms that are filled from the same answers, in the order of their use.
COMPANIONS: Mapping[str, tuple[str, ...]] = {
    "charter": ("working-group-order", "assembly-protocol", "charter-resolution")
}

_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_TRIES = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as somebody opened it.

    Attributes:
        id: its name in the database, which opens nothing.
        forms: its form first, then those that are filled from the same answers; each in the version that it keeps.
        newer: ids of forms of which there is a newer version.
        content: what it holds.
        number: number of the newest revision.
        saved: when that was saved.
        expires: until when the draft is kept.
        may_edit: it was opened by the key for editing.
        key: the key that it was opened by.
        read_key: the key for reading.
    """

    id: str
    forms: Mapping[str, Form]
    newer: tuple[str, ...]
    content: Content
    number: int
    saved: dt.datetime
    expires: dt.datetime
    may_edit: bool
    key: str
    read_key: str

    @property
    def form(self) -> Form:
        """The form that the draft is of."""
        return next(iter(self.forms.values()))

    def __repr__(self) -> str:
        """Without keys and answers, which no log may hold."""
        return f"Draft({self.number})"


class DraftLimits(Protocol):
    """Bounds on drafts."""

    @property
    def answers_bytes(self) -> int:
        """Size of the answers to a form, in bytes."""
        ...


class Drafts:
    """The drafts of an installation."""

    def __init__(
        self,
        store: DraftStore,
        limits: DraftLimits,
        days: int,
        *,
        load: Callable[[str], Form] = load_form,
        renamed: Callable[[str, str], Mapping[str, str]] = lambda form, version: {},
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Keep drafts in ``store`` for ``days`` days after they were last saved."""
        self._store = store
        self._limits = limits
        self._days = days
        self._load = load
        self._renamed = renamed
        self._now = now
        self._version = lru_cache(maxsize=16)(self._read_version)

    @property
    def days(self) -> int:
        """Days that a draft is kept after it was last saved."""
        return self._days

    @property
    def answers_bytes(self) -> int:
        """Size of the answers to a form, in bytes."""
        return self._limits.answers_bytes

    def create(self, form: str, languages: Iterable[Language]) -> str:
        """Begin a draft.

        Args:
            form: id of the form.
            languages: languages of the documents to be made; those that the form lacks are left out, all if none
                is left.

        Returns:
            The key for editing.

        Raises:
            UnknownForm: there is no such form.
            TooManyDrafts: there are as many drafts as the settings allow.
        """
        chosen = self._load(form)
        forms = [chosen, *(self._load(name) for name in companions(chosen))]
        wanted = set(languages)
        content = Content(
            languages=tuple(one for one in chosen.langs if one in wanted) or chosen.langs,
            versions={one.id: one.version for one in forms},
        )
        key = secrets.token_urlsafe(24)
        now = self._now()
        self.forget_expired()
        draft = NewDraft(
            id=secrets.token_hex(12),
            form=chosen.id,
            form_version=chosen.version,
            versions=_packed(forms),
            read_digest=_digest(reading_key(key)),
            edit_digest=_digest(key),
            content=content.plain(),
        )
        self._store.create(draft, now, now + dt.timedelta(days=self._days))
        return key

    def forget_expired(self) -> int:
        """Delete what expired drafts held, and say how many they were."""
        return self._store.forget_expired(self._now())

    def open(self, key: str, *, edit: bool) -> Draft:
        """The draft that a key opens.

        Args:
            key: the key.
            edit: it is to be edited; the key for reading does not open it then, nor that for editing otherwise.

        Raises:
            UnknownDraft: the key opens no draft in this way.
            ExpiredDraft: the draft was kept until the parameter ``day``.
        """
        if not _KEY.fullmatch(key):
            raise UnknownDraft
        stored = self._store.open(_digest(key), self._now())
        if stored.may_edit != edit:
            raise UnknownDraft
        return self._opened(stored, key)

    def save(self, draft: Draft, base: int, changes: Mapping[Place, object]) -> Saved:
        """Save changes, beside those that others saved since the revision that they are based on.

        Args:
            draft: the draft, opened for editing.
            base: number of the revision that the changes were made to.
            changes: new values by place, None to take one away.

        Returns:
            What was done. A value that somebody else has changed since ``base``, and this save too, stays theirs
            and is told as a clash.

        Raises:
            BadAnswers: the draft would be larger than the settings allow.
        """
        before = self._store.revision(draft.id, base)
        was = Content.of(before.content) if before else None

        def change(now: Revision) -> tuple[Content, bool, tuple[Clash, ...]]:
            current = Content.of(now.content)
            theirs = now.number != base
            wanted: dict[Place, object] = {}
            clashes: list[Clash] = []
            others = changed_places(was, current) if was else ()
            # A case form that was confirmed of an answer that somebody else has changed since is one of another word.
            stale = self._depending(draft, {name for part, name in others if part == ANSWERS})
            for place, mine in changes.items():
                held = current.get(place)
                if mine == held or (theirs and was is not None and mine == was.get(place)):
                    continue
                if place[0] == CASES and _of_case(place[1]) in stale:
                    continue
                if theirs and (was is None or held != was.get(place)):
                    clashes.append(Clash(place, held, mine))
                else:
                    wanted[place] = mine
            joined = theirs and (was is None or any(changes.get(place, ...) != current.get(place) for place in others))
            return self._without_stale(draft, current.changed(wanted), wanted), joined, tuple(clashes)

        return self._write(draft, change)

    def bring_in(self, draft: Draft, answers: Mapping[str, object]) -> tuple[str, ...]:
        """Put other answers in place of all that the draft holds, as one revision that can be undone.

        Returns:
            Names of what was left out: no form of the draft asks for it, or it is no case form.

        Raises:
            BadAnswers: no form of the draft asks for any of them (``reason`` is ``no_answers``), or they are too many.
        """
        known = {name for form in draft.forms.values() for name in form.fields}
        found = Content.from_answers({name: one for name, one in answers.items() if name in {*known, CASE_FORMS}})
        if not found.answers:
            raise BadAnswers(reason="no_answers")

        def change(now: Revision) -> tuple[Content, bool, tuple[Clash, ...]]:
            return replace(Content.of(now.content), answers=found.answers, cases=found.cases), False, ()

        self._write(draft, change)
        strangers = [name for name in answers if name not in {*known, CASE_FORMS}]
        return (*strangers, *([CASE_FORMS] if found.told().get(CASE_FORMS, {}) != answers.get(CASE_FORMS, {}) else []))

    def restore(self, draft: Draft, number: int, base: int) -> Saved:
        """Put back what an earlier revision held, as a new revision beside what others saved in the meantime.

        Args:
            draft: the draft, opened for editing.
            number: number of the earlier revision.
            base: number of the revision that was the newest one for who asks; what was saved since is somebody else's.

        Raises:
            UnknownRevision: the draft keeps no revision of these numbers.
        """
        earlier, seen = self._store.revision(draft.id, number), self._store.revision(draft.id, base)
        if earlier is None or seen is None:
            raise UnknownRevision
        wanted, held = Content.of(earlier.content), Content.of(seen.content)
        return self.save(draft, base, {place: wanted.get(place) for place in changed_places(held, wanted)})

    def follow_newest(self, draft: Draft) -> Saved:
        """Let the draft follow the forms as they are now; answers go along with fields that got other names."""
        forms = [self._load(name) for name in draft.forms]
        versions = {(VERSIONS, one.id): one.version for one in forms}

        def change(now: Revision) -> tuple[Content, bool, tuple[Clash, ...]]:
            content = Content.of(now.content)
            for name in draft.forms:
                content = content.renamed(self._renamed(name, content.versions.get(name, "")))
            return content.changed(versions), False, ()

        return self._write(draft, change, forms)

    def history(self, draft: Draft) -> tuple[Change, ...]:
        """Revisions that are kept, newest first, with what each changed."""
        kept = self._store.revisions(draft.id)
        earlier = [Content.of(one.content) for one in kept]
        return tuple(
            Change(
                one.number,
                one.time,
                changed_places(earlier[at + 1], earlier[at]) if at + 1 < len(kept) else (),
            )
            for at, one in enumerate(kept)
        )

    def _write(
        self,
        draft: Draft,
        change: Callable[[Revision], tuple[Content, bool, tuple[Clash, ...]]],
        forms: Iterable[Form] = (),
    ) -> Saved:
        """Apply a change to the newest revision, anew whenever somebody else was quicker."""
        if not draft.may_edit:
            raise UnknownDraft
        for _attempt in range(_TRIES):
            newest = self._store.open(_digest(draft.key), self._now()).newest
            content, joined, clashes = change(newest)
            plain = content.plain()
            if plain == newest.content:
                return Saved(newest.number, newest.time, changed=False, joined=joined, clashes=clashes)
            if len(dump(plain).encode()) > self._limits.answers_bytes:
                raise BadAnswers(reason="too_large", limit=self._limits.answers_bytes)
            now = self._now()
            expires = now + dt.timedelta(days=self._days)
            made = self._store.save(draft.id, newest.number, plain, now, expires, _packed(forms))
            if made is not None:
                return Saved(made.number, made.time, changed=True, joined=joined, clashes=clashes)
        raise BadAnswers(reason="busy")

    def _without_stale(self, draft: Draft, content: Content, changed: Mapping[Place, object]) -> Content:
        """Without the case forms that somebody confirmed of an answer that is another one now."""
        names = {name for part, name in changed if part == ANSWERS}
        if not names or not content.cases:
            return content
        touched = self._depending(draft, names)
        confirmed = {name for part, name in changed if part == CASES}
        kept = {
            name: form for name, form in content.cases.items() if name in confirmed or _of_case(name) not in touched
        }
        return replace(content, cases=kept)

    def _depending(self, draft: Draft, names: Collection[str]) -> frozenset[str]:
        """Fields whose words follow from some answers, these included."""
        return frozenset(one for form in draft.forms.values() for name in names for one in dependents(form, name))

    def _opened(self, stored: StoredDraft, key: str) -> Draft:
        content = Content.of(stored.newest.content)
        forms: dict[str, Form] = {}
        newer: list[str] = []
        for name in (stored.form, *(one for one in content.versions if one != stored.form)):
            forms[name], old = self._kept_form(name, content.versions.get(name, stored.form_version))
            if old:
                newer.append(name)
        return Draft(
            id=stored.id,
            forms=forms,
            newer=tuple(newer),
            content=content,
            number=stored.newest.number,
            saved=stored.newest.time,
            expires=stored.expires,
            may_edit=stored.may_edit,
            key=key,
            read_key=reading_key(key) if stored.may_edit else key,
        )

    def _kept_form(self, name: str, version: str) -> tuple[Form, bool]:
        """A form in a version, and whether there is a newer one."""
        try:
            current = self._load(name)
        except UnknownForm:
            current = None
        if current is not None and current.version == version:
            return current, False
        kept = self._version(version)
        if kept is not None:
            return kept, current is not None
        if current is None:
            raise UnknownForm(form=name)
        return current, False

    def _read_version(self, version: str) -> Form | None:
        content = self._store.form_version(version)
        try:
            return None if content is None else unpack(content)
        except BadForm:
            return None


def companions(form: Form) -> tuple[str, ...]:
    """Ids of the forms that are filled from the same answers as a form."""
    return COMPANIONS.get(form.like or form.id, ())


def reading_key(key: str) -> str:
    """The key for reading that goes with a key for editing."""
    return base64.urlsafe_b64encode(hashlib.sha256(b"kb draft, reading\0" + key.encode()).digest()[:24]).decode()


def _of_case(name: str) -> str:
    """Field that a case form is of (``villages[0] gen`` → ``villages``)."""
    return root(name.partition(" ")[0])


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _packed(forms: Iterable[Form]) -> Mapping[tuple[str, str], bytes]:
    return {(form.id, form.version): pack(form) for form in forms}
