"""The error tree: what can go wrong that a person or an operator can mend.

::

    KbError
    ├── InputRefused                 a file that cannot be taken in (exit 1)
    │   ├── Empty                    empty
    │   ├── NotADocument             not_a_document
    │   ├── Damaged                  damaged
    │   ├── Encrypted                encrypted
    │   ├── NoTextLayer              no_text_layer
    │   ├── TooLarge                 too_large
    │   ├── UnpacksTooLarge          unpacks_too_large
    │   ├── UnsafeXml                unsafe_xml
    │   ├── FileNotFound             not_found
    │   ├── MissingProgram           missing_program
    │   ├── ProgramFailed            program_failed
    │   ├── RecognitionNeeded        recognition_needed
    │   ├── BadSidecar               bad_sidecar
    │   ├── BadForm                  bad_form
    │   └── BrokenDocument           broken_document
    ├── BadRequest                   words of a request that do not fit (exit 2, HTTP 400)
    │   ├── BadQuery                 bad_query
    │   ├── BadParameter             bad_parameter
    │   ├── BadAnswers               bad_answers
    │   ├── AddressInUse             address_in_use
    │   └── BeyondWindow             beyond_window
    ├── Missing                      something asked for is not here (exit 1, HTTP 404)
    │   ├── UnknownAct               unknown_act
    │   ├── UnknownUnit              unknown_unit
    │   ├── UnknownTopic             unknown_topic
    │   ├── UnknownForm              unknown_form
    │   ├── UnknownDraft             unknown_draft
    │   ├── ExpiredDraft             expired_draft (HTTP 410)
    │   └── Removed                  removed (HTTP 410)
    └── Unavailable                  a part of the installation does not answer (exit 1, HTTP 503)
        ├── DatabaseUnavailable      database_unavailable
        ├── EngineUnavailable        engine_unavailable
        └── IndexMissing             index_missing

An error carries a code and parameters; ``kb.web.wording`` puts them into the reader's language.
"""

from __future__ import annotations

from typing import ClassVar


class KbError(Exception):
    """A failure with a stable code and the parameters of its message."""

    code: ClassVar[str] = "error"

    def __init__(self, **params: str | int | float) -> None:
        """Keep ``params``, which the wording of the message may name."""
        self.params = params
        super().__init__(self.code, params)

    def __reduce__(self) -> tuple[object, ...]:
        """Survive the way between processes, which passes positional arguments only."""
        return (_rebuild, (type(self), self.params))

    def __str__(self) -> str:
        """Code and parameters, for logs."""
        told = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({told})" if told else self.code


def _rebuild(kind: type[KbError], params: dict[str, str | int | float]) -> KbError:
    return kind(**params)


class InputRefused(KbError):
    """A file is not taken in; nothing of it is stored."""

    code = "refused"


class Empty(InputRefused):
    """No bytes, or no text at all."""

    code = "empty"


class NotADocument(InputRefused):
    """Bytes of no format that is read here."""

    code = "not_a_document"


class Damaged(InputRefused):
    """A known format that cannot be read to its end."""

    code = "damaged"


class Encrypted(InputRefused):
    """A password is needed."""

    code = "encrypted"


class NoTextLayer(InputRefused):
    """A PDF of pictures."""

    code = "no_text_layer"


class TooLarge(InputRefused):
    """More bytes or pages than the settings allow."""

    code = "too_large"


class UnpacksTooLarge(InputRefused):
    """A container that unpacks to more than the settings allow."""

    code = "unpacks_too_large"


class UnsafeXml(InputRefused):
    """XML with a document type or entities of its own."""

    code = "unsafe_xml"


class FileNotFound(InputRefused):
    """No such path, or it cannot be opened."""

    code = "not_found"


class MissingProgram(InputRefused):
    """A format that only an outside program reads, which is not installed (``program``, ``package`` of Debian)."""

    code = "missing_program"


class RecognitionNeeded(InputRefused):
    """A file of pictures, where time for recognising them was not allowed; it is then read again with more."""

    code = "recognition_needed"


class ProgramFailed(InputRefused):
    """An outside program ended with a failure, or gave nothing that can be used (``program``)."""

    code = "program_failed"


class BadSidecar(InputRefused):
    """The sidecar beside a file does not fit its schema."""

    code = "bad_sidecar"


class BadForm(InputRefused):
    """A form that does not fit its schema, or whose template would run code (``where`` says the place)."""

    code = "bad_form"


class BrokenDocument(InputRefused):
    """A document whose units do not fit each other: two have the address ``eid``, or ``eid`` stands in none."""

    code = "broken_document"


class BadRequest(KbError):
    """A request whose words do not fit."""

    code = "bad_request"


class BadQuery(BadRequest):
    """A query that cannot be read, or is longer than the settings allow."""

    code = "bad_query"


class BadParameter(BadRequest):
    """A parameter whose value does not fit."""

    code = "bad_parameter"


class BadAnswers(BadRequest):
    """Answers to a form that cannot be read (``reason``), or are more than the settings allow."""

    code = "bad_answers"


class AddressInUse(BadRequest):
    """Something else serves at the address and port that were asked for."""

    code = "address_in_use"


class BeyondWindow(BadRequest):
    """Paging past what the engine keeps in order."""

    code = "beyond_window"


class Missing(KbError):
    """Something asked for is not in the library."""

    code = "missing"


class UnknownAct(Missing):
    """No act at this address."""

    code = "unknown_act"


class UnknownUnit(Missing):
    """The act has no such unit."""

    code = "unknown_unit"


class UnknownTopic(Missing):
    """No such topic."""

    code = "unknown_topic"


class UnknownForm(Missing):
    """No such form."""

    code = "unknown_form"


class UnknownDraft(Missing):
    """No draft has this key; the key is never told."""

    code = "unknown_draft"


class UnknownRevision(Missing):
    """The draft keeps no revision of this number."""

    code = "unknown_revision"


class ExpiredDraft(Missing):
    """The draft was kept until ``day`` and is gone."""

    code = "expired_draft"


class Removed(Missing):
    """The act was removed from the library."""

    code = "removed"


class Unavailable(KbError):
    """A part of the installation does not answer."""

    code = "unavailable"


class Busy(Unavailable):
    """More is asked for at once than is done at once."""

    code = "busy"


class TooManyDrafts(Unavailable):
    """There are as many drafts as the settings allow; ``limit`` says how many."""

    code = "too_many_drafts"


class DatabaseUnavailable(Unavailable):
    """The database does not answer or is of another version."""

    code = "database_unavailable"


class EngineUnavailable(Unavailable):
    """The search engine does not answer."""

    code = "engine_unavailable"


class IndexMissing(Unavailable):
    """There is no index yet, or it is of another version."""

    code = "index_missing"
