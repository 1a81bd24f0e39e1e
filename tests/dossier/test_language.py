from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

from tests.dossier import samples
from tracktwo.dossier.language import (
    LOCALES,
    CatalogueError,
    LanguageNotSpoken,
    MissingMessage,
    Span,
    Voice,
    entries,
    languages,
    placeholders,
    texts,
    voice,
)
from tracktwo.model import brief, case, world
from tracktwo.model.exhibit import Link, Node, Point, Slot
from tracktwo.model.finding import CountryRef, Kind, LanguageRef, Listing, Message, Money, Month, PersonRef, Severity, Term
from tracktwo.model.rows import ALL_ROWS, CONSIDERATIONS

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def catalogues(folder: Path, **files: str) -> Path:
    """A folder of catalogues in English, one file for each argument."""
    messages = folder / "en" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    for name, text in files.items():
        (messages / f"{name}.po").write_text(HEAD + text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", languages())
def test_every_placeholder_of_every_catalogue_is_a_name(language: str) -> None:
    for entry in entries(language).values():
        for form in entry.forms:
            assert placeholders(form) == [name for name in placeholders(form) if name in entry.placeholders]


@pytest.mark.parametrize("language", languages())
def test_no_plural_form_asks_for_more_than_its_longest_form(language: str) -> None:
    for code, entry in entries(language).items():
        assert len(entry.forms) == 1 or entry.plural, code
        fullest = set(placeholders(entry.forms[-1]))
        assert set(entry.placeholders) == fullest, f"{code} in {entry.file}"


@pytest.mark.parametrize("template", ["{}", "{0}", "{Name}", "{name!r}", "{name:>9}", "{a.b}", "{name", "name}"])
def test_a_brace_that_names_nothing_is_refused(template: str) -> None:
    with pytest.raises(ValueError):
        placeholders(template)


def test_every_row_has_a_question_and_every_consideration_a_title() -> None:
    known = texts("en")
    questions = [known[f"row.{row}"][0] for row in ALL_ROWS]
    assert all(len(question) <= 110 for question in questions)
    assert len(set(questions)) == 66
    assert {f"section.{name}{end}" for name in CONSIDERATIONS for end in ("", ".about")} <= known.keys()


LITERALS = {
    "challenge": brief.Challenge,
    "party": brief.PartyKind,
    "grievance": brief.GrievanceKind,
    "level": brief.Level,
    "track": brief.Track,
    "issue": brief.IssueStatus,
    "relation": brief.RelationKind,
    "change-level": brief.ChangeLevel,
    "stage": brief.Stage,
    "pledge": brief.PledgeStatus,
    "trigger": brief.TriggerKind,
    "act": brief.ActKind,
    "role": brief.TeamRole,
    "outcome": case.Outcome,
    "route": case.CaseTransfer.model_fields["route"].annotation,
    "output": case.CaseOutput.model_fields["kind"].annotation,
    "rule": brief.GroundRule.model_fields["rule"].annotation,
    "standing": brief.Grievance.model_fields["standing"].annotation,
    "mode": brief.Wish.model_fields["mode"].annotation,
    "every": brief.Cost.model_fields["every"].annotation,
    "voice": brief.Voice.model_fields["how"].annotation,
    "tradition": brief.Observance.model_fields["tradition"].annotation,
    "actor": brief.Actor.model_fields["kind"].annotation,
    "person": brief.Person.model_fields["kind"].annotation,
    "convenor": brief.Convenor.model_fields["kind"].annotation,
    "entry": world.Entry,
    "severity": Severity,
    "kind": Kind,
    "link": Link.model_fields["state"].annotation,
    "slot": Slot.model_fields["kind"].annotation,
    "node": Node.model_fields["shape"].annotation,
    "point": Point.model_fields["kind"].annotation,
}


@pytest.mark.parametrize("field", LITERALS)
def test_every_value_of_the_vocabulary_has_a_word(field: str) -> None:
    values = get_args(LITERALS[field])
    assert values
    for value in values:
        assert voice().word(Term(term=f"{field}.{value.replace(' ', '-')}"))


def test_every_parameter_is_rendered_by_its_type(spoken: Voice) -> None:
    assert spoken.say(samples.EVERY) == (
        "Central African Republic: A-01 may spend EUR\u00a0120,000 by November 2026; speaks Sango; stage filtering ideas home; yes or no: yes; "
        "1,234 people, 0.25 share, on 4 March 2026. Kana Herders, Soviet Union and " + samples.ARABIC + " said so.."
    )


def test_words_that_people_wrote_are_marked_and_others_are_not(spoken: Voice) -> None:
    assert spoken.spans(samples.message("plain", text="{country}")) == [Span("{country}", spoken=True), Span(" said so.", spoken=False)]
    assert spoken.param(Listing(items=("a", CountryRef(country="MLI"), "b"))) == [
        Span("a", spoken=True),
        Span(", Mali and ", spoken=False),
        Span("b", spoken=True),
    ]


def test_marks_of_the_list_in_the_words_of_people_stay_words() -> None:
    assert voice().word(Listing(items=("\ue0001\ue001", "b"))) == "\ue0001\ue001 and b"


@pytest.mark.parametrize(("count", "sentence"), [(1, "1 party is named: x."), (2, "2 parties are named: x."), (0, "0 parties are named: x.")])
def test_the_plural_is_chosen_by_count(spoken: Voice, count: int, sentence: str) -> None:
    assert spoken.say(samples.message("parties", count=count, parties="x")) == sentence


@pytest.mark.parametrize(
    ("param", "words"),
    [
        (CountryRef(country="XKX"), "Kosovo"),
        (CountryRef(country="DDR"), "German Democratic Republic"),
        (CountryRef(country="QQQ"), "QQQ"),
        (PersonRef(person="B-02"), "B-02"),
        (LanguageRef(language="zh-Hant"), "Traditional Chinese"),
        (LanguageRef(language="qqq"), "qqq"),
        (Money(amount=Decimal("-1250.5"), currency="XAF"), "XAF\u00a0-1,250.50"),
        (Month(month="2026-02"), "February 2026"),
        (date(2026, 3, 4), "4 March 2026"),
        (Decimal("1234.5"), "1,234.5"),
        (True, "yes"),
        (False, "no"),
        (1, "1"),
        (Listing(items=()), "none"),
        ("as {it} stands", "as {it} stands"),
    ],
)
def test_a_parameter_in_words(param: object, words: str) -> None:
    assert voice().word(param) == words  # type: ignore[arg-type]


def test_a_code_that_no_catalogue_holds_is_named() -> None:
    with pytest.raises(MissingMessage, match=r"no catalogue of 'en' holds 'conflict\.no-such'"):
        voice().say(Message(code="conflict.no-such"))


def test_a_term_that_no_catalogue_holds_is_named() -> None:
    with pytest.raises(MissingMessage, match=r"term\.stage\.dancing"):
        voice().word(Term(term="stage.dancing"))


def test_a_placeholder_without_parameter_names_code_and_file(spoken: Voice) -> None:
    with pytest.raises(MissingMessage, match=r"'sample\.plain' in sample\.po wants \{text\}"):
        spoken.say(samples.message("plain"))


def test_a_parameter_without_placeholder_names_code_and_file(spoken: Voice) -> None:
    with pytest.raises(MissingMessage, match=r"'sample\.plain' in sample\.po has no place for \{who\}"):
        spoken.say(samples.message("plain", text="x", who="y"))


@pytest.mark.parametrize("count", ["three", True])
def test_a_plural_wants_a_whole_number(spoken: Voice, count: str | bool) -> None:
    with pytest.raises(MissingMessage, match="wants 'count' as a whole number"):
        spoken.say(samples.message("parties", count=count, parties="x"))


def test_one_code_with_two_texts_is_an_error(tmp_path: Path) -> None:
    folder = catalogues(tmp_path, one='msgid "a"\nmsgstr "A"\n', two='msgid "a"\nmsgstr "B"\n')
    with pytest.raises(CatalogueError, match=r"'a' has other words in two\.po than in one\.po"):
        Voice("en", folder)


def test_one_code_with_the_same_text_twice_is_one_message(tmp_path: Path) -> None:
    folder = catalogues(tmp_path, one='msgid "a"\nmsgstr "A"\n', two='msgid "a"\nmsgstr "A"\n')
    assert Voice("en", folder).text("a") == "A"


@pytest.mark.parametrize("text", ['msgid "a"\nmsgstr ""\n', '#, fuzzy\nmsgid "a"\nmsgstr "A"\n'])
def test_a_message_without_finished_words_is_missing(tmp_path: Path, text: str) -> None:
    folder = catalogues(tmp_path, one=text)
    with pytest.raises(MissingMessage):
        Voice("en", folder).text("a")


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"one\.po"):
        Voice("en", catalogues(tmp_path, one='msgid "a"\nwords "A"\n'))
    shutil.rmtree(tmp_path / "en")
    with pytest.raises(CatalogueError, match=r"'a' in one\.po"):
        Voice("en", catalogues(tmp_path, one='msgid "a"\nmsgstr "{A}"\n'))


def test_a_language_without_catalogues_is_refused_in_one_sentence() -> None:
    with pytest.raises(LanguageNotSpoken, match="'tlh'"):
        voice("tlh")


def test_the_direction_is_that_of_the_language(tmp_path: Path) -> None:
    shutil.copytree(LOCALES / "en", tmp_path / "ar")
    assert Voice("ar", tmp_path).direction == "rtl"
    assert voice().direction == "ltr"


def test_a_voice_is_loaded_once() -> None:
    assert voice("en") is voice("en")
