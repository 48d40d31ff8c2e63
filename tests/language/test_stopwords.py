from __future__ import annotations

import pytest

from kb.language.model import Language
from kb.language.stopwords import is_stop


@pytest.mark.parametrize(
    ("word", "language", "stop"),
    [
        ("жана", Language.KY, True),
        ("жөнүндө", Language.KY, True),
        ("жонундо", Language.KY, True),
        ("эмес", Language.KY, False),
        ("жок", Language.KY, False),
        ("милдеттүү", Language.KY, False),
        ("чейин", Language.KY, False),
        ("для", Language.RU, True),
        ("не", Language.RU, False),
        ("без", Language.RU, False),
        ("вправе", Language.RU, False),
        ("the", Language.EN, False),
    ],
)
def test_stop_words(word: str, language: Language, stop: bool) -> None:
    assert is_stop(word, language) is stop
