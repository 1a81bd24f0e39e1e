from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.making import BRIEFS, constituted
from tracktwo.constitute import let_out
from tracktwo.dossier.language import LOCALES, Entry, entries, languages, voice
from tracktwo.model.finding import Message

ENGLISH = entries("en")
TRANSLATED = ["ar", "fr"]
FORMS = {"ar": 6, "en": 2, "fr": 2}
PICKED = {
    "ar": {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 102: 5, 103: 3},
    "en": {0: 1, 1: 0, 2: 1, 11: 1},
    "fr": {0: 0, 1: 0, 2: 1, 11: 1},
}
"""Language → a number → which of its forms a sentence with that number takes."""

MARKS = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FRENCH_SLIPS = {
    "a straight apostrophe or quotation mark": re.compile("['\"“”]"),
    "a plain space before ; : ? ! »": re.compile(r" [;:?!»]"),
    "no hard space before ; ? ! »": re.compile("[^\u00a0\u202f][;?!»]"),
    "no hard space before a colon": re.compile("[^\u00a0\u202f]:"),
    "no hard space after «": re.compile("«[^\u00a0]"),
}
ARABIC_SLIPS = {
    "a Latin comma, semicolon or question mark": re.compile(r"[,;?]"),
    "a stretched letter": re.compile("\u0640"),
    "quotation marks of another language": re.compile("['\"“”]"),
    "digits of another row than the numbers have": re.compile("[\u0660-\u0669\u06f0-\u06f9]"),
}
SLIPS = {"ar": ARABIC_SLIPS, "fr": FRENCH_SLIPS}
VERDICTS = {
    "ar": re.compile("مسموح|يُسمح|آمن|مأمون|سبّب|تسبب"),
    "en": re.compile(r"\b(allow|permi[st]|safe|caus|authoris)", re.IGNORECASE),
    "fr": re.compile(r"\b(autoris|permi[st]|sûr|caus[eé])", re.IGNORECASE),
}


def bare(form: str) -> str:
    """The words of a form alone, each placeholder a letter."""
    return re.sub(r"\{\w+\}", "x", form)


def every(language: str) -> list[tuple[str, str]]:
    return [(code, form) for code, entry in entries(language).items() for form in entry.forms]


