"""The one currency between considerations, dossier and web: a finding, its message, its evidence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, PlainSerializer

from tracktwo.model.base import CountryCode, Currency, Noun

Kind = Literal["known", "assumed", "unknown", "conflicting"]
"""known: evidence says so; assumed: we or the brief suppose it; unknown: ask; conflicting: evidence against evidence."""

Severity = Literal["info", "note", "warning", "serious"]
"""How much a decision may hang on it; never a verdict."""

PlainDecimal = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]


class CountryRef(Noun):
    """A country, shown by its name in the reader's language."""

    country: CountryCode


class PersonRef(Noun):
    """A person, by code; the gate puts the name in only where names were asked for."""

    person: str


class Term(Noun):
    """A word of tracktwo's own vocabulary, for instance `stage.socialising`; the catalogues hold its translations."""

    term: str


class Money(Noun):
    """An amount in an ISO 4217 currency."""

    amount: PlainDecimal
    currency: Currency


class Month(Noun):
    """A month of a year, YYYY-MM."""

    month: str


class LanguageRef(Noun):
    """A language by its BCP 47 tag, shown by its name in the reader's language."""

    language: str


class Quoted(Noun):
    """Words that are shown as they were written, even where they hold one side's form of a contested name: the title of a publication, or the
    form of a side in the sentence that sets the forms of all sides beside each other."""

    quoted: str


class Message(Noun):
    """A sentence before it has a language: a catalogue code and its typed parameters.

    A bare `str` parameter holds words that a person or a data publisher wrote; the gate puts agreed forms for contested names, nothing else.
    """

    code: str
    params: Mapping[str, Param] = Field(default_factory=dict)


class Listing(Noun):
    """Several parameters, joined as the reader's language joins them."""

    items: tuple[Param, ...]


# The date stands before the decimal: written as JSON, a value goes to the first of these that takes it, and a decimal is written as anything formats.
Param = CountryRef | PersonRef | Term | Money | Month | LanguageRef | Quoted | Listing | Message | bool | int | date | PlainDecimal | str


class Evidence(Noun):
    """Where a statement comes from: publisher, data set, version, row or address, and the date it speaks for."""

    publisher: str
    dataset: str
    version: str | None = None
    locator: str | None = None
    as_of: date
    url: str | None = None
    licence: str | None = None


class Finding(Noun):
    """One thing that a consideration found, for one or more rows of the checklist."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    message: Message
    rows: tuple[str, ...] = Field(min_length=1)
    kind: Kind
    severity: Severity = "info"
    evidence: tuple[Evidence, ...] = ()
    as_of: date
    next_step: Message | None = None
    ask: tuple[Param, ...] = ()
    decision: Term | None = None
    personal: bool = False
    """True for a person's legal or travel situation: released only with names."""

    @property
    def code(self) -> str:
        return self.message.code

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits derived from the content: the same finding has the same id in every dossier."""
        return content_id(self.model_dump(mode="json"))


def content_id(content: Any) -> str:
    """Return `f` and the first 12 hexadecimal digits of SHA-256 over the canonical JSON of `content`."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return "f" + hashlib.sha256(canonical.encode()).hexdigest()[:12]


Message.model_rebuild()
Listing.model_rebuild()
Finding.model_rebuild()
