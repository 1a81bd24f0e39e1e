"""Whatever words people write, in whatever script and with whatever signs: all files are made, open, and hold the words and nothing that acts."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree

import docx
import icalendar
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.dossier import samples
from tracktwo.dossier.figures.svg import clean
from tracktwo.dossier.flow import Paragraph
from tracktwo.dossier.language import Span, Voice
from tracktwo.dossier.pdf import dossier_pdf, paper
from tracktwo.dossier.reading import reading_of
from tracktwo.dossier.spreadsheet import tables_xlsx
from tracktwo.dossier.write import READABLE, contents
from tracktwo.model.exhibit import Day, Edge, Graph, Link, Node, Point, PointsMap, Programme, Section, Slot, Table, Theory
from tracktwo.model.finding import Evidence, Quoted, Term
from tracktwo.model.world import SourceState
from tracktwo.record.gate import Released, ReleasedName, ReleasedPerson

FEW, MANY = 4, 100

FORMULAS = ("=1+1", '=HYPERLINK("http://x","y")', "@SUM(A1)", "+1", "-2+3", "{=A1:A2}", "\t=1")
MARKUP = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</title><b>", "]]>", "<!--", "&lt;b&gt;", "&#x202e;", "<r><t>x</t></r>",
    "<r><t></r>", "{{ 7 * 7 }}", "{% raw %}", "{title}", "javascript:alert(1)", "_x0041_", "\x1b[31m",
)  # fmt: skip
TYPESET = (
    "#panic()", "[*$_@<source-1>\\", '#image("/etc/passwd")', "= heading", "- item", "/ term: x", "`raw`", "$ x^2 $", "~", "//c", "\\u{202e}",
)  # fmt: skip
LONG = ("a" * 5000, "ש" * 5000, "漢" * 5000, "word " * 1000, "\u0301" * 200, "https://example.org/" + "x" * 400)
UNSEEN = (
    "\u202e\u202dabc\u202c", "\u2066\u2067\u2068x\u2069", "a\x00b", "a\nb\r\nc", "\u2028\u2029", "\u200f\u200e\u061c", "\ufeff", "a\ufeffb",
    "\ufffe\uffff", "\x85",
)  # fmt: skip
SCRIPTS = (
    "مجلس ٢٠٢٤ (x)", "مُحَمَّد", "מִשְּׁפָּט", "ܐܪܡܝܐ", "한국 북한", "ẹ́", "ⅷ½ﷺ", "ꦗꦮ", "𐎠𐎼𐎹", "𝔗𝔯𝔞𝔠𝔨",
    "🕊️\u200d🕊️", "\u0301\u0327", "\u0605\ufff9", "\u3164\u115f",
    "\U0010fffd", "\ue0000\ue001", "\ufdd0", "’’",
)  # fmt: skip
HOSTILE = (*FORMULAS, *MARKUP, *TYPESET, *LONG, *UNSEEN, *SCRIPTS)

any_words = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.lists(st.sampled_from([*FORMULAS, *MARKUP, *TYPESET, *UNSEEN, *SCRIPTS]), min_size=2, max_size=4).map(" ".join),
)
PLACES = tuple("title purpose summary side person convenor cell venue publisher url locator reason form heading".split())
NOT_IN = {"url": "html", **dict.fromkeys(("title", "purpose", "summary", "convenor", "reason"), "xlsx")}
"""Where a dossier does not show a word, and need not: an address on a page is a link, and a workbook holds tables."""
FIELDS = len(PLACES)
any_fields = st.lists(any_words, min_size=FIELDS, max_size=FIELDS)


def released(words: list[str]) -> Released:
    """An initiative whose every word is one of these: fourteen of them, each in places of its own."""
    title, purpose, summary, side, person, convenor, cell, venue, publisher, url, locator, reason, form, heading = words
    base = samples.released(names=True, findings=False, exhibits=False)
    source = Evidence(publisher=publisher, dataset=cell, version=form, locator=locator, as_of=samples.AS_OF, url=url, licence=publisher)

    named = samples.finding(
        "A1", samples.message("plain", text=form), "known", "serious", evidence=(source,), ask=(person, Term(term="who.convenor"))
    )
    quoted = samples.finding("A6", samples.message("plain", text=Quoted(quoted=form)), "unknown", next_step=samples.message("step", who=side))
    graph = Graph(
        row="A1",
        title=samples.message("title", what=heading),
        nodes=(Node(id="a", label=side, group="west"), Node(id="b", label=person, group="east", shape="person")),
        edges=(Edge(source="a", target="b", label=Term(term="relation.trusts")),),
        groups=(("west", side), ("east", cell)),
    )
    table = Table(
        row="B6",
        title=samples.message("title", what=heading),
        header=(samples.message("title", what=cell), samples.message("title", what=venue)),
        cells=((person, cell), (venue, samples.AS_OF), (cell, 10**20)),
        evidence=(source,),
    )
    points = PointsMap(
        row="B7",
        title=samples.message("title", what=venue),
        points=(Point(latitude=4.3, longitude=18.5, label=venue, kind="venue"), Point(latitude=9, longitude=7, label=form, kind="place")),
    )
    theory = Theory(row="C3", title=samples.message("title", what=heading), links=(Link(id="a", if_=cell, then=side, assumes=venue),))
    slot = Slot(start="09:00", end="10:00", what=cell, kind="session")
    day = Day(number=1, date="2026-05-12", heading=samples.message("title", what=heading), slots=(slot,))
    programme = Programme(row="D6", title=samples.message("title", what=heading), days=(day,))
    shown = {"assessment": (graph,), "feasibility": (table, points), "strategy": (theory,), "process": (programme,)}
    found = {"assessment": (named, quoted)}
    return base.model_copy(
        update={
            "title": title,
            "purpose": purpose,
            "summary": summary,
            "convenor": convenor,
            "sides": (("west", side), ("east", cell)),
            "people": (ReleasedPerson(code="A-01", name=person, kind="person", sides=("west",), invited=True, fictional=True),),
            "sections": tuple(
                Section(consideration=part.consideration, findings=found.get(part.consideration, ()), exhibits=shown.get(part.consideration, ()))
                for part in base.sections
            ),
            "sources": (SourceState("events", "unreadable", reason=reason), SourceState(locator, "unreadable", reason=reason)),
            "names": (ReleasedName(country="CAF", name=form, in_languages=(("fr", form),)),),
        }
    )


class _Page(HTMLParser):
    """What of a page a browser would show, and every tag and address that it would act upon."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.shown, self.tags, self.addresses, self.handlers = "", set[str](), list[str](), list[str]()
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        self.shown += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name in {"href", "src", "action"}:
                self.addresses.append(value or "")
            if name.startswith("on"):
                self.handlers.append(name)


