"""Gives messages their words: catalogue codes and typed parameters become sentences in one language."""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from string import Formatter
from typing import Literal

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from tracktwo.model.finding import CountryRef, LanguageRef, Listing, Message, Money, Month, Param, PersonRef, Quoted, Term
from tracktwo.record.gate import ReleasedName

LOCALES = Path(__file__).parent / "locale"
_FORMATS = {"en": "en_001"}
"""Language → the locale whose dates and amounts are read alike everywhere: '4 March 2026', not '3/4/26'."""
_MARK = re.compile("\ue000(\\d+)\ue001")
_PLACEHOLDER = re.compile(r"[a-z][a-z0-9_]*")


class MissingMessage(LookupError):
    """A message that no catalogue holds, or whose placeholders and parameters do not agree."""


class CatalogueError(ValueError):
    """A catalogue that contradicts another one or cannot be read."""


class LanguageNotSpoken(LookupError):
    """A language without catalogues."""


@dataclass(frozen=True)
class Span:
    """A piece of a sentence; `spoken` where people or data publishers wrote the words."""

    text: str
    spoken: bool


def direction_of(spans: Iterable[Span]) -> Literal["ltr", "rtl"] | None:
    """The direction of a text that people wrote throughout, by its first letter; None where the software speaks too, or nobody's letter says."""
    spans = tuple(spans)
    if not all(span.spoken for span in spans):
        return None
    for char in "".join(span.text for span in spans):
        kind = unicodedata.bidirectional(char)
        if kind in {"R", "AL"}:
            return "rtl"
        if kind == "L":
            return "ltr"
    return None


@dataclass(frozen=True)
class Entry:
    """One message of a catalogue: its forms (one, or one per plural of the language) and the file that holds it."""

    forms: tuple[str, ...]
    plural: bool
    file: str

    @cached_property
    def placeholders(self) -> frozenset[str]:
        return frozenset(name for form in self.forms for name in placeholders(form))


def placeholders(template: str) -> list[str]:
    """The names in braces of a template, in order. Raises ValueError for a brace that names nothing."""
    names = []
    for _, name, spec, conversion in Formatter().parse(template):
        if name is None:
            continue
        if not _PLACEHOLDER.fullmatch(name) or spec or conversion:
            raise ValueError(f"'{{{name}}}' is no placeholder; write {{name}} in small letters, and a literal brace twice")
        names.append(name)
    return names


def languages() -> tuple[str, ...]:
    """The languages that have catalogues, in alphabetical order."""
    return tuple(sorted(folder.parent.name for folder in LOCALES.glob("*/LC_MESSAGES") if any(folder.glob("*.po"))))


def entries(language: str, folder: Path = LOCALES) -> dict[str, Entry]:
    """Every message of a language: code → entry.

    Raises LanguageNotSpoken without catalogues, CatalogueError where two catalogues give one code different words.
    """
    return _merge(_read(language, folder))[0]


def texts(language: str, folder: Path = LOCALES) -> dict[str, tuple[str, ...]]:
    """Every message of a language: code → its forms."""
    return {code: entry.forms for code, entry in entries(language, folder).items()}


def _read(language: str, folder: Path) -> list[tuple[str, Catalog]]:
    files = sorted((folder / language / "LC_MESSAGES").glob("*.po"))
    if not files:
        raise LanguageNotSpoken(f"tracktwo has no words in '{language}' yet; it speaks {', '.join(languages())}")
    catalogues = []
    for file in files:
        try:
            with file.open("rb") as stream:
                catalogues.append((file.name, read_po(stream, locale=language, abort_invalid=True)))
        except (PoFileError, ValueError) as error:
            raise CatalogueError(f"{file.name} of '{language}' cannot be read: {error}") from error
    return catalogues


