"""What is the model's and not the drafter's: words and references of an imported blank that an answer cannot mend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kb.language.model import Language
from kb.templates.model import Problem, Remark
from kb.web.translate import noop, tell

_ = noop
_NUMBERS = re.compile("[0-9]{1,6}")
_STALE = "model_stale_reference"

WORDS: Mapping[str, str] = {
    "model_words": _("«%(words)s»: the model gives no other words here"),
    "model_stale_reference": _("The reference to %(words)s is out of date in the model itself"),
}


def remark_words(code: str, words: str, language: Language) -> str:
    """A remark in words."""
    return tell(WORDS[code], language, words=words) if code in WORDS else f"{code}: {words}"


def clause_remarks(found: Iterable[Remark], language: Language) -> tuple[str, ...]:
    """Remarks on one clause; the same words are told once."""
    listed: dict[str, dict[str, None]] = {}
    for one in found:
        listed.setdefault(one.code, {})[one.words] = None
    stale = [remark_words(_STALE, words, language) for words in listed.pop(_STALE, {})]
    return (*(remark_words(code, "», «".join(words), language) for code, words in listed.items()), *stale)


def document_remarks(warnings: Iterable[Problem], language: Language) -> tuple[tuple[str, str], ...]:
    """Number of the model's clause and words of each remark on the document that these answers make, in its order."""
    found = [
        (str(one.params.get("clause", "")), remark_words(one.code, str(one.params.get("words", "")), language))
        for one in warnings
        if not one.field and one.code in WORDS
    ]
    return tuple(sorted(found, key=lambda one: [int(number) for number in _NUMBERS.findall(one[0])]))