def test_the_dossier_speaks_three_languages() -> None:
    assert set(languages()) >= {"ar", "en", "fr"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_language_holds_the_codes_of_english_and_no_others(language: str) -> None:
    held = entries(language)
    assert sorted(ENGLISH.keys() - held.keys()) == []
    assert sorted(held.keys() - ENGLISH.keys()) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_stands_in_the_file_of_its_english(language: str) -> None:
    held = entries(language)
    assert [code for code, entry in held.items() if code in ENGLISH and entry.file != ENGLISH[code].file] == []


def without_count(entry: Entry) -> frozenset[str]:
    """A language may leave the number out where its form says it: 'one', 'both'."""
    return entry.placeholders - {"count"} if entry.plural else entry.placeholders


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_has_the_placeholders_of_its_english(language: str) -> None:
    held = entries(language)
    assert [code for code in ENGLISH.keys() & held.keys() if without_count(held[code]) != without_count(ENGLISH[code])] == []


@pytest.mark.parametrize("language", languages())
def test_every_language_counts_where_english_counts_in_as_many_forms_as_it_has(language: str) -> None:
    for code, entry in entries(language).items():
        assert entry.plural == ENGLISH[code].plural, code
        assert len(entry.forms) == (FORMS[language] if entry.plural else 1), code


@pytest.mark.parametrize("language", languages())
def test_every_catalogue_of_a_language_counts_alike(language: str) -> None:
    # The first catalogue's rule of plurals holds for all of them.
    files = sorted((LOCALES / language / "LC_MESSAGES").glob("*.po"))
    rules = {re.search(r"Plural-Forms: (.*?)\\n", file.read_text(encoding="utf-8")).group(1) for file in files}  # type: ignore[union-attr]
    assert len(rules) == 1


@pytest.mark.parametrize("language", languages())
def test_every_number_takes_its_form(language: str) -> None:
    speaker = voice(language)
    for code, entry in entries(language).items():
        if not entry.plural:
            continue
        for number, form in PICKED[language].items():
            params = {name: f"<{name}>" for name in entry.placeholders} | {"count": number}
            wanted = entry.forms[form].format(**(params | {"count": speaker.number(number)}))
            assert speaker.say(Message(code=code, params=params)) == wanted, (code, number)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_long_sentence_is_left_in_english(language: str) -> None:
    held = entries(language)
    same = [code for code, entry in ENGLISH.items() if len(bare(entry.forms[0])) > 16 and code in held and held[code].forms[0] == entry.forms[0]]
    assert same == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_question_stays_a_question_and_every_quotation_a_quotation(language: str) -> None:
    held = entries(language)
    for code in ENGLISH.keys() & held.keys():
        english, other = ENGLISH[code].forms[-1], held[code].forms[-1]
        assert len(re.findall("[?؟]", other)) >= ("?" in english), code
        assert other.count("«") == english.count("“"), code


@pytest.mark.parametrize("language", languages())
def test_no_text_holds_direction_marks(language: str) -> None:
    assert [code for code, form in every(language) if MARKS.search(form)] == []


@pytest.mark.parametrize(("language", "slip"), [(language, slip) for language in SLIPS for slip in SLIPS[language]])
def test_no_text_breaks_the_typography_of_its_language(language: str, slip: str) -> None:
    assert [code for code, form in every(language) if SLIPS[language][slip].search(bare(form))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_allowed_safe_or_caused_where_english_does_not_speak_of_it(language: str) -> None:
    spoken_of = {code for code, form in every("en") if VERDICTS["en"].search(bare(form))}
    assert sorted({code for code, form in every(language) if VERDICTS[language].search(bare(form))} - spoken_of) == []


@pytest.mark.parametrize(
    ("language", "slip", "text"),
    [
        ("fr", "a straight apostrophe or quotation mark", "l'accord"),
        ("fr", "a plain space before ; : ? ! »", "Qui ?"),
        ("fr", "no hard space before ; ? ! »", "Qui?"),
        ("fr", "no hard space before a colon", "Qui: {who}"),
        ("fr", "no hard space after «", "«{title}\u00a0»"),
        ("ar", "a Latin comma, semicolon or question mark", "من, {who}"),
        ("ar", "a stretched letter", "بـ{who}"),
        ("ar", "quotation marks of another language", "“{title}”"),
        ("ar", "digits of another row than the numbers have", "٢٥"),
    ],
)
def test_a_slip_would_be_seen(language: str, slip: str, text: str) -> None:
    assert SLIPS[language][slip].search(bare(text))


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c", "\u202b", "\u2067", "\u2069"])
def test_a_direction_mark_would_be_seen(mark: str) -> None:
    assert MARKS.search(f"a{mark}b")


@pytest.mark.parametrize("language", languages())
def test_every_language_says_that_no_native_speaker_has_read_it(language: str) -> None:
    assert voice(language).text("interface.page.not-yet-read") != ""
    assert len({voice(each).text("interface.page.not-yet-read") for each in languages()}) == len(languages())


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("path", BRIEFS, ids=[path.stem for path in BRIEFS])
def test_everything_that_a_brief_brings_up_can_be_said_in_every_language(path: Path, language: str) -> None:
    speaker = voice(language)
    for section in let_out(constituted(path), speaker, names=False).sections:
        for finding in section.findings:
            assert speaker.say(finding.message)
            for param in (*finding.ask, *filter(None, (finding.next_step, finding.decision))):
                assert speaker.word(param)
        for exhibit in section.exhibits:
            assert speaker.say(exhibit.title)


@pytest.mark.parametrize(
    ("language", "amount", "month", "day"),
    [
        ("ar", "165,694\u00a0EUR", "فبراير 2027", "15 فبراير 2027"),
        ("en", "EUR\u00a0165,694", "February 2027", "15 February 2027"),
        ("fr", "165\u202f694\u00a0EUR", "février 2027", "15 février 2027"),
    ],
)
def test_amounts_and_dates_follow_the_language(language: str, amount: str, month: str, day: str) -> None:
    speaker = voice(language)
    assert (speaker.money(165694, "EUR"), speaker.month("2027-02"), speaker.date(date(2027, 2, 15))) == (amount, month, day)