def _merge(catalogues: Iterable[tuple[str, Catalog]]) -> tuple[dict[str, Entry], Catalog]:
    """One catalogue out of many, and an index of it. Both hold only messages that have words."""
    found: dict[str, Entry] = {}
    whole: Catalog | None = None
    for file, catalogue in catalogues:
        if whole is None:
            whole = Catalog(locale=catalogue.locale, fuzzy=False)
            # Babel's own plurals of a language can be more than the catalogues have (French: 3), so those of the catalogue stand.
            whole.mime_headers = [("Plural-Forms", catalogue.plural_forms)]
        for message in catalogue:
            if not message.id or message.fuzzy:
                continue
            plural = isinstance(message.id, (tuple, list))
            code = str(message.id[0] if plural else message.id)
            forms = tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)
            if not all(forms):
                continue
            entry = Entry(forms=forms, plural=plural, file=file)
            try:
                _ = entry.placeholders  # read once on loading, so that a bad brace is found before anybody speaks
            except ValueError as error:
                raise CatalogueError(f"'{code}' in {file}: {error}") from error
            before = found.setdefault(code, entry)
            if before.forms != forms:
                raise CatalogueError(f"'{code}' has other words in {file} than in {before.file}")
            whole.add(message.id, message.string)
    if whole is None:
        raise CatalogueError("there is no catalogue to merge")
    return found, whole


