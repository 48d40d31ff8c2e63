"""Stem of a single word by its endings alone."""

from __future__ import annotations

import re

_ENDINGS = re.compile(
    r"(?<=[а-яёөүң]{3})(?:[лдт][аеоө]р)?(?:[ыиуү]м|[ыиуү]ң|с?[ыиуү])?(?:[нтд][ыиуү]н|[нтд][ыиуү]|н?[гк][аеоө]|н?[дт][аеоө]н?)?$"
)


def stem(word: str) -> str:
    """Index key of a lower-case Kyrgyz word (``мыйзамдарынын`` → ``мыйзам``)."""
    return _ENDINGS.sub("", word, count=1)
