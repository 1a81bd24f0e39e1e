from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pypdf
import pytest

from tests.dossier import samples
from tracktwo.dossier import typefaces
from tracktwo.dossier.alternative import Alternative, Cell
from tracktwo.dossier.flow import Entry, Figure, Grid, Heading, flow
from tracktwo.dossier.language import LOCALES, Span, Voice, entries, languages, voice
from tracktwo.dossier.pdf import dossier_pdf, pictures
from tracktwo.dossier.reading import Reading, reading_of
from tracktwo.dossier.remarks import place_in, remark_on
from tracktwo.model.exhibit import Section
from tracktwo.model.finding import Evidence
from tracktwo.model.world import SourceState


@pytest.fixture(scope="module")
def made(spoken: Voice) -> Reading:
    return reading_of(samples.released(), spoken)


@pytest.fixture(scope="module")
def pdf(made: Reading, spoken: Voice) -> bytes:
    return dossier_pdf(made, spoken)


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text: str) -> str:
    """Letters and digits alone: no line break, no hyphen, and none of the brackets that a reader of PDF takes for mirrored ones."""
    return "".join(char for char in text if char.isalnum())


def test_every_finding_and_table_of_the_reading_flows_onto_paper(made: Reading, spoken: Voice) -> None:
    blocks = flow(made, spoken)
    statements = [statement.words for part in made.parts for row in part.rows for statement in row.statements]
    assert [block.words for block in blocks if isinstance(block, Entry) and not block.row] == statements
    assert sum(isinstance(block, Figure) for block in blocks) == sum(not exhibit.table for exhibit in made.exhibits)
    tables = [block.words for block in blocks if isinstance(block, Grid)]
    assert [exhibit.words for exhibit in made.exhibits if exhibit.table and exhibit.words not in tables] == []


def test_headings_descend_one_step_at_a_time(made: Reading, spoken: Voice) -> None:
    levels = [block.level for block in flow(made, spoken) if isinstance(block, Heading)]
    assert levels[0] == 0
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_the_pdf_says_what_the_page_says(pdf: bytes, made: Reading) -> None:
    printed = squeezed(words_of(pdf))
    plain = [
        "".join(span.text for span in statement.words)
        for part in made.parts
        for row in part.rows
        for statement in row.statements
        if all(span.text.isascii() for span in statement.words)
    ]
    assert len(plain) > 10
    assert [text for text in plain if squeezed(text) not in printed] == []


def test_the_pdf_uses_the_fonts_that_travel_and_no_others(pdf: bytes) -> None:
    fonts = {name.partition("+")[2] for page in pypdf.PdfReader(io.BytesIO(pdf)).pages for name in fonts_of(page)}
    assert fonts
    assert {name for name in fonts if not name.startswith("Noto")} == set()


def fonts_of(page: pypdf.PageObject) -> set[str]:
    """The fonts of a page and of the drawings on it, by the names that the file gives them."""
    return {str(font["/BaseFont"]) for font in _fonts_in(page["/Resources"].get_object())}


def _fonts_in(resources: Any) -> Iterator[Any]:
    yield from (font.get_object() for font in _inside(resources, "/Font"))
    for drawn in _inside(resources, "/XObject"):
        yield from _fonts_in(drawn.get_object().get("/Resources", {}))


def _inside(resources: Any, kind: str) -> list[Any]:
    found = resources.get_object() if hasattr(resources, "get_object") else resources
    entry = found.get(kind, {})
    return list((entry.get_object() if hasattr(entry, "get_object") else entry).values())


def test_the_pdf_is_tagged_and_titled_and_tells_no_clock(pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == samples.released().title
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == samples.released().as_of
    assert reader.metadata.author is None


def test_the_same_reading_gives_the_same_pdf(made: Reading, spoken: Voice, pdf: bytes) -> None:
    assert dossier_pdf(made, spoken) == pdf


def test_every_page_says_that_it_names_people_where_it_does(spoken: Voice) -> None:
    named = pypdf.PdfReader(io.BytesIO(dossier_pdf(reading_of(samples.released(names=True), spoken), spoken)))
    assert all("names people" in page.extract_text() for page in named.pages)


def test_pictures_are_as_many_as_the_figures(made: Reading) -> None:
    drawings = [exhibit.drawing for exhibit in made.exhibits if exhibit.drawing]
    found = pictures(drawings)
    assert len(found) == len(drawings)
    assert all(picture.startswith(b"\x89PNG") for picture in found)
    assert pictures([]) == []


def test_a_pdf_of_nothing_stands(spoken: Voice) -> None:
    bare = samples.released().model_copy(update={"sections": (), "people": (), "sources": ()})
    assert "No evidence was used." in words_of(dossier_pdf(reading_of(bare, spoken), spoken))


@pytest.mark.parametrize("language", languages())
def test_every_word_of_a_catalogue_can_be_drawn(language: str) -> None:
    assert typefaces.missing(form for entry in entries(language, LOCALES).values() for form in entry.forms) == ()


@pytest.mark.parametrize("language", languages())
def test_names_of_countries_months_and_tongues_can_be_drawn(language: str) -> None:
    spoken = voice(language)
    texts = [spoken.country(code) for code in ("ARM", "AZE", "CAF", "CIV", "PRK", "KOR", "PSE", "TUR")]
    texts += [spoken.date(date(2027, month, 3)) for month in range(1, 13)] + [spoken.tongue(tag) for tag in ("ar", "fr", "sg", "hy", "ka", "ko")]
    assert typefaces.missing(texts) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Əliyev Ağdam",
        "Ստեփանակերտ",
        "თბილისი",
        "القدس الشريف",
        "ירושלים",
        "서울특별시",
        "北京市",
        "Київ",
        "ኢትዮጵያ",
        "ဗမာ",
        "हिन्दी",
        "ܐܫܘܪ",
        "ⵜⴰⵎⴰⵣⵉⵖⵜ",
        "བོད",
    ],
)
def test_the_scripts_of_the_conflicts_that_we_read_about_can_be_drawn(text: str) -> None:
    assert typefaces.missing([text]) == ()


