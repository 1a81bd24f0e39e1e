"""What every noun shares: frozen values, text in NFC, and the line of the brief on which it stands."""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

LINE = "__line__"
"""Key under which a reader leaves the line number of a mapping; never part of a file."""


_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters but line ends and tabs, and halves of surrogate pairs: no page, table or workbook can carry them."""


def nfc(text: str) -> str:
    """Return the text in Unicode normal form C, without surrounding space."""
    return unicodedata.normalize("NFC", text).strip()


def _readable(text: str) -> str:
    text = text.strip() if text.isascii() else nfc(text)
    if not text:
        raise PydanticCustomError("empty", "is empty; write a few words or leave the field out")
    found = _UNREADABLE.search(text)
    if found:
        raise PydanticCustomError("control", "holds the control character {code}; remove it", {"code": f"U+{ord(found.group()):04X}"})
    return text


Text = Annotated[str, AfterValidator(_readable)]
"""Words that a person wrote: NFC, stripped, not empty, without control characters other than line ends and tabs."""


def _country(value: Any, info: ValidationInfo) -> Any:
    """Resolve a country by whatever resolver the reader passes as context; without one only an alpha-3 code is taken."""
    if not isinstance(value, str):
        raise PydanticCustomError("country", "should be the name or the ISO code of a country")
    resolve = (info.context or {}).get("resolve_country")
    if resolve is not None:
        return resolve(nfc(value))
    if len(value) == 3 and value.isascii() and value.isupper():
        return value
    raise PydanticCustomError("country", "should be an ISO 3166-1 alpha-3 code such as CAF, not '{value}'", {"value": value})


CountryCode = Annotated[str, BeforeValidator(_country)]
"""ISO 3166-1 alpha-3 code of a country (and XKX, which ISO leaves to users)."""

SideId = Annotated[str, AfterValidator(nfc), Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""Short name of a side inside one brief: small letters, digits and hyphens."""

PersonName = Annotated[str, AfterValidator(_readable), Field(max_length=200)]
"""Somebody of the team or of the invited, by the name in the brief or by the code in the record, such as A-03."""

Language = Annotated[str, AfterValidator(nfc), Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""BCP 47 language tag such as fr, sg or zh-Hant."""

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
"""ISO 4217 currency code."""


class Noun(BaseModel):
    """A value of the model: immutable, and it refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Stated(Noun):
    """A noun that somebody stated in a brief; `line` is where, when the brief was read from a file."""

    line: SkipJsonSchema[int | None] = Field(default=None, alias=LINE, exclude=True, repr=False)
