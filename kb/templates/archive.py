"""A form as bytes, so that a draft can keep the version that it began with when the product's own has moved on."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json
import types
import zlib
from collections.abc import Mapping
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from kb.errors import BadForm
from kb.templates.model import Form

_MOST_BYTES = 60_000_000


def pack(form: Form) -> bytes:
    """The form as bytes, the same for the same form."""
    return zlib.compress(json.dumps(_plain(form), ensure_ascii=False, sort_keys=True).encode(), 9)


def unpack(content: bytes) -> Form:
    """The form that ``pack`` made ``content`` of; what that version of the model lacked has its default.

    Raises:
        BadForm: it is none, or of a version of the product that wrote forms otherwise.
    """
    try:
        opened = zlib.decompressobj()
        plain = json.loads(opened.decompress(content, _MOST_BYTES))
        return _value(Form, plain)  # type: ignore[no-any-return]
    except (zlib.error, ValueError, TypeError, KeyError, LookupError):
        raise BadForm(reason="archive", where="form") from None


def _plain(value: object) -> Any:
    match value:
        case Enum():
            return value.value
        case bytes():
            return base64.b64encode(value).decode()
        case dt.date():
            return value.isoformat()
        case Mapping():
            return [[_plain(name), _plain(one)] for name, one in value.items()]
        case tuple() | list():
            return [_plain(one) for one in value]
        case _ if dataclasses.is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        case _:
            return value


def _value(kind: Any, plain: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, types.UnionType}:
        return None if plain is None else _value(next(one for one in inner if one is not types.NoneType), plain)
    if origin is tuple:
        return tuple(_value(inner[0], one) for one in plain)
    if origin is not None and issubclass(origin, Mapping):
        return {_value(inner[0], name): _value(inner[1], one) for name, one in plain}
    if kind is bytes:
        return base64.b64decode(plain)
    if kind is dt.date:
        return dt.date.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in dataclasses.fields(kind) if field.name in plain]
        return kind(**{name: _value(hints[name], plain[name]) for name in names})  # type: ignore[operator]
    return plain
