"""The analyser of texts and queries: spaCy pipelines with our tokenizer and our keys."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kb.language.kyrgyz import stem
from kb.language.kyrgyz.fitting import GRAMMAR
from kb.language.model import Analyser, Language, Token
from kb.language.words import Keyer

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

    from kb.language.components import Keys

#: Changes with every change of the rules that can change a key.
RULES = 1


def load(kyrgyz_keys: Callable[[str], str] | None = None) -> Analyser:
    """The analyser that index and queries share.

    Args:
        kyrgyz_keys: key of each Kyrgyz word, as ``kb.language.kyrgyz.fit`` makes it; None for ``stem``.
    """
    return _Analyser(kyrgyz_keys)


class _Analyser:
    def __init__(self, kyrgyz_keys: Callable[[str], str] | None) -> None:
        keyer = Keyer(kyrgyz_keys or stem)
        self._turn = threading.Lock()
        self._pipelines = {language: _pipeline(language, keyer) for language in (Language.KY, Language.RU)}
        fitted = getattr(kyrgyz_keys, "version", "given") if kyrgyz_keys else "rules"
        self._version = hashlib.sha256(f"{RULES}:{GRAMMAR}:{fitted}".encode()).hexdigest()[:12]

    @property
    def version(self) -> str:
        return self._version

    def analyze(self, text: str, language: Language) -> list[Token]:
        pipeline, _ = self._of(language)
        # The vocabulary forgets the words of a text, else a server's memory would grow with each query;
        # it has one such zone at a time, so threads take turns.
        with self._turn, pipeline.memory_zone():
            return [
                Token(token.idx, token.idx + len(token), token.norm_, token.lemma_)
                for token in pipeline(text)
                if token.lemma
            ]

    def analyze_many(self, texts: Sequence[str], language: Language) -> list[list[Token]]:
        _, keys = self._of(language)
        return [keys.tokens(text) for text in texts]

    def _of(self, language: Language) -> tuple[Pipeline, Keys]:
        return self._pipelines[Language.KY if language is Language.KY else Language.RU]


def _pipeline(language: Language, keyer: Keyer) -> tuple[Pipeline, Keys]:
    # spaCy takes most of a second to import; commands that analyse nothing do not wait for it.
    import spacy

    from kb.language.components import KEYS, Keys, Tokenizer

    pipeline = spacy.blank(language.value)
    pipeline.max_length = 1 << 31
    pipeline.tokenizer = Tokenizer(pipeline.vocab)
    keys = pipeline.add_pipe(KEYS)
    if not isinstance(keys, Keys):
        raise TypeError(KEYS)
    keys.use(keyer, language)
    return pipeline, keys
