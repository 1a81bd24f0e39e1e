"""Contested names: every text that leaves shows the form agreed for the initiative, or the forms of all sides together.

The table is the brief's `contested_names`; nothing is translated and nothing guessed. What it cannot know: a spelling that nobody entered, the
endings of declined words (enter them under `also`), and a longer name written in several words (give it a row of its own).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tracktwo.model.brief import ContestedName
from tracktwo.record.mask import plain

SEPARATOR = " / "

_UNSEEN = "\u00ad\u200b-\u200f\u2060\u0640\u064b-\u0652\u0670"
"""Soft hyphens, joiners, Arabic vowel signs and the stroke that lengthens a word: they may stand inside a name without changing it."""
_APOSTROPHES = "'\u2019\u02bc"
_HYPHENS = "-\u2010\u2011"
_ADDRESS = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://\S+|\bwww\.\S+")
"""An address says where a document stands; with other words in it, it would lead nowhere."""
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_ARABIC_PREFIX = re.compile(r"[وف]?(?:[بلك]?(?:ال)?|لل)")
"""And, then, in, for, like, and the article, which are written onto the word."""
_ARTICLE = re.compile(r"(?:^|\W)[وف]?[بلك]?ال$")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HANGUL_RUN = re.compile(r"[\uac00-\ud7a3]+")
_PARTICLE = re.compile(
    "(?:에서|에게|께서|까지|부터|보다|처럼|으로|로|하고|라고|이라고|라는|이라는|와|과|에)?(?:은|는|도|만|의|이나|나)?|이|가|을|를|이며|며|들|들은|들이|들을|들의"
)
"""What Korean writes onto a noun. Anything else makes another word: 북한산 is a mountain."""
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
"""Scripts that put no space between words: there a name is found wherever it stands."""
_BETWEEN = re.compile(r"\s*/\s*|\s*\(\s*")
_ROUNDS = 5
"""A replacement can complete a longer name of the table with the words beside it; it is then taken in the next round."""


@dataclass(frozen=True)
class _Entry:
    """A spelling of the table: the row to which it belongs and the words that are shown for it."""

    row: int
    shown: str


@dataclass(frozen=True)
class _Hit:
    start: int
    end: int
    entry: _Entry


def shown(name: ContestedName, language: str | None = None) -> str:
    """The words that stand for the name: the agreed form, or the forms of all sides in alphabetical order; in a further language as far as given."""
    if language is not None and language in name.agreed_in:
        return name.agreed_in[language]
    if name.agreed is not None:
        return name.agreed
    forms = {form.in_.get(language, form.form) if language else form.form for form in name.forms}
    return SEPARATOR.join(sorted(forms, key=lambda form: (plain(form).casefold(), form)))


def languages(name: ContestedName) -> tuple[str, ...]:
    """The further languages in which the table has words for this name, in alphabetical order."""
    return tuple(sorted({*name.agreed_in, *(language for form in name.forms for language in form.in_)}))


class Names:
    """Puts the agreed or all forms for each form of a contested name. `whole` are names, such as a person's, that are left as they are."""

    def __init__(self, contested: Iterable[ContestedName], whole: Iterable[str] = ()) -> None:
        self._entries: dict[str, _Entry] = {}
        rows = tuple(contested)
        self._forms = tuple(frozenset(_key(form.form) for form in name.forms if form.form != shown(name)) for name in rows)
        for row, name in enumerate(rows):
            for words in (shown(name), *(shown(name, language) for language in languages(name))):
                self._learn(words, _Entry(row, words))
        for row, name in enumerate(rows):
            for language in (None, *languages(name)):
                words = shown(name, language)
                for form in name.forms:
                    spellings = (form.form, *form.also) if language is None else (form.in_.get(language, form.form),)
                    for spelling in spellings:
                        self._learn(spelling, _Entry(row, words))
        for number, kept in enumerate(whole, 1):
            self._learn(kept, _Entry(-number, kept))

    def _learn(self, spelling: str, entry: _Entry) -> None:
        """Enter a spelling as it is written, with a capital where a sentence begins with it, and in capitals. What was entered first stays."""
        if not _key(spelling):  # signs of which nothing can be seen are found everywhere and nowhere
            return
        for way in _WAYS:
            self._entries.setdefault(_key(way(spelling)), _Entry(entry.row, way(entry.shown)))
        if spelling.startswith("ال"):  # "for the" swallows the article's first letter
            words = "لل" + entry.shown[2:] if entry.shown.startswith("ال") else "ل" + entry.shown
            self._entries.setdefault(_key("لل" + spelling[2:]), _Entry(entry.row, words))

    @cached_property
    def _patterns(self) -> Mapping[str, tuple[tuple[re.Pattern[str], _Entry], ...]]:
        """First letter → the spellings that begin with it, the longest first."""
        by_letter: dict[str, list[tuple[str, _Entry]]] = {}
        for key, entry in self._entries.items():
            by_letter.setdefault(key[0], []).append((key, entry))
        return {
            letter: tuple((_pattern(key), entry) for key, entry in sorted(found, key=lambda item: (-len(item[0]), item[0])))
            for letter, found in by_letter.items()
        }

    @cached_property
    def _finder(self) -> re.Pattern[str]:
        letters = {first for letter in self._patterns for first in _same_letter(letter)}
        return re.compile("[" + "".join(re.escape(letter) for letter in sorted(letters)) + "]")

    def text(self, text: str) -> str:
        """Return the text with the agreed or all forms; a text without one-sided forms as it is."""
        if not self._entries:
            return text
        for _ in range(_ROUNDS):
            changed = self._once(text)
            if changed == text:
                break
            text = changed
        return text

    def recalled(self, text: str) -> str:
        """Return a sentence of an earlier dossier with the agreed or all forms; one that sets the forms of all sides beside each other stays."""
        found: dict[int, set[str]] = {}
        for hit in self._hits(text) if self._entries else ():
            if text[hit.start : hit.end] != hit.entry.shown:
                found.setdefault(hit.entry.row, set()).add(_key(text[hit.start : hit.end]))
        beside = all(row >= 0 and self._forms[row] <= forms for row, forms in found.items())
        return text if beside else self.text(text)

    def one_sided(self, text: str) -> tuple[str, ...]:
        """The forms of the text that would not be left as they are, in order."""
        return tuple(text[hit.start : hit.end] for hit in self._hits(text) if text[hit.start : hit.end] != hit.entry.shown) if self._entries else ()

    def _once(self, text: str) -> str:
        out, end = "", 0
        for hit in self._together(text, self._hits(text)):
            before = text[end : hit.start]
            if hit.entry.shown.startswith("ال") and _ARTICLE.search(before):
                before = before[:-2]  # one article is enough
            out += before + hit.entry.shown
            end = hit.end
        return out + text[end:] if end else text

    def _hits(self, text: str) -> Iterator[_Hit]:
        addresses = [found.span() for found in _ADDRESS.finditer(text)]
        at = 0
        while candidate := self._finder.search(text, at):
            start = candidate.start()
            address = next((span for span in addresses if span[0] <= start < span[1]), None)
            hit = None if address else self._at(text, start)
            if hit:
                yield hit
            at = hit.end if hit else address[1] if address else start + 1

    def _at(self, text: str, start: int) -> _Hit | None:
        """The longest spelling that stands here as a word."""
        for pattern, entry in self._patterns.get(_key(text[start]), ()):
            found = pattern.match(text, start)
            if found and _begins(text, start, found.group()) and _ends(text, found.end(), found.group()):
                # Where nothing is to be put, not even an invisible letter is touched.
                same = _key(found.group()) == _key(entry.shown)
                return _Hit(start, found.end(), _Entry(entry.row, found.group()) if same else entry)
        return None

    def _together(self, text: str, hits: Iterable[_Hit]) -> list[_Hit]:
        """Join forms of one name that somebody already set beside each other, as in 'one/other' or 'one (other)'."""
        joined: list[_Hit] = []
        for hit in hits:
            last = joined[-1] if joined else None
            between = _BETWEEN.fullmatch(text, last.end, hit.start) if last and last.entry.row == hit.entry.row else None
            bracket = between is not None and "(" in between.group()
            if last is None or between is None or (bracket and text[hit.end : hit.end + 1] != ")"):
                joined.append(hit)
            else:
                changed = next((one.entry for one in (last, hit) if text[one.start : one.end] != one.entry.shown), last.entry)
                joined[-1] = _Hit(last.start, hit.end + bracket, changed)
        return joined


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


