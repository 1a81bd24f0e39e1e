"""Contested names: no text leaves with one side's form, nothing else is touched, and saying it twice changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from tracktwo.model.brief import ContestedName
from tracktwo.record.names import SEPARATOR, Names, languages, shown


def row(*forms: str | dict[str, object], **more: object) -> ContestedName:
    """A row of the table: one form a side, given as words or as the fields of a form."""
    made = [{"side": f"side-{n}", **(form if isinstance(form, dict) else {"form": form})} for n, form in enumerate(forms)]
    return ContestedName.model_validate({"about": "it", "forms": made, **more})


RIVER = row("Upwater", "Downwater")
TOWN = row({"form": "Oldmarket", "also": ["Altmarkt"]}, "Newmarket", agreed="the market town")
NORTH = row(
    {"form": "North Land", "also": ["북국"], "in": {"fr": "Pays du Nord", "ar": "أرض الشمال"}},
    agreed="Republic of the Land",
    agreed_in={"fr": "République du Pays", "ar": "جمهورية الأرض"},
)
WAR = row({"form": "الحرب"}, {"form": "العدوان"})
TABLE = Names([RIVER, TOWN, NORTH, WAR])


def test_without_an_agreed_form_all_forms_stand_in_alphabetical_order() -> None:
    assert shown(RIVER) == "Downwater / Upwater"
    assert shown(row("Ödland", "Otto", "Zaun")) == "Ödland / Otto / Zaun"
    assert shown(TOWN) == "the market town"


def test_a_name_is_shown_in_a_further_language_as_far_as_the_table_has_words() -> None:
    assert languages(NORTH) == ("ar", "fr")
    assert shown(NORTH, "fr") == "République du Pays"
    assert shown(NORTH, "es") == "Republic of the Land"
    half = row({"form": "Upwater", "in": {"fr": "Eau d'Amont"}}, "Downwater")
    assert shown(half, "fr") == "Downwater / Eau d'Amont"


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("They crossed Upwater at dawn.", "They crossed Downwater / Upwater at dawn."),
        ("UPWATER; Upwater's banks, the pro-Upwater party", "DOWNWATER / UPWATER; Downwater / Upwater's banks, the pro-Downwater / Upwater party"),
        ("Oldmarket and Altmarkt", "the market town and the market town"),
        ("Le Pays du Nord", "Le République du Pays"),
        ("North\u00a0Land, North\nLand", "Republic of the Land, Republic of the Land"),
        ("Up\u00adwater", "Downwater / Upwater"),
        ("the US-North Land channel", "the US-Republic of the Land channel"),
    ],
)
def test_a_form_gives_way_to_the_form_that_is_shown(written: str, leaves: str) -> None:
    assert TABLE.text(written) == leaves


@pytest.mark.parametrize(
    "text",
    [
        "Upwaters, Downwatering, Subupwater, Upwater_2",  # longer words
        "New-Upwater and Upwater-Valley",  # names of their own
        "upwater",  # not as it is written
        "Downwater / Upwater",  # already together
        "Republic of the Land and République du Pays",  # already agreed
        "see https://example.org/Upwater/Oldmarket",  # an address with other words leads nowhere
        "북국산",  # another word
        "حرب",  # without the article it is any war
    ],
)
def test_what_is_no_form_stays_as_it_was(text: str) -> None:
    assert TABLE.text(text) == text
    assert TABLE.one_sided(text) == ()


@pytest.mark.parametrize("text", ["Upwater/Downwater", "Downwater / Upwater", "Upwater (Downwater)", "Downwater ( Upwater)"])
def test_forms_that_somebody_set_beside_each_other_are_said_once(text: str) -> None:
    assert TABLE.text(f"At {text}, yes.") == "At Downwater / Upwater, yes."


def test_a_bracket_that_holds_more_than_the_other_form_stays_open() -> None:
    assert TABLE.text("Upwater (Downwater to them)") == "Downwater / Upwater (Downwater / Upwater to them)"


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("والحرب", "والحرب / العدوان"),
        ("للعدوان", "للحرب / العدوان"),
        ("بأرض الشمال وأرض الشمال", "بجمهورية الأرض وجمهورية الأرض"),
        ("الحَرْب", "الحرب / العدوان"),
    ],
)
def test_what_arabic_writes_onto_a_word_stays_with_it(written: str, leaves: str) -> None:
    assert TABLE.text(written) == leaves


@pytest.mark.parametrize("particle", ["은", "이", "의", "에서", "에서는", "으로"])
def test_a_korean_particle_stays_with_the_word(particle: str) -> None:
    assert TABLE.text(f"북국{particle} 왔다") == f"Republic of the Land{particle} 왔다"


def test_in_a_script_without_spaces_a_form_is_found_inside_the_run() -> None:
    assert Names([row("竹島", "独島")]).text("この竹島は") == "この独島 / 竹島は"


def test_a_longer_name_of_the_table_wins_over_a_form_inside_it() -> None:
    names = Names([RIVER, row("Republic of Upwater", agreed="the former authorities")])
    assert names.text("Republic of Upwater by Upwater") == "the former authorities by Downwater / Upwater"


def test_a_person_named_like_a_form_keeps_the_name() -> None:
    assert Names([RIVER], whole=["Ana Upwater"]).text("Ana Upwater of Upwater") == "Ana Upwater of Downwater / Upwater"


def test_a_form_at_the_head_of_a_sentence_is_found_and_keeps_its_capital() -> None:
    names = Names([row("armed groups", "movements")])
    assert names.text("Armed groups met.") == "Armed groups / movements met."


def test_an_earlier_sentence_is_renamed_unless_it_sets_all_forms_beside_each_other() -> None:
    assert TABLE.recalled("They crossed Upwater.") == "They crossed Downwater / Upwater."
    both = "“Upwater” (up) and “Downwater” (down)"
    assert TABLE.recalled(both) == both
    assert TABLE.recalled(both + " in Oldmarket") != both + " in Oldmarket"


WORDS = st.sampled_from(["Ava", "Bel", "Ava Bel", "Cor", "Ava-Cor", "Dun of Ava", "ete", "북국", "الحرب", "قرية", "竹島", "Bel'Ava", "Eau"])
ROWS = st.lists(
    st.builds(
        lambda forms, agreed, french: row(*({"form": form, "in": {"fr": french}} if french else form for form in forms), agreed=agreed),
        st.lists(WORDS, min_size=1, max_size=3, unique=True),
        st.none() | st.sampled_from(["the lake", "Republic of Ava", "Bel", "البلد"]),
        st.none() | st.sampled_from(["Lac d'Eau", "Pays Ava"]),
    ),
    max_size=4,
)
TEXTS = st.lists(
    WORDS
    | st.sampled_from(["the lake", "Lac d'Eau", "Pays Ava", "AVA", "Ete", "و", "ل", "لل", "은", "산", "/", "(", ")", " / ", "-", "Republic of", ""])
    | st.text(max_size=3),
    max_size=9,
).flatmap(lambda parts: st.sampled_from(["", " "]).map(lambda between: between.join(parts)))


def table(rows: list[ContestedName]) -> Names:
    """The rows as a brief would accept them: no spelling in two of them, no agreed form that is a side's form of another."""
    spellings = [{spelling for form in name.forms for spelling in (form.form, *form.in_.values())} for name in rows]
    assume(all(not one & other for n, one in enumerate(spellings) for other in spellings[n + 1 :]))
    assume(all(name.agreed not in other for n, name in enumerate(rows) for m, other in enumerate(spellings) if m != n))
    return Names(rows)


@given(ROWS, TEXTS)
def test_saying_it_twice_changes_nothing(rows: list[ContestedName], text: str) -> None:
    names = table(rows)
    once = names.text(text)
    assert names.text(once) == once


@given(ROWS, TEXTS)
def test_no_text_leaves_with_a_form_of_one_side(rows: list[ContestedName], text: str) -> None:
    names = table(rows)
    assert names.one_sided(names.text(text)) == ()


@given(ROWS, TEXTS)
@example([RIVER], "up\u200dwater  \u064b n\u0303")
def test_a_text_without_one_sided_forms_is_the_same_to_the_byte(rows: list[ContestedName], text: str) -> None:
    names = table(rows)
    if not names.one_sided(text) and SEPARATOR.strip() not in text and "(" not in text:
        assert names.text(text) == text


@given(st.text(max_size=200))
def test_without_a_table_every_text_leaves_as_it_is(text: str) -> None:
    assert Names([]).text(text) == text
