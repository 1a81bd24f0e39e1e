"""What travels between the server and its child: frames of JSON on a pipe, in which a day stays a day and an amount an amount.

A parameter of a message may be words, a day or an amount, and words can look like either; so the two carry what they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import IO, Any, TypeVar

from tracktwo.model.base import Noun

N = TypeVar("N", bound=Noun)

_LENGTH = 4
_DAY, _AMOUNT = "$day", "$amount"
MOST = 256 * 1024 * 1024
"""Bytes of one frame: a dossier in one language has three million."""


def carried(noun: Noun) -> Any:
    """A noun as JSON can carry it."""
    return _plain(noun)


def taken(kind: type[N], data: Any) -> N:
    """The noun that was carried. Raises pydantic.ValidationError."""
    return kind.model_validate(_typed(data))


def send(pipe: IO[bytes], data: Any) -> None:
    """Write one frame: its length in four bytes, then JSON. Raises BrokenPipeError where nobody reads."""
    frame = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    pipe.write(len(frame).to_bytes(_LENGTH, "big") + frame)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any | None:
    """Read one frame; None where the other side has gone, also in the middle of one."""
    head = pipe.read(_LENGTH)
    length = int.from_bytes(head, "big")
    if len(head) < _LENGTH or length > MOST:
        return None
    frame = pipe.read(length)
    return json.loads(frame) if len(frame) == length else None


def _plain(value: object) -> object:
    if isinstance(value, Noun):
        return {name: _plain(getattr(value, name)) for name, field in type(value).model_fields.items() if not field.exclude}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return {_DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {_AMOUNT: str(value)}
    return value


def _typed(data: Any) -> Any:
    if isinstance(data, list):
        return [_typed(item) for item in data]
    if not isinstance(data, dict):
        return data
    if data.keys() == {_DAY}:
        return date.fromisoformat(data[_DAY])
    if data.keys() == {_AMOUNT}:
        return Decimal(data[_AMOUNT])
    return {key: _typed(item) for key, item in data.items()}