_WAYS: tuple[Callable[[str], str], ...] = (str, _capitalised, str.upper)


def _key(text: str) -> str:
    """The text as two ways of writing it are compared: without invisible letters, with one kind of apostrophe, hyphen and space."""
    text = re.sub(f"[{_UNSEEN}]", "", text)
    text = re.sub(f"[{_APOSTROPHES}]", "'", text)
    text = re.sub(f"[{_HYPHENS}]", "-", text)
    return re.sub(r"\s+", " ", text)


def _same_letter(letter: str) -> str:
    return next((letters for letters in (_APOSTROPHES, _HYPHENS) if letter in letters), letter)


def _pattern(key: str) -> re.Pattern[str]:
    parts = []
    for letter in key:
        same = _same_letter(letter)
        parts.append(r"\s+" if letter == " " else f"[{re.escape(same)}]" if len(same) > 1 else re.escape(letter))
    return re.compile(f"[{_UNSEEN}]*".join(parts))


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_" or unicodedata.combining(letter) > 0


def _begins(text: str, start: int, form: str) -> bool:
    """True where a word can begin here: after a space or mark, after what Arabic writes onto a word, anywhere in an unspaced script.

    One word that a hyphen joins to a capitalised word is part of another name (Alsace-Lorraine); a form of several words is not (US-North Land).
    """
    before = text[start - 1 : start]
    if not before or _UNSPACED.match(before):
        return True
    if before in _HYPHENS:
        return " " in _key(form) or not _capital_before(text, start - 1)
    if _ARABIC.match(before) and _ARABIC.match(text[start]):
        at = start
        while at and _in_word(text[at - 1]):
            at -= 1
        return _ARABIC_PREFIX.fullmatch(_key(text[at:start])) is not None
    return not _in_word(before)


def _ends(text: str, end: int, form: str) -> bool:
    """True where a word can end here: before a space or mark, before a Korean particle, anywhere in an unspaced script; hyphens as in `_begins`."""
    after = text[end : end + 1]
    if not after or _UNSPACED.match(after):
        return True
    if after in _HYPHENS:
        return " " in _key(form) or not text[end + 1 : end + 2].isupper()
    if _HANGUL.match(after):
        run = _HANGUL_RUN.match(text, end)
        whole = run is not None and not _in_word(text[run.end() : run.end() + 1] or " ")
        return run is not None and whole and _PARTICLE.fullmatch(run.group()) is not None
    return not _in_word(after)


def _capital_before(text: str, end: int) -> bool:
    """True where the word that ends here begins with a capital: with a hyphen after it, it is part of a longer name."""
    at = end
    while at and _in_word(text[at - 1]):
        at -= 1
    return text[at:end][:1].isupper()
