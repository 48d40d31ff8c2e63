"""spaCy's parts of the analyser: one tokenizer for both languages, and the component that gives keys."""

from __future__ import annotations

from spacy.language import Language as Pipeline
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kb.language.model import Language, Token
from kb.language.tokens import spans
from kb.language.words import Keyer

#: Name of the component in a pipeline.
KEYS = "kb_keys"
#: Word types remembered for each language; a full store is emptied.
CACHED_TYPES = 300_000


class Tokenizer:
    """spaCy tokenizer: words and numbers of ours, and what stands between them as tokens without a key."""

    def __init__(self, vocab: Vocab) -> None:
        """Make documents of ``vocab``."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Document of ``text`` whose words are those that ``spans`` finds."""
        words: list[str] = []
        spaces: list[bool] = []
        keyed: list[int] = []
        at = 0
        for start, end in spans(text):
            if start > at:
                _between(text[at:start], words, spaces)
            keyed.append(len(words))
            words.append(text[start:end])
            spaces.append(False)
            at = end
        if at < len(text):
            _between(text[at:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces, user_data={KEYS: keyed})


def _between(gap: str, words: list[str], spaces: list[bool]) -> None:
    if words and gap[0] == " ":
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        blank = gap[-1] == " " and len(gap) > 1
        words.append(gap[:-1] if blank else gap)
        spaces.append(blank)


class Keys:
    """Component that gives each word its normal form (``norm_``) and its key (``lemma_``)."""

    def __init__(self) -> None:
        self._keyer: Keyer | None = None
        self._language = Language.KY
        self._known: dict[str, tuple[str, str]] = {}

    def use(self, keyer: Keyer, language: Language) -> None:
        """Take keys from ``keyer`` as for texts of ``language``."""
        self._keyer, self._language, self._known = keyer, language, {}

    def __call__(self, doc: Doc) -> Doc:
        """The document, its words with normal form and key."""
        for index in doc.user_data[KEYS]:
            token = doc[index]
            text = token.text
            token.norm_, token.lemma_ = self._known.get(text) or self._learn(text)
        return doc

    def tokens(self, text: str) -> list[Token]:
        """What the whole pipeline finds in ``text``, without a document: several times quicker."""
        known = self._known
        found = []
        for start, end in spans(text):
            word = text[start:end]
            forms = known.get(word) or self._learn(word)
            found.append(Token(start, end, forms[0], forms[1]))
        return found

    def _learn(self, word: str) -> tuple[str, str]:
        if self._keyer is None:
            raise RuntimeError(KEYS)
        forms = self._keyer(word, self._language)
        if len(self._known) >= CACHED_TYPES:
            self._known.clear()
        self._known[word] = forms
        return forms


@Pipeline.factory(KEYS)
def _keys(nlp: Pipeline, name: str) -> Keys:
    return Keys()
