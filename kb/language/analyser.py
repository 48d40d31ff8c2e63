"""The analyser of texts and queries: spaCy pipelines with our tokenizer and our keys."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kb.language.kyrgyz import stem
from kb.language.model import Analyser, Language, Token
from kb.language.words import Keyer

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

#: Changes with every change of the rules that can change a key.
RULES = 1
_BATCH = 512


def load(kyrgyz_keys: Callable[[str], str] | None = None) -> Analyser:
    """The analyser that index and queries share.

    Args:
        kyrgyz_keys: key of each Kyrgyz word, as ``kb.language.kyrgyz.fit`` makes it; None for ``stem``.
    """
    return _Analyser(kyrgyz_keys)


class _Analyser:
    def __init__(self, kyrgyz_keys: Callable[[str], str] | None) -> None:
        keyer = Keyer(kyrgyz_keys or stem)
        self._pipelines = {language: _pipeline(language, keyer) for language in (Language.KY, Language.RU)}
        fitted = getattr(kyrgyz_keys, "version", "") if kyrgyz_keys else "rules"
        self._version = hashlib.sha256(f"{RULES}:{fitted}".encode()).hexdigest()[:12]

    @property
    def version(self) -> str:
        return self._version

    def analyze(self, text: str, language: Language) -> list[Token]:
        return self.analyze_many((text,), language)[0]

    def analyze_many(self, texts: Sequence[str], language: Language) -> list[list[Token]]:
        pipeline = self._pipelines[Language.KY if language is Language.KY else Language.RU]
        found: list[list[Token]] = []
        for first in range(0, len(texts), _BATCH):
            # The vocabulary forgets a batch's words, else a server's memory would grow with each query.
            with pipeline.memory_zone():
                found.extend(_tokens(pipeline(text)) for text in texts[first : first + _BATCH])
        return found


def _tokens(doc: Doc) -> list[Token]:
    return [Token(token.idx, token.idx + len(token), token.norm_, token.lemma_) for token in doc if token.lemma]


def _pipeline(language: Language, keyer: Keyer) -> Pipeline:
    import spacy

    from kb.language import components

    pipeline = spacy.blank(language.value)
    pipeline.max_length = 1 << 31
    pipeline.tokenizer = components.Tokenizer(pipeline.vocab)
    keys = pipeline.add_pipe(components.KEYS)
    if isinstance(keys, components.Keys):
        keys.use(keyer, language)
    return pipeline
