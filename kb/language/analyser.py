"""The analyser of texts and queries: spaCy pipelines with our tokenizer and our keys."""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from kb.language.kyrgyz import fit, restore, stem
from kb.language.kyrgyz.fitting import GRAMMAR
from kb.language.model import Analyser, Language, Token
from kb.language.words import Keyer

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline

    from kb.language.components import Keys

#: Changes with every change of the rules that can change a key.
RULES = 1

#: Below so many different words a fitted table is no better than the grammar alone; a grown table is fitted anew.
_LEAST_TYPES = 1_000
_GROWTH = 2
#: Analysers kept for indexes of other tables: one that is searched while its successor is built.
_KEPT = 2


def load(kyrgyz_keys: Callable[[str], str] | None = None) -> Analyser:
    """The analyser that index and queries share.

    Args:
        kyrgyz_keys: key of each Kyrgyz word, as ``kb.language.kyrgyz.fit`` makes it; None for ``stem``.
    """
    return _Analyser(kyrgyz_keys)


class _Analyser:
    def __init__(self, kyrgyz_keys: Callable[[str], str] | None, types: int = 0) -> None:
        keyer = Keyer(kyrgyz_keys or stem)
        self._turn = threading.Lock()
        self._pipelines = {language: _pipeline(language, keyer) for language in (Language.KY, Language.RU)}
        self._types = types
        self._frozen: dict[bytes, _Analyser] = {}
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

    def fit(self, texts: Iterable[tuple[Language, Sequence[str]]]) -> bytes:
        words = _Words()
        collecting = _Analyser(words)
        types: set[str] = set()
        for language, lines in texts:
            found = collecting.analyze_many(lines, language)
            if language is Language.KY:
                types.update(token.surface for tokens in found for token in tokens)
        if len(types) < _LEAST_TYPES:
            return b""
        table = fit(words.seen).data() if len(words.seen) >= _LEAST_TYPES else None
        told = json.dumps({"types": len(types), "table": table}, ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(told.encode(), 1)

    def frozen(self, stems: bytes) -> Analyser:
        if not stems:
            return self
        with self._turn:
            if stems not in self._frozen:
                while len(self._frozen) >= _KEPT:
                    del self._frozen[next(iter(self._frozen))]
                self._frozen[stems] = _read(stems)
            return self._frozen[stems]

    def outgrown(self, types: int) -> bool:
        return types > max(self._types * _GROWTH, _LEAST_TYPES)

    def _of(self, language: Language) -> tuple[Pipeline, Keys]:
        return self._pipelines[Language.KY if language is Language.KY else Language.RU]


class _Words:
    """Takes the place of a stemmer to see which words it would be asked for."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def __call__(self, word: str) -> str:
        self.seen.add(word)
        return word


def _read(stems: bytes) -> _Analyser:
    try:
        told = json.loads(zlib.decompress(stems))
        return _Analyser(restore(told["table"]) if told["table"] else None, int(told["types"]))
    except (zlib.error, ValueError, AttributeError, KeyError, TypeError) as error:
        message = f"no table of stems of this version: {error}"
        raise ValueError(message) from None


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
