"""Screening: which spellings meet, which evidence counts how, and what may never change an answer."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from benchmarks import screening as protocol
from tracktwo.methods.screening import CLUES, Unread, compare, is_unread, may_be_several, screen, unread
from tracktwo.methods.screening.birth import ORDER, agreement
from tracktwo.methods.screening.coefficients import POSSIBLE
from tracktwo.methods.screening.names import parse
from tracktwo.methods.screening.sounds import nearness, sound_of
from tracktwo.model.listing import BirthRange, Hit, ListedEntry, ListedName, ListSnapshot, NameStrength, Sought


def born(text: str) -> BirthRange:
    return protocol.birth_of(text)


def entry(*names: str, id_: str = "1", births: Sequence[str] = (), countries: Sequence[str] = (), organisation: bool = False) -> ListedEntry:
    """An invented entry of a list."""
    kind = "organisation" if organisation else "person"
    return ListedEntry(id_, kind, tuple(ListedName(name) for name in names), tuple(map(born, births)), tuple(countries))  # type: ignore[arg-type]


def listed(*entries: ListedEntry, key: str = "own:test") -> ListSnapshot:
    return ListSnapshot(key, "Nobody", "a list of this test", "test.csv", date(2026, 11, 1), entries)


def sought(*names: str, birth: str | None = None, countries: Sequence[str] = (), affiliations: Sequence[str] = ()) -> Sought:
    return Sought("A-01", names, born(birth) if birth else None, tuple(countries), tuple(affiliations))


def met(name: str, other: str) -> Hit:
    hit = compare(sought(name), entry(other))
    assert hit is not None
    return hit


FAMILIES = [
    f"{first}{middle}{last}" for first in ("Ba", "Mo", "Ra", "Si", "Ta") for middle in ("ra", "li", "dno", "shga") for last in ("ti", "mal", "ni")
]
"""Made-up family names."""
SAME = [
    ("عبد الرحمن بن زكريا الفهداوي", "ABDURRAHMAN BIN ZAKARIYA AL-FAHDAWI"),
    ("عبدالرحمن زكريا الفهداوي", "AL-FAHDAWI, 'Abd al-Rahman Zakaria"),
    ("شمس الدین نورزهی", "Shamsuddin Nurzehi"),
    ("نجيب الله قندوزي", "NAJIBULLAH QUNDUZI"),
    ("מרדכי בן שמעון", "Mordechai Ben Shimon"),
    ("Дзмітрый Аляксандравіч Варанцоў", "VARANTSOU, Dzmitry Aliaksandravich"),
    ("Йордан Щербаков", "Yordan Shcherbakov"),
    ("Γεώργιος Παπακωνσταντίνου", "Georgios Papakonstantinou"),
    ("Գարեգին Տեր-Պողոսյան", "Garegin Ter-Poghosyan"),
    ("გიორგი მაჭავარიანი", "Giorgi Machavariani"),
    ("박철민", "PAK, Chol Min"),
    ("류은정", "Ryu Un Jong"),
    ("欧阳建国", "OUYANG, Jianguo"),
    ("崔成日", "CHOE, Song Il"),
    ("陳永華", "Chan Wing-wah"),
    ("शंकर गावडे", "Shankar Gavade"),
    ("サカモト・ケンジ", "Sakamoto Kenji"),
    ("Jozef Ďurčanský", "DURCANSKY, Jozef"),
    ("Yehya Ajami", "Yahia al-Ajami"),
    ("Ghazi Nasreddin", "NASR AL-DIN, Ghazi"),
    ("Alizaheer Qoreishi", "QOREISHI, Ali Zaheer"),
    ("Oleksandr Hrytsenko", "GRITSENKO, Aleksandr"),
]


@pytest.mark.parametrize(("one", "other"), SAME, ids=lambda text: str(text)[:24])
def test_one_name_in_two_spellings_is_at_least_possible(one: str, other: str) -> None:
    assert met(one, other).band in ("possible", "likely")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Chol Nam", "KIM, Yong Sam"),
        ("Maria Gonzalez", "GONZALEZ, Pedro"),
        ("محمد علي", "Mahmud Husayn"),
        ("Sergei Ivanov", "Sergei Petrov"),
        ("王小明", "PAK, Tong Ho"),
    ],
)
def test_names_that_share_only_what_many_have_are_no_more_than_a_coincidence(one: str, other: str) -> None:
    hit = compare(sought(one), entry(other))
    assert hit is None or hit.band == "coincidence"


def test_a_digit_between_letters_is_read_as_the_letter_that_it_looks_like() -> None:
    assert met("Ig0r Varants0v", "VARANTSOV, Igor").score == met("Igor Varantsov", "VARANTSOV, Igor").score


@pytest.mark.parametrize(("one", "other"), [("33rd Cedar Division", "99th Cedar Division"), ("Cedar Holding II", "Cedar Holding III")])
def test_another_number_speaks_against_a_name(one: str, other: str) -> None:
    assert met(one, other).score < met(one, one).score - 0.15


def test_another_character_of_the_same_sound_is_another_name() -> None:
    assert met("金正恩", "金正恩").score > met("金政恩", "金正恩").score
    assert met("김정은", "김정은").score > met("김종은", "김정은").score


def test_legal_forms_and_acronyms_do_not_hide_an_organisation() -> None:
    for one, other in [
        ("Vorland Technik Gesellschaft mit beschränkter Haftung", "VORLAND TECHNIK GMBH"),
        ("Importadora Quimbaya Sociedad Anonima", "IMPORTADORA QUIMBAYA, S.A."),
        ("NMLF", "NORTHERN MOUNTAIN LIBERATION FRONT"),
        ("Northern Mountain Liberation Front", "NMLF"),
        ("조선대성무역회사", "KOREA TAESONG TRADING COMPANY"),
    ]:
        hit = compare(replace(sought(one), kind="organisation"), entry(other, organisation=True))
        assert hit is not None
        assert hit.band != "coincidence", (one, other)


def test_an_acronym_is_shown_as_one() -> None:
    hit = compare(replace(sought("NMLF"), kind="organisation"), entry("NORTHERN MOUNTAIN LIBERATION FRONT", organisation=True))
    assert hit is not None
    assert [(one.sought, one.by) for one in hit.alignment] == [("NMLF", "acronym")]


def test_an_affiliation_meets_organisations_and_no_person() -> None:
    snapshot = listed(entry("BRIGADE OF THE TALL CEDARS", id_="org", organisation=True), entry("Tall Cedars", id_="person"))
    (hits,) = screen([sought("Somebody Else", affiliations=["Tall Cedars Brigade"])], [snapshot])
    assert [(hit.entry_id, hit.through, hit.met) for hit in hits] == [("org", "affiliation", "Tall Cedars Brigade")]


def test_coincidences_are_told_only_on_demand() -> None:
    snapshot = listed(entry("Karim Zolfaghari Neyshaburi", births=["1940"], countries=["IRN"]))
    person = sought("Karim Zolfaghari", birth="1999", countries=["NOR"])
    assert screen([person], [snapshot]) == ((),)
    ((hit,),) = screen([person], [snapshot], all_=True)
    assert hit.band == "coincidence"
    assert {clue.code for clue in hit.clues} >= {"clue.birth-differs", "clue.nationality-differs"}


@given(
    st.sampled_from(SAME),
    st.none() | st.dates(date(1930, 1, 1), date(2000, 12, 31)),
    st.lists(st.dates(date(1930, 1, 1), date(2000, 12, 31)), max_size=2),
    st.lists(st.sampled_from(["IRQ", "SYR"]), max_size=1),
    st.sampled_from(["primary", "weak"]),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_leaving_coincidences_out_leaves_nothing_else_out(
    names: tuple[str, str], birth: date | None, births: list[date], countries: list[str], strength: NameStrength, organisation: bool
) -> None:
    one = ListedEntry(
        "1",
        "organisation" if organisation else "person",
        (ListedName(names[1], strength), ListedName("Somebody Else")),
        tuple(BirthRange(day, day) for day in births),
        tuple(countries),
    )
    person = Sought("A-01", (names[0],), BirthRange(birth, birth) if birth else None, ("IRQ",))
    (whole,) = screen([person], [listed(one)], all_=True)
    assert screen([person], [listed(one)]) == (tuple(hit for hit in whole if hit.band != "coincidence"),)


def test_names_with_short_and_common_words_rank_by_all_that_they_share() -> None:
    crowd = [entry(f"Ali {family}", id_=f"{number:03}") for number, family in enumerate(random.Random(3).sample(FAMILIES, 60))]
    (hits,) = screen([sought("Ali Kubaysi")], [listed(*crowd, entry("KUBAISI, Ali", id_="it"))])
    assert [hit.entry_id for hit in hits][:1] == ["it"]


def test_every_clue_is_declared_with_its_parameters() -> None:
    for one, other in SAME:
        for birth in (None, "1970", "1970-05", "1970-05-06"):
            hit = compare(sought(one, birth=birth, countries=["IRQ"]), entry(other, births=["1970-06-05"], countries=["SYR"]))
            assert hit is not None
            for clue in hit.clues:
                assert tuple(name for name, _ in clue.params) in (CLUES[clue.code], ())


@pytest.mark.parametrize(
    ("one", "others", "right"),
    [
        ("1970-05-06", ["1970-05-06"], "day"),
        ("1970-05-06", ["1970-06-05"], "swapped"),
        ("1970-05-06", ["1971-05-06"], "day-other-year"),
        ("1970-05-06", ["1970-05"], "month"),
        ("1970-05-06", ["1970"], "year"),
        ("1970-05-06", ["1970-01-01"], "year"),
        ("1970", ["1971"], "near"),
        ("1970", ["1973"], "close"),
        ("1970", ["1977"], "far"),
        ("1970", ["1990"], "apart"),
        ("1970", ["1990", "1970"], "year"),
    ],
)
def test_birth_dates_agree_as_far_as_the_vaguer_one_goes(one: str, others: list[str], right: str) -> None:
    assert agreement(born(one), [born(other) for other in others]) == right


def test_an_approximate_year_is_given_two_years_on_either_side() -> None:
    around = BirthRange(date(1970, 1, 1), date(1970, 12, 31), circa=True)
    assert agreement(born("1972"), [around]) == "near"


NAMES = st.sampled_from([one for pair in SAME for one in pair])
STRANGE = [
    "",
    "😀",
    "-",
    "Mr Dr Sheikh",
    "\u202eevil\u202c",
    "a" * 10_000,
    "'''",
    "()",
    "(",
    "الله",
    "عبد",
    "Abd al-",
    "of the",
    "ー",
    "\u0300",
    "12",
]
ANY_TEXT = st.one_of(st.text(max_size=60), st.sampled_from(STRANGE))


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES, st.randoms(use_true_random=False))
def test_the_order_of_words_changes_little(one: str, other: str, chance: random.Random) -> None:
    words = one.replace(",", "").split()
    before = compare(sought(one), entry(other))
    chance.shuffle(words)
    joined = {"عبد", "الله", "الدين", "الدین", "al", "Abd", "'Abd", "al-Rahman", "AL-DIN", "bin", "BIN", "بن", "NASR", "al-Fahdawi"}
    if before and not joined & set(one.split()) and parse(one)[0].script not in ("han", "hangul"):
        after = compare(sought(" ".join(words)), entry(other))
        assert after is not None
        assert abs(before.score - after.score) < 0.15


@settings(max_examples=150, deadline=None)
@given(NAMES, NAMES)
def test_case_titles_and_signs_that_are_not_seen_change_nothing(one: str, other: str) -> None:
    plain = compare(sought(one), entry(other))
    for same in (one.lower(), f"\u200f{one}\u200e", f" {one} "):
        again = compare(sought(same), entry(other))
        assert (again and again.score) == (plain and plain.score)
    titled = compare(sought(f"Dr. {one}"), entry(other))
    assert abs((titled.score if titled else 0) - (plain.score if plain else 0)) < 0.1


@settings(max_examples=200, deadline=None)
@given(NAMES, NAMES, st.dates(date(1930, 1, 1), date(2005, 12, 31)), st.dates(date(1930, 1, 1), date(2005, 12, 31)))
def test_agreeing_evidence_never_lowers_a_score_and_contradicting_never_raises_it(one: str, other: str, birth: date, another: date) -> None:
    def score(born_on: str | None, country: str | None) -> float:
        hit = compare(sought(one, birth=born_on, countries=[country] if country else []), entry(other, births=[birth.isoformat()], countries=["SYR"]))
        return hit.score if hit else 0.0

    unknown, day = score(None, None), birth.isoformat()
    assert unknown <= score(day[:4], None) <= score(day[:7], None) <= score(day, None) <= score(day, "SYR")
    assert score(None, "NOR") <= unknown <= score(None, "SYR")
    if abs((birth - another).days) > 2 * 366:
        assert score(another.isoformat(), None) <= score(day, None)
        if ORDER.index(agreement(born(another.isoformat()), [born(day)])) > ORDER.index("unknown"):
            assert score(another.isoformat(), None) <= unknown


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_people_lists_and_entries_changes_nothing(names: list[str], chance: random.Random) -> None:
    people = [replace(sought(name), id=str(number)) for number, name in enumerate(names)]
    entries = [entry(one, other, id_=str(number)) for number, (one, other) in enumerate(SAME)]
    lists = [listed(*entries[:9], key="own:a"), listed(*entries[9:], key="own:b")]
    before = dict(zip([person.id for person in people], screen(people, lists, all_=True), strict=True))
    shuffled = [replace(one, entries=tuple(chance.sample(one.entries, len(one.entries)))) for one in lists]
    chance.shuffle(people)
    chance.shuffle(shuffled)
    assert dict(zip([person.id for person in people], screen(people, shuffled, all_=True), strict=True)) == before


@settings(max_examples=300, deadline=None)
@given(ANY_TEXT, ANY_TEXT)
@example("", "\u0870")
def test_no_name_is_too_strange(one: str, other: str) -> None:
    snapshot = listed(entry(other, "Somebody Usual"), entry(one, id_="2", organisation=True))
    (hits,) = screen([sought(one, other, affiliations=[other])], [snapshot], all_=True)
    assert all(0.0 <= hit.score <= 1.0 for hit in hits)


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=12), st.text("abcdefghijklmnopqrstuvwxyz", max_size=12), st.booleans())
def test_nearness_is_even_handed_and_between_0_and_1(one: str, other: str, bare: bool) -> None:
    there, back = nearness(sound_of(one), sound_of(other), bare), nearness(sound_of(other), sound_of(one), bare)
    assert 0.0 <= there <= 1.0
    assert there == pytest.approx(back)
    assert nearness(sound_of(one), sound_of(one), bare) == 1.0


@pytest.mark.parametrize(
    ("name", "part", "script", "whole"),
    [
        ("አበበ ቢቂላ", "አበበ ቢቂላ", "Ethiopic", True),
        ("አበበ Bikila", "አበበ", "Ethiopic", False),
        ("สมชาย ใจดี", "สมชาย ใจดี", "Thai", True),
        ("ᱚᱞ", "ᱚᱞ", "Ol Chiki", True),
        ("Dr. Prof.", "", None, True),
        ("4711", "", None, True),
        ("!!!", "", None, True),
    ],
)
def test_what_is_not_read_of_a_name_is_told(name: str, part: str, script: str | None, whole: bool) -> None:
    person = sought(name)
    assert unread(person) == (Unread(name, part, "script" if script else "nothing", script, whole),)
    assert is_unread(person) == whole


@pytest.mark.parametrize("name", [name for pair in SAME for name in pair] + ["Suharto", "Nguyễn Văn Thiệu", "İSMAİL ILGIN", "Oʻzbek", "AQAP", "கண்ணன்"])
def test_every_name_in_a_script_with_a_table_is_read(name: str) -> None:
    assert unread(sought(name)) == ()


def test_one_name_that_is_read_is_enough_to_be_looked_for() -> None:
    person = sought("አበበ ቢቂላ", "Abebe Bikila")
    assert not is_unread(person)
    assert [one.script for one in unread(person)] == ["Ethiopic"]


@pytest.mark.parametrize(
    ("one", "other"), [("Ɓello Ɗanƙaro", "BELLO, Dankaro"), ("Pаvеl Ivаnеnkо", "PAVEL IVANENKO"), ("Ҡаҙы Мөхәмәтов", "QAZY MOKHAMATOV")]
)
def test_hooked_letters_and_letters_of_a_neighbouring_alphabet_are_read(one: str, other: str) -> None:
    assert met(one, other).band in ("possible", "likely")


@pytest.mark.parametrize(
    ("name", "several"),
    [("Ali Hassan and Omar Said", True), ("Ali Hassan / Omar Said", True), ("Андрей и Борис", True), ("Andrea Sand", False), ("Ali Weand", False)],
)
def test_a_cell_with_two_people_is_seen(name: str, several: bool) -> None:
    assert may_be_several(name) == several


def test_nobody_and_no_list_are_no_error() -> None:
    assert screen([], [listed(entry("A B"))]) == ()
    assert screen([sought("A B")], []) == ((),)
    assert screen([sought("A B")], [listed()]) == ((),)


def test_progress_is_told_person_by_person() -> None:
    told: list[int] = []
    screen([sought("One Person"), sought("Another Person")], [listed(entry("A B"))], progress=told.append)
    assert told == [1, 2]


def test_the_pairs_of_the_development_set_reach_their_floor(test_data: Path) -> None:
    tested = protocol.pairs(test_data)
    hits = [compare(pair.sought, pair.entry) for pair in tested]
    scores, same = [hit.score if hit else 0.0 for hit in hits], [pair.same for pair in tested]
    assert protocol.area(scores, same) > 0.95
    assert protocol.recall_at(scores, same, 0.95) > 0.85
    acronyms = [score for score, pair in zip(scores, tested, strict=True) if "acronym" in pair.tags]
    assert sum(score >= POSSIBLE for score in acronyms) >= 0.6 * len(acronyms)
