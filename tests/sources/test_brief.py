"""The reader of briefs: what it takes as written, and the sentence for everything that it cannot take."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracktwo.model.base import Noun, SideId
from tracktwo.model.brief import Brief
from tracktwo.sources.brief import BriefError, parse_brief, read_brief

BARE = "title: Two banks\nparties: [{name: Upstream}]\n"


def country(value: str) -> str:
    found = {"Mali": "MLI", "CAF": "CAF"}.get(value)
    if found is None:
        raise ValueError(f"'{value}' is no country that we know")
    return found


def parse(text: str) -> Brief:
    return parse_brief(text, "brief.yaml", country)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BriefError) as told:
        parse(text)
    assert str(told.value) == told.value.problems[0]
    return told.value.problems


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(content: str | bytes, name: str = "brief.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


def test_three_lines_are_a_brief() -> None:
    brief = parse(BARE + "countries: [Mali]\n")
    assert (brief.title, brief.parties[0].name, brief.countries) == ("Two banks", "Upstream", ("MLI",))


def test_the_language_no_is_norwegian_and_not_a_refusal() -> None:
    assert parse(BARE + "languages: [no, on, yes, nb]\n".replace("on, yes, ", "")).languages == ("no", "nb")


def test_a_month_a_year_and_a_version_stay_what_was_written() -> None:
    brief = parse(BARE + "history: [{date: 1960, what: 0x10}, {date: 2027-02, what: 1_000}, {date: 2027-02-01, what: 1e3}]\n")
    assert [(event.date, event.what) for event in brief.history] == [("1960", "0x10"), ("2027-02", "1_000"), ("2027-02-01", "1e3")]


@pytest.mark.parametrize("nothing", ["", " ~", " null", " # not yet known"])
def test_a_field_left_open_is_as_if_it_were_not_there(nothing: str) -> None:
    assert parse(BARE + f"purpose:{nothing}\n").purpose is None


def test_a_quoted_nothing_is_a_word() -> None:
    assert parse(BARE + "purpose: 'null'\n").purpose == "null"


def test_digits_of_other_scripts_are_dates_too() -> None:
    brief = parse(BARE + "wish: {starts: ٢٠٢٧-٠٢-٠١}\nhistory: [{date: १९६०, what: x}]\n")
    assert (brief.wish.starts, brief.history[0].date) == (date(2027, 2, 1), "1960")


def test_text_is_composed_and_stripped() -> None:
    assert parse("title: '  Cafe\u0301 '\nparties: [{name: U}]\n").title == "Café"


def test_every_noun_knows_its_line() -> None:
    brief = parse("title: T\nparties:\n  - name: A\n  - name: B\n    engagement:\n      record:\n        - what: signed\nwish:\n  days: 2\n")
    engagement = brief.parties[1].engagement
    assert engagement is not None
    assert [party.line for party in brief.parties] == [3, 4]
    assert (engagement.line, engagement.record[0].line, brief.wish.line) == (6, 7, 9)


LISTED = "list: one line for each item, starting with '- '"
WRONG = {
    "wish: {starts: 2027-02-30}": ", wish.starts: '2027-02-30' is not a day of the calendar",
    "wish: {starts: 1 March 2027}": ", wish.starts: should be a date of the calendar written YYYY-MM-DD, not '1 March 2027'",
    "wish: {starts: 2027}": ", wish.starts: should be a date of the calendar written YYYY-MM-DD, not '2027'",
    "wish: {starts: 86400}": ", wish.starts: should be a date of the calendar written YYYY-MM-DD, not '86400'",
    "wish: {starts: 9999-12-31}": ", wish.starts: should be a date of the calendar written YYYY-MM-DD, not '9999-12-31'",
    "history: [{date: 2021-13, what: x}]": ", history[1].date: should be a date as YYYY, YYYY-MM or YYYY-MM-DD, not '2021-13'",
    "history: [{date: 2021-02-29, what: x}]": ", history[1].date: '2021-02-29' is not a day of the calendar",
    "budget: {currency: EUR, pledges: [{donor: d, amount: 1, arrives: 2027}]}": (
        ", budget.pledges[1].arrives: should be a month as YYYY-MM, not '2027'"
    ),
    "budget: {currency: EUR, pledges: [{donor: d, amount: 1, arrives: 0207-02}]}": (
        ", budget.pledges[1].arrives: should be a month as YYYY-MM, not '0207-02'"
    ),
    "budget: {currency: EUR, pledges: [{donor: d, amount: 1, arrives: 2027-02, until: 2027-01}]}": (
        ", budget.pledges[1]: lapses in 2027-01, before it arrives in 2027-02; correct one"
    ),
    "budget: {currency: euro}": ", budget.currency: 'euro' is not of the expected form (a currency code such as EUR)",
    "budget: {currency: EUR, costs: [{what: w, amount: much}]}": ", budget.costs[1].amount: should be a number, not 'much'",
    "budget: {currency: EUR, costs: [{what: w, amount: 0}]}": ", budget.costs[1].amount: should be more than 0, not '0'",
    "budget: {currency: EUR, costs: [{what: w, amount: NaN}]}": ", budget.costs[1].amount: should be a number, not 'NaN'",
    "budget: {currency: EUR, costs: [{what: w, amount: 1, month: 2027-01}]}": ", budget.costs[1]: has a month but is not 'once'; write every: once",
    "budget: {currency: EUR, costs: [{what: w, amount: 1, currency: USD}]}": ": budget uses USD without a rate to EUR; add it under budget.rates",
    "wish: {days: 0}": ", wish.days: should be at least 1, not '0'",
    "wish: {rounds: 61}": ", wish.rounds: should be at most 60, not '61'",
    "wish: {rounds: some}": ", wish.rounds: should be a whole number, not 'some'",
    "wish: {mode: outdoors}": ", wish.mode: should be 'in person', 'online' or 'hybrid', not 'outdoors'",
    "fictional: perhaps": ", fictional: should be true or false, not 'perhaps'",
    "languages: [no, Norwegian]": ", languages[2]: 'Norwegian' is not of the expected form (a language code such as fr, ar or zh-Hant)",
    "countries: [Mali, Atlantis]": ", countries[2]: 'Atlantis' is no country that we know",
    "countries: [[Mali]]": ", countries[1]: should be the name or the ISO code of a country",
    "places: [{city: X, country: Atlantis}]": ", places[1].country: 'Atlantis' is no country that we know",
    "places: [{city: X, latitude: 91}]": ", places[1].latitude: should be at most 90, not '91'",
    "team: [{name: T, nationalities: [Atlantis]}]": ", team[1].nationalities[1]: 'Atlantis' is no country that we know",
    "purposes: x": ", purposes: is no field of a brief; did you mean 'purpose'?",
    "wish: {start: x}": ", wish.start: is no field of a brief; did you mean 'starts'?",
    "venues: [{name: V, place: {city: C, town: x}}]": (
        ", venues[1].place.town: is no field of a brief; fields here: city, country, latitude, longitude"
    ),
    "relations: [{from: a, to: b, kind: talks to, form: x}]": ", relations[1].form: is no field of a brief; did you mean 'from'?",
    "relations: [{from: a, kind: talks to}]": ", relations[1].to: is missing",
    "sides: [{id: North Bank, name: N}]": (
        ", sides[1].id: 'North Bank' is not of the expected form (small letters, digits and hyphens, such as north or armed-groups)"
    ),
    "history: [{date: 2020, what: x, narrative_of: The North}]": (
        ", history[1].narrative_of: 'The North' is not of the expected form (small letters, digits and hyphens, such as north or armed-groups)"
    ),
    "wish: [a]": ", wish: should be a group of fields such as 'name: …', not a list",
    "wish: soon": ", wish: should be a group of fields such as 'name: …', not 'soon'",
    "sides: {id: north, name: N}": f", sides: should be a {LISTED}",
    "sides: north": f", sides: should be a {LISTED}",
    "sides: [north]": ", sides[1]: should be a group of fields such as 'name: …', not 'north'",
    "purpose: [a, b]": ", purpose: should be words, not a list",
    "purpose: {a: b}": ", purpose: should be words, not a group of fields",
    "purpose: ''": ", purpose: is empty; write a few words or leave the field out",
    'purpose: "a\\0b"': ", purpose: holds the control character U+0000; remove it",
    "line: 3": None,
    "__line__: 3": ": __line__ is no field of a brief",
    "purpose: &here x": ": YAML anchors and aliases (& and *) are not used in briefs; write the value out",
    "purpose: *here": ": YAML anchors and aliases (& and *) are not used in briefs; write the value out",
    "title: again": ": 'title' stands twice in the same place; keep one",
    "? [a]\n: b": ": a field name is a plain word, not a list or a group",
    "\tpurpose: x": ": is indented with a tab; YAML takes spaces only",
    "purpose: x\x00": ": holds the control character U+0000; remove it",
    "purpose: x\x1b": ": holds the control character U+001B; remove it",
    "purpose: a: b": ": this is not YAML (mapping values are not allowed in this context); check indentation and quotes",
    "change: {statement: s, links: [{id: a, if: x, then: y, after: [b]}]}": ": change.links 'a' comes after 'b', which is no link (links: a)",
    "change: {statement: s, links: [{id: a, if: x, then: y}, {id: a, if: x, then: y}]}": (
        ": change.links has two links 'a'; each link has an id of its own"
    ),
}


@pytest.mark.parametrize("line", WRONG)
def test_a_wrong_line_is_told_by_file_line_and_field(line: str) -> None:
    (sentence,) = problems(BARE + line + "\n")
    if line == "line: 3":
        assert sentence.startswith("brief.yaml line 3, line: is no field of a brief; fields here: activities, actors, acts, ")
    else:
        assert sentence == f"brief.yaml line 3{WRONG[line]}"


AT_ODDS = {
    "[{about: X, forms: [{side: a, form: Ava}, {side: b, form: Bel}]}, {about: Y, forms: [{side: a, form: Cor, also: [Bel]}]}]": (
        "contested_names has 'Bel' for 'X' and for 'Y'; give it to one of them"
    ),
    "[{about: X, country: CAF, forms: [{side: a, form: Ava}]}, {about: Y, country: CAF, forms: [{side: a, form: Bel}]}]": (
        "contested_names gives the country CAF to 'X' and to 'Y'; give it to one of them"
    ),
    "[{about: X, agreed: Bel, forms: [{side: a, form: Ava}]}, {about: Y, forms: [{side: a, form: Bel}]}]": (
        "contested_names agrees on 'Bel' for 'X', but it is a side's form of 'Y'"
    ),
    "[{about: X, forms: [{side: a, form: Ava, in: {French: Avo}}]}]": (
        "contested_names[1].forms[1].in.French: 'French' is not of the expected form (a language code such as fr, ar or zh-Hant)"
    ),
    "[{about: X, forms: [{side: a, form: Ava}], agreed_in: {ar: ''}}]": (
        "contested_names[1].agreed_in.ar: is empty; write a few words or leave the field out"
    ),
}


@pytest.mark.parametrize("table", AT_ODDS)
def test_a_table_of_names_that_contradicts_itself_is_told(table: str) -> None:
    (sentence,) = problems(f"title: T\nsides: [{{id: a, name: A}}, {{id: b, name: B}}]\nparties: [{{name: U}}]\ncontested_names: {table}\n")
    assert sentence.startswith("brief.yaml line 4")
    assert sentence.endswith(AT_ODDS[table])


SIDE_NAMED = {
    "parties": "[{name: A, side: east}]",
    "officials": "[{process: P, side: east}]",
    "panel": "{quotas: [{side: east, min: 1}]}",
    "observances": "[{tradition: islam, side: east}]",
    "actors": "[{name: A, sides: [north, east]}]",
    "activities": "[{who: A, what: B, sides: [east]}]",
    "connectors": "[{what: A, sides: [east]}]",
    "dividers": "[{what: A, sides: [east]}]",
    "team": "[{name: A, accepted_by: [east]}]",
    "invited": "[{name: A, refused_by: [east]}]",
    "contested_names": "[{about: A, forms: [{side: east, form: B}]}]",
    "issues": "[{name: A, grievances: [{what: B, kind: legal, side: east}]}]",
    "history": "[{date: 2020, what: A, narrative_of: east}]",
    "culture": "[{what: A, host: east}]",
    "shared_practices": "[{what: A, practised_by: [north], asked: [east]}]",
    "convenor": "{name: A, side: east}",
    "venue_answers": "[{venue: V, country: CAF, side: east, answer: accepts, date: 2026-01-01}]",
    "harms": "[{what: A, to: B, side: east}]",
}


@pytest.mark.parametrize("field", SIDE_NAMED)
def test_a_side_that_nobody_declared_is_told_wherever_it_stands(field: str) -> None:
    parties = "" if field == "parties" else "parties: [{name: U}]\n"
    (sentence,) = problems(f"title: T\nsides: [{{id: north, name: N}}]\n{parties}{field}: {SIDE_NAMED[field]}\n")
    line = 3 if field == "parties" else 4
    assert sentence.startswith(f"brief.yaml line {line}: {field}.")
    assert sentence.endswith("names the side 'east', which nobody declared (sides: north)")


def _names_a_side(hint: Any) -> bool:
    """True where the type, or a noun that it holds, has a field of type SideId."""
    if hint == SideId:
        return True
    if isinstance(hint, type) and issubclass(hint, Noun):
        return any(_names_a_side(inner) for inner in get_type_hints(hint, include_extras=True).values())
    return any(_names_a_side(inner) for inner in get_args(hint))


def test_no_field_that_names_a_side_is_forgotten_above() -> None:
    naming = {field for field, hint in get_type_hints(Brief, include_extras=True).items() if _names_a_side(hint)}
    assert naming - {"sides"} == set(SIDE_NAMED)


def test_all_problems_are_told_each_once_in_the_order_of_the_fields() -> None:
    text = "titel: T\nparties:\n  - kind: tribe\n  - name: B\n    country: Atlantis\nwish: {days: 0, rounds: x}\n"
    assert problems(text) == (
        "brief.yaml line 1, title: is missing; every brief needs it",
        "brief.yaml line 3, parties[1].name: is missing",
        "brief.yaml line 3, parties[1].kind: should be 'government', 'armed group', 'political movement', 'community', 'religious body',"
        " 'institution', 'municipality', 'organisation' or 'other', not 'tribe'",
        "brief.yaml line 5, parties[2].country: 'Atlantis' is no country that we know",
        "brief.yaml line 6, wish.days: should be at least 1, not '0'",
        "brief.yaml line 6, wish.rounds: should be a whole number, not 'x'",
        "brief.yaml line 1, titel: is no field of a brief; did you mean 'title'?",
    )


def test_all_references_that_hang_loose_are_told_together() -> None:
    text = BARE + "sides:\n  - {id: a, name: A}\n  - {id: a, name: B}\nactors:\n  - {name: X, sides: [b]}\n  - {name: Y, sides: [c]}\n"
    assert problems(text) == (
        "brief.yaml line 7: actors.sides names the side 'b', which nobody declared (sides: a)",
        "brief.yaml line 8: actors.sides names the side 'c', which nobody declared (sides: a)",
        "brief.yaml line 5: sides declares 'a' twice; each side is declared once",
    )


def test_a_brief_without_parties_says_so() -> None:
    assert problems("title: T\nparties: []\n") == ("brief.yaml line 2, parties: is empty; it needs at least one item, starting with '- '",)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "brief.yaml is empty; a brief begins with 'title: …' and 'parties: …', see 'tracktwo brief new'"),
        ("# only a remark\n", "brief.yaml is empty; a brief begins with 'title: …' and 'parties: …', see 'tracktwo brief new'"),
        ("- a\n", "brief.yaml: a brief is a list of fields such as 'title: …' and 'parties: …'; see 'tracktwo brief new'"),
        ("hello", "brief.yaml: a brief is a list of fields such as 'title: …' and 'parties: …'; see 'tracktwo brief new'"),
        (BARE + "---\n" + BARE, "brief.yaml: holds more than one YAML document (a line '---'); a file is one brief"),
        ("a: " + "[" * 60 + "]" * 60, "brief.yaml line 1: values are nested more than 12 deep, which no field of a brief is"),
        ("a: [\n", "brief.yaml line 2: this is not YAML (did not find expected node content); check indentation and quotes"),
    ],
)
def test_what_is_no_brief_at_all_is_told_in_one_sentence(text: str, sentence: str) -> None:
    assert problems(text) == (sentence,)


def test_an_anchor_bomb_is_refused_at_its_first_anchor_and_at_once() -> None:
    bomb = "a: &a [lol, lol, lol]\n" + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20))
    began = time.perf_counter()
    assert problems(bomb) == ("brief.yaml line 1: YAML anchors and aliases (& and *) are not used in briefs; write the value out",)
    assert time.perf_counter() - began < 1


def test_a_tag_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    assert parse(BARE + f"purpose: !!python/object/apply:os.mkdir {mark}\n").purpose == str(mark)
    assert not mark.exists()


def test_thousands_of_wrong_fields_are_told_within_seconds() -> None:
    began = time.perf_counter()
    assert len(problems(BARE + "".join(f"nothing{number}: x\n" for number in range(3000)))) == 3000
    assert time.perf_counter() - began < 20


def test_a_long_wrong_value_is_cut() -> None:
    (sentence,) = problems(BARE + f"wish: {{rounds: {'many ' * 200}}}\n")
    assert len(sentence) < 140
    (sentence,) = problems(BARE + f"? {'x' * 5000}\n: y\n")
    assert sentence.startswith(f"brief.yaml line 3, {'x' * 59}…: is no field of a brief")


def test_a_byte_order_mark_is_accepted(write: Callable[..., Path]) -> None:
    assert read_brief(write(b"\xef\xbb\xbf" + BARE.encode()), country).title == "Two banks"


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (BARE.encode() + "purpose: Zoë\n".encode("latin-1"), "brief.yaml line 3: the file is not UTF-8; save it as UTF-8 in your editor"),
        (BARE.encode("utf-16"), "brief.yaml line 1: the file is not UTF-8; save it as UTF-8 in your editor"),
        (
            b"#" * 2_000_000,
            "brief.yaml has 2,000,000 bytes; a brief has at most 262,144 (move long texts to files named under documents)",
        ),
    ],
)
def test_a_file_that_is_no_page_of_text_is_told_so(write: Callable[..., Path], raw: bytes, sentence: str) -> None:
    with pytest.raises(BriefError) as told:
        read_brief(write(raw), country)
    assert told.value.problems == (sentence,)


def test_a_folder_and_a_missing_file_are_told_so(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match=r" is a folder; give the YAML file of the brief$"):
        read_brief(tmp_path, country)
    with pytest.raises(BriefError, match=r"none\.yaml does not exist; write one with 'tracktwo brief new .*none\.yaml'$"):
        read_brief(tmp_path / "none.yaml", country)


def test_a_file_that_may_not_be_read_is_told_so(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(BARE)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root may read everything, so the refusal is played
        monkeypatch.setattr(Path, "open", lambda *_: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    with pytest.raises(BriefError, match=r"brief\.yaml cannot be read: Permission denied$"):
        read_brief(path, country)


def test_people_of_the_roster_follow_those_of_the_brief(write: Callable[..., Path]) -> None:
    write("name;side\nBello;south\n", "people.csv")
    path = write("title: T\nparties: [{name: U}]\nsides: [{id: south, name: S}]\ninvited: [{name: Amina}]\nroster: people.csv\n")
    assert [person.name for person in read_brief(path, country).invited] == ["Amina", "Bello"]


def test_a_wrong_roster_makes_the_brief_wrong(write: Callable[..., Path]) -> None:
    write("name;side\nBello;east\n", "people.csv")
    with pytest.raises(BriefError, match=r"^people\.csv row 2: names the side 'east'"):
        read_brief(write(BARE + "roster: people.csv\n"), country)


@pytest.mark.parametrize("outside", ["/etc/passwd", "../people.csv", "a/../../people.csv"])
def test_a_roster_outside_the_folder_of_the_brief_is_not_opened(write: Callable[..., Path], tmp_path: Path, outside: str) -> None:
    (tmp_path.parent / "people.csv").write_text("name\nSecret\n", encoding="utf-8")
    with pytest.raises(BriefError) as told:
        read_brief(write(BARE + f"roster: {outside}\n"), country)
    assert str(told.value) == f"brief.yaml, roster: '{outside}' leads out of the brief's folder; put the roster beside the brief"


SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates(), st.sampled_from(["north", "EUR", "2027-02"])
)
KEYS = st.one_of(st.sampled_from([*Brief.model_fields, "name", "what", "id", "from", "if", "side", "amount"]), st.text(max_size=8))
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)


def sentences(text: str) -> tuple[str, ...]:
    """The problems of a brief; none where it can be read. Anything but BriefError comes through."""
    try:
        parse(text)
    except BriefError as error:
        return error.problems
    return ()


@given(st.text(max_size=400))
@settings(max_examples=300)
def test_any_text_is_a_brief_or_raises_sentences_only(text: str) -> None:
    for tried in (text, BARE + text):
        assert all(sentence.startswith("brief.yaml") for sentence in sentences(tried))


@given(st.dictionaries(KEYS, TREES, max_size=6))
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_any_yaml_is_a_brief_or_raises_sentences_only(tree: dict[str, Any]) -> None:
    text = yaml.safe_dump({"title": "T", "parties": [{"name": "U"}], **tree}, allow_unicode=True)
    assert all(sentence.startswith("brief.yaml") for sentence in sentences(text))


@given(st.binary(max_size=200))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_brief_or_raise_sentences_only(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "brief.yaml"
    path.write_bytes(raw)
    with pytest.raises(BriefError):
        read_brief(path, country)
