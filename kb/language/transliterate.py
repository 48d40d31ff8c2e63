"""Kyrgyz and Russian in Latin letters, for addresses."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = dict(zip("абвгдезиклмнопрстуфыэөүңіїєў", "abvgdeziklmnoprstufyeouniieu", strict=True)) | {
    "ё": "e",
    "ж": "zh",
    "й": "i",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ю": "iu",
    "я": "ia",
}
_TABLE = str.maketrans(_LETTERS)
_VARIANTS = str.maketrans("ӊҥӉҤѳѲɵƟ", "ңңңңөөөө")
_LOOK_ALIKES = str.maketrans("aceopxykmthb", "асеорхукмтнв")
_MIXED = re.compile(r"[а-яөүң]+[a-z][a-zа-яөүң]*|[a-z]+[а-яөүң][a-zа-яөүң]*")
_LENGTH = 80


def transliterate(text: str) -> str:
    """``text`` in lower-case Latin letters (``Жергиликтүү кеңеш`` → ``zhergiliktuu kenesh``)."""
    low = unicodedata.normalize("NFKC", text.replace("№", " ")).translate(_VARIANTS).lower()
    low = _MIXED.sub(lambda match: match.group().translate(_LOOK_ALIKES), low)
    plain = unicodedata.normalize("NFKD", low.translate(_TABLE))
    return "".join(char for char in plain if not unicodedata.combining(char))


def slugify(text: str) -> str:
    """A name as a piece of an address: ``[a-z0-9-]``, at most 80 characters, cut at the end of a word.

    ``О порядке проверки № 12`` → ``o-poriadke-proverki-12``

    Returns:
        The slug; empty if the text has no letter or digit that can be written so.
    """
    slug = re.sub(r"[^a-z0-9]+", "-", transliterate(text[: 20 * _LENGTH])).strip("-")
    if len(slug) <= _LENGTH:
        return slug
    cut = slug.rfind("-", 0, _LENGTH + 1)
    return slug[: cut if cut > 0 else _LENGTH]