OURS = set(
    "html head meta title style body svg symbol circle path g line rect text tspan polygon polyline defs marker desc clippath a div p span strong "
    "header h1 h2 h3 h4 dl dt dd main section ul ol li nav article figure figcaption table caption thead tbody tr th td details summary footer bdi "
    "use sup ellipse lineargradient stop pattern".split()
)
BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\ufffe\uffff]")
"""Controls, and signs that turn the direction of all that follows. Isolates (U+2066 … U+2069) end where they began; only our own may stay."""


def unspaced(text: str) -> str:
    return "".join(text.split())


def check(words: list[str], spoken: Voice) -> None:
    """Every law at once: making six files takes longer than looking at them."""
    given_ = released(words)
    made = contents(given_, spoken)
    assert tuple(made) == READABLE
    again = contents(given_, spoken)
    assert [name for name in READABLE if made[name] != again[name]] == []

    page = _Page(made["dossier.html"].decode("utf-8"))
    assert BARRED.search(made["dossier.html"].decode("utf-8")) is None
    assert page.tags - OURS == set()
    assert page.handlers == []
    assert [address for address in page.addresses if not address.startswith(("#", "http://", "https://"))] == []

    with zipfile.ZipFile(io.BytesIO(made["dossier.docx"])) as archive:
        parts = {name: archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith((".xml", ".rels"))}
    for text in parts.values():
        ElementTree.fromstring(text)
        assert BARRED.search(text) is None
    document = docx.Document(io.BytesIO(made["dossier.docx"]))
    written = "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in document.element.body.iter(qn("w:p")))

    with zipfile.ZipFile(io.BytesIO(made["tables.xlsx"])) as archive:
        assert [name for name in archive.namelist() if BARRED.search(archive.read(name).decode("utf-8"))] == []
        sheets = {name: archive.read(name) for name in archive.namelist()}
    assert [name for name, sheet in sheets.items() if "externalLink" in name or b"<f>" in sheet or b"<hyperlink" in sheet] == []
    book = openpyxl.load_workbook(io.BytesIO(made["tables.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    kept = "\n".join(str(cell.value) for cell in cells).replace("_x005F_", "_")

    for name, place in zip(PLACES, words, strict=True):
        wanted = unspaced(clean(place))
        held = {"docx": wanted in unspaced(written), "html": wanted in unspaced(page.shown), "xlsx": wanted in unspaced(kept)}
        assert (name, [form for form, holds in held.items() if not holds and form != NOT_IN.get(name)]) == (name, [])

    calendar = icalendar.Calendar.from_ical(made["programme.ics"])
    assert [str(event["summary"]) for event in calendar.walk("VEVENT")] == [spoken.text("interface.calendar.session")]
    assert len(pypdf.PdfReader(io.BytesIO(made["dossier.pdf"])).pages) > 5
    assert json.loads(made["dossier.json"])["title"] == words[0]


@settings(max_examples=FEW, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@example(words=[MARKUP[n] for n in range(FIELDS)])
@given(words=any_fields)
def test_any_words_make_six_files_that_open_and_hold_them(words: list[str], spoken: Voice) -> None:
    check(words, spoken)


@pytest.mark.parametrize("start", range(0, len(HOSTILE), FIELDS))
def test_words_that_break_files_elsewhere_break_none_here(start: int, spoken: Voice) -> None:
    round_about = HOSTILE[start:] + HOSTILE[:start]
    check(list(round_about[:FIELDS]), spoken)


def test_signs_that_are_neither_letters_nor_pictures_can_be_printed(spoken: Voice) -> None:
    signs = [char for char in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(char) in {"Cf", "Zl", "Zp", "Cc", "Co"} and char < "\ue100"]
    signs += [char for char in map(chr, range(0xFE00, 0xE0200)) if unicodedata.category(char) == "Cf"]
    lines = [Paragraph((Span(char, spoken=True),)) for char in signs]
    assert len(lines) > 400
    assert paper(lines, spoken, title="Signs", running="", day=datetime(2026, 1, 1, tzinfo=UTC)).startswith(b"%PDF")


@pytest.mark.parametrize(("side", "pictures"), [("the two banks", 0), ("محمد", 0), ("مُحَمَّد", 1), ("ẹ́", 1)])
def test_a_figure_whose_words_cannot_be_tagged_is_a_picture_and_the_others_stay_drawings(side: str, pictures: int, spoken: Voice) -> None:
    words = ["x"] * FIELDS
    words[3] = side
    kept = released(words)
    kept = kept.model_copy(update={"sections": tuple(part for part in kept.sections if part.consideration != "strategy")})
    book = pypdf.PdfReader(io.BytesIO(dossier_pdf(reading_of(kept, spoken), spoken)))
    drawn = [item for page in book.pages for item in page["/Resources"].get("/XObject", {}).values() if item["/Subtype"] == "/Image"]
    assert len([image for image in drawn if "/SMask" in image or image["/Width"] > 500]) == pictures
    assert "two banks" in " ".join(page.extract_text() for page in book.pages) or side != "the two banks"


def test_a_title_of_the_other_direction_can_be_printed(spoken: Voice, sample_arabic: Voice) -> None:
    for title, voice in (("مجلس الضفتين", spoken), ("Two banks", sample_arabic)):
        turned = samples.released(findings=False, exhibits=False).model_copy(update={"title": title, "purpose": title})
        assert dossier_pdf(reading_of(turned, voice), voice).startswith(b"%PDF")


def test_a_cell_that_looks_like_the_markup_of_a_workbook_is_words(spoken: Voice) -> None:
    words = ["x"] * FIELDS
    words[6] = "<r><t>bold</r>"
    book = openpyxl.load_workbook(io.BytesIO(tables_xlsx(reading_of(released(words), spoken), spoken)))
    assert "<r><t>bold</r>" in {str(cell.value).strip("\u2060") for sheet in book for row in sheet.iter_rows() for cell in row}


@pytest.mark.gate
@settings(max_examples=MANY, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=any_fields)
def test_hundreds_of_dossiers_of_any_words_all_open(words: list[str], spoken: Voice) -> None:
    check(words, spoken)


@pytest.mark.gate
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_every_hostile_word_in_every_place_at_once(hostile: str, spoken: Voice) -> None:
    check([hostile] * FIELDS, spoken)