class Voice:
    """Speaks one language: renders messages and their parameters. Make it by `voice()`."""

    def __init__(self, language: str = "en", *folders: Path) -> None:
        """Load every catalogue of the language, from our own folder where no other is named. Raises LanguageNotSpoken or CatalogueError."""
        self.language = language
        self._entries, whole = _merge([found for folder in folders or (LOCALES,) for found in _read(language, folder)])
        compiled = io.BytesIO()
        write_mo(compiled, whole)
        compiled.seek(0)
        self._gettext = gettext.GNUTranslations(compiled)
        self._locale = Locale.parse(_FORMATS.get(language, language.replace("-", "_")))
        self._called: dict[str, str] = {}

    def calling(self, names: Iterable[ReleasedName]) -> Voice:
        """A voice that calls these countries as the initiative agreed: in its own language where the brief has words, else in the brief's."""
        other = copy(self)
        tags = (self.language, self.language.split("-")[0])
        for name in names:
            words = dict(name.in_languages)
            other._called = {**other._called, name.country: next((words[tag] for tag in tags if tag in words), name.name)}
        return other

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """The direction in which the language is written."""
        return "rtl" if self._locale.text_direction == "rtl" else "ltr"

    def knows(self, code: str) -> bool:
        """True where the catalogues hold this code."""
        return code in self._entries

    def say(self, message: Message) -> str:
        """The sentence. Raises MissingMessage naming code and catalogue."""
        return "".join(span.text for span in self.spans(message))

    def text(self, code: str, **params: Param) -> str:
        """The sentence of a code and its parameters."""
        return self.say(Message(code=code, params=params))

    def word(self, param: Param) -> str:
        """One parameter in words."""
        return "".join(span.text for span in self.param(param))

    def spans(self, message: Message) -> list[Span]:
        """The sentence in pieces, those that people wrote marked. Raises MissingMessage naming code and catalogue."""
        entry = self._entries.get(message.code)
        if entry is None:
            raise MissingMessage(f"no catalogue of '{self.language}' holds '{message.code}'")
        self._agree(message, entry)
        template = self._template(message, entry)
        pieces: list[Span] = []
        for literal, name, _, _ in Formatter().parse(template):
            pieces.append(Span(literal, spoken=False))
            if name is not None:
                pieces += self.param(message.params[name])
        return _joined(pieces)

    def param(self, param: Param) -> list[Span]:
        """One parameter in pieces."""
        if isinstance(param, Message):
            return self.spans(param)
        if isinstance(param, Term):
            return self.spans(Message(code=f"term.{param.term}"))
        if isinstance(param, Listing):
            return self._listing(param)
        if isinstance(param, Quoted):
            return [Span(param.quoted, spoken=True)]
        if isinstance(param, str):
            return [Span(param, spoken=True)]
        return [Span(self._value(param), spoken=False)]

    def _agree(self, message: Message, entry: Entry) -> None:
        given, wanted = frozenset(message.params), entry.placeholders
        if wanted - given:
            raise MissingMessage(f"'{message.code}' in {entry.file} wants {_named(wanted - given)}, which nobody gave")
        unused = given - wanted - {"count"}  # it chooses the plural, and some languages have none
        if unused:
            raise MissingMessage(f"'{message.code}' in {entry.file} has no place for {_named(unused)}")

    def _template(self, message: Message, entry: Entry) -> str:
        if not entry.plural:
            return entry.forms[0]
        count = message.params.get("count")
        if not isinstance(count, int) or isinstance(count, bool):
            raise MissingMessage(f"'{message.code}' in {entry.file} has a plural and wants 'count' as a whole number")
        return self._gettext.ngettext(message.code, message.code, count)

    def _value(self, param: CountryRef | PersonRef | Money | Month | LanguageRef | bool | int | Decimal | date) -> str:
        if isinstance(param, CountryRef):
            return self.country(param.country)
        if isinstance(param, PersonRef):
            return param.person
        if isinstance(param, Money):
            return self.money(param.amount, param.currency)
        if isinstance(param, Month):
            return self.month(param.month)
        if isinstance(param, LanguageRef):
            return self.tongue(param.language)
        if isinstance(param, bool):
            return self.text("bool.yes" if param else "bool.no")
        if isinstance(param, date):
            return self.date(param)
        return self.number(param)

    def _listing(self, listing: Listing) -> list[Span]:
        if not listing.items:
            return self.spans(Message(code="list.none"))
        # The items stay out of Babel's hands: marks are joined, so that no word that a person wrote can break the pattern.
        joined = format_list([f"\ue000{number}\ue001" for number in range(len(listing.items))], locale=self._locale)
        pieces: list[Span] = []
        for number, part in enumerate(_MARK.split(joined)):
            pieces += self.param(listing.items[int(part)]) if number % 2 else [Span(part, spoken=False)]
        return _joined(pieces)

    def country(self, code: str) -> str:
        """The name of a country by its alpha-3 code: as the initiative agreed; former states from the catalogue; else the code."""
        if code in self._called:
            return self._called[code]
        if self.knows(f"country.{code}"):
            return self.text(f"country.{code}")
        modern = get_global("territory_aliases").get(code, [])
        name = self._locale.territories.get(modern[0]) if len(modern) == 1 else None
        return name or code

    def tongue(self, tag: str) -> str:
        """The name of a language by its BCP 47 tag; else the tag."""
        names = self._locale.languages
        return names.get(tag.replace("-", "_")) or names.get(tag.split("-")[0]) or tag

    def number(self, value: int | Decimal) -> str:
        return format_decimal(value, locale=self._locale)

    def money(self, amount: int | Decimal, currency: str) -> str:
        """An amount with its ISO code; whole amounts without decimals."""
        number = format_decimal(amount, format="#,##0" if amount == int(amount) else "#,##0.00", locale=self._locale)
        pattern = self._locale.currency_formats["standard"].pattern
        before = pattern.index("¤") < pattern.index("#")
        return f"{currency}\u00a0{number}" if before else f"{number}\u00a0{currency}"

    def month(self, month: str, *, short: bool = False) -> str:
        """A month given as YYYY-MM."""
        return format_skeleton("yMMM" if short else "yMMMM", date.fromisoformat(f"{month}-01"), locale=self._locale)

    def date(self, day: date, *, form: Literal["long", "full"] = "long") -> str:
        return format_date(day, form, locale=self._locale)


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _joined(pieces: Iterable[Span]) -> list[Span]:
    """Drop empty pieces and join neighbours that nobody but the catalogue wrote."""
    joined: list[Span] = []
    for piece in pieces:
        if joined and joined[-1].spoken and joined[-1].text.endswith((".", "!", "?", "…")) and piece.text.startswith("."):
            piece = Span(piece.text[1:], piece.spoken)  # people end their own sentences
        if not piece.text:
            continue
        if joined and not piece.spoken and not joined[-1].spoken:
            joined[-1] = Span(joined[-1].text + piece.text, spoken=False)
        else:
            joined.append(piece)
    return joined


@lru_cache(maxsize=8)
def voice(language: str = "en") -> Voice:
    """The voice of a language, loaded once. Raises LanguageNotSpoken or CatalogueError."""
    return Voice(language)