def test_a_character_without_a_glyph_is_found_and_stands_as_a_box() -> None:
    assert typefaces.missing(["Adlam 𞤀 is drawn, linear B 𐀀 is not", "𐀀"]) == ("𐀀",)
    assert typefaces.with_stand_ins("a𐀀b") == "a\ufffdb"
    assert typefaces.name_of("𐀀") == "U+10000 LINEAR B SYLLABLE B008 A"
    assert typefaces.drawable(typefaces.STAND_IN)


def test_the_fonts_weigh_less_than_eight_megabytes_and_have_their_licence() -> None:
    files = [*typefaces.FONTS.glob("*.ttf"), *typefaces.FONTS.glob("*.otf")]
    assert len(files) > 30
    assert sum(file.stat().st_size for file in files) <= 8_000_000
    assert "SIL OPEN FONT LICENSE" in (typefaces.FONTS / "LICENSE.txt").read_text(encoding="utf-8")


def test_the_list_of_drawable_characters_is_that_of_the_fonts() -> None:
    ttf = pytest.importorskip("fontTools.ttLib")
    drawn: set[int] = set()
    for file in [*typefaces.FONTS.glob("*.ttf"), *typefaces.FONTS.glob("*.otf")]:
        drawn |= set(ttf.TTFont(file).getBestCmap())
    firsts, lasts = typefaces._coverage()
    assert {number for first, last in zip(firsts, lasts, strict=True) for number in range(first, last + 1)} == drawn


def test_words_that_look_like_markup_are_printed_as_they_stand(spoken: Voice) -> None:
    said = samples.finding("A1", samples.message("plain", text='#panic("x") $1$ *bold* `raw` <label> // end'), "assumed")
    released = samples.released().model_copy(update={"sections": (Section(consideration="assessment", findings=(said,)),)})
    assert squeezed('#panic("x") $1$ *bold* `raw` <label> // end') in squeezed(words_of(dossier_pdf(reading_of(released, spoken), spoken)))


def test_no_part_begins_with_a_page_that_holds_its_title_alone(made: Reading, spoken: Voice) -> None:
    headings = [block for block in flow(made, spoken) if isinstance(block, Heading)]
    texts = next(
        place for place, block in enumerate(headings) if block.level == 1 and "".join(span.text for span in block.words) == "Texts for the first day"
    )
    assert headings[texts].new_page
    assert not headings[texts + 1].new_page, "the first text stands under the title of its part"


def test_a_column_is_never_narrower_than_its_longest_word_though_others_want_room() -> None:
    def cell(text: str, *, number: bool = False) -> Cell:
        return Cell((Span(text, spoken=False),), number)

    long = " ".join(["evening"] * 60)
    shares = Alternative(
        (),
        (cell("Host"), cell("From", number=True), cell("Cautions"), cell("Evidence")),
        ((cell("third party"), cell("1984", number=True), cell(long), cell(long)),),
    ).shares
    assert shares[0] >= len("party") + 2
    assert shares[1] >= len("1984") + 4, "a number keeps away from the words of the next column"
    assert sum(shares) <= 108.5
    assert min(shares[2:]) > 30


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_lines_of_the_brief_and_states_of_sources_are_told_in_the_language(language: str) -> None:
    speaking = voice(language)
    told = "".join(span.text for span in place_in(Evidence(publisher="P", dataset="brief", locator="lines 4, 17", as_of=date(2026, 1, 1)), speaking))
    absent = "".join(span.text for span in remark_on(SourceState("pax", "absent", None, "it does not ship"), date(2026, 1, 1), speaking))
    assert "4" in told
    assert "17" in told
    assert ("line" in told) is (language == "en")
    assert ("ship" in absent) is (language == "en")
    assert "tracktwo sources add" in absent
