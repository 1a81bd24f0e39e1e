from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from tests.dossier import samples
from tests.dossier.measure import contrast
from tracktwo.dossier.language import MissingMessage, Voice, voice
from tracktwo.dossier.page import TEMPLATES, dossier_html
from tracktwo.dossier.reading import reading_of
from tracktwo.model.finding import Evidence
from tracktwo.model.rows import ALL_ROWS, CONSIDERATIONS

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page into elements with attributes, headings, ids, and the words of the page."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        return [str(attributes[attribute]) for _, attributes in self.elements if attribute in attributes]


@pytest.fixture(scope="module")
def page(spoken: Voice) -> bytes:
    return dossier_html(reading_of(samples.released(), spoken), spoken)


@pytest.fixture(scope="module")
def read(page: bytes) -> Reader:
    reader = Reader(page)
    assert reader.open == []
    return reader


def test_every_row_is_a_question_on_the_page(read: Reader, spoken: Voice) -> None:
    assert set(ALL_ROWS) | set(CONSIDERATIONS) <= set(read.values("id"))
    for row in ALL_ROWS:
        assert spoken.text(f"row.{row}") in read.text


def test_every_id_is_there_once_and_every_inner_link_leads_somewhere(read: Reader) -> None:
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in read.values("href") if link.startswith("#")} <= set(ids)
    named = {name for attribute in ("aria-labelledby", "aria-describedby") for value in read.values(attribute) for name in value.split()}
    assert named <= set(ids)


def test_headings_descend_one_step_at_a_time(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_words_that_people_wrote_never_become_markup(read: Reader) -> None:
    tags = {tag for tag, _ in read.elements}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base"}
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    assert samples.SCRIPT in read.text
    assert samples.QUOTES in read.text
    assert samples.ARABIC in read.text


def test_nothing_is_asked_of_the_network(page: bytes, read: Reader) -> None:
    assert not read.values("src")
    assert not read.values("srcset")
    style = page.decode().split("<style>")[1].split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert {tag for tag, attributes in read.elements if str(attributes.get("href", "#"))[0] != "#"} == {"a"}
    policy = next(attributes["content"] for tag, attributes in read.elements if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_search_engines_and_referrers_are_told_nothing(read: Reader) -> None:
    metas = {attributes.get("name"): attributes.get("content") for tag, attributes in read.elements if tag == "meta"}
    assert metas["referrer"] == "no-referrer"
    assert "noindex" in str(metas["robots"])


@pytest.mark.parametrize(
    ("url", "linked"), [("https://a.example/x", True), ("javascript:alert(1)", False), ("data:text/html,x", False), ("https://[x", False)]
)
def test_only_addresses_of_the_web_become_links(spoken: Voice, url: str, linked: bool) -> None:
    evidence = Evidence(publisher="P", dataset="D", as_of=samples.AS_OF, url=url)
    said = samples.finding("A1", samples.message("plain", text="x"), "known", evidence=(evidence,))
    section = samples.Section(consideration="assessment", findings=(said,))
    made = Reader(dossier_html(reading_of(samples.released().model_copy(update={"sections": (section,)}), spoken), spoken))
    assert (url in made.values("href")) is linked


def test_a_finding_of_several_rows_is_shown_once_and_referred_to_in_the_others(page: bytes, spoken: Voice) -> None:
    shown = next(found for found in samples.released().sections[0].findings if found.rows == ("A2", "A3", "B7"))
    text = page.decode()
    assert text.count(f'id="{shown.id}"') == 1
    for row in ("A3", "B7"):
        article = text.split(f'<article class="row" id="{row}"')[1].split("</article>")[0]
        assert f'href="#{shown.id}"' in article
        assert "Answered under <bdi>A2</bdi>:" in article


def test_a_row_without_a_finding_says_so_and_whom_to_ask(page: bytes) -> None:
    article = page.decode().split('<article class="row" id="F12"')[1].split("</article>")[0]
    assert "No finding answers this question. Ask <bdi>River Institute</bdi>." in article


def test_every_use_of_a_source_has_a_way_there_and_back(read: Reader) -> None:
    links = read.values("href")
    uses = [name for name in read.values("id") if name.startswith("use-")]
    assert len(uses) > 5
    for use in uses:
        assert links.count(f"#{use}") == 1
        assert f"#source-{use.split('-')[1]}" in links


def test_kinds_are_told_by_word_and_shape(page: bytes) -> None:
    for kind in ("known", "assumed", "unknown", "conflicting"):
        assert re.search(rf'<span class="badge {kind}"><svg[^>]*><use href="#mark-{kind}"/></svg>{kind}</span>', page.decode())


@pytest.mark.parametrize("fictional", [True, False])
def test_fictional_people_are_announced(spoken: Voice, fictional: bool) -> None:
    text = Reader(dossier_html(reading_of(samples.released(fictional=fictional), spoken), spoken)).text
    assert ("The people in this dossier are fictional." in text) is fictional


def test_names_are_on_the_page_only_where_asked_for_and_then_announced(spoken: Voice, page: bytes) -> None:
    named = dossier_html(reading_of(samples.released(names=True), spoken), spoken)
    assert b"Zebulon Quill" in named
    assert b"This dossier names people." in named
    assert b'class="running"' in named
    assert b"Zebulon" not in page
    assert b"names people" not in page
    assert b'class="running"' not in page


def test_the_page_is_small_and_the_same_twice(spoken: Voice, page: bytes) -> None:
    assert len(page) < 1_500_000
    assert dossier_html(reading_of(samples.released(), spoken), spoken) == page


def test_the_page_of_an_empty_initiative_stands(spoken: Voice) -> None:
    bare = samples.released(exhibits=False, findings=False).model_copy(
        update={"people": (), "sources": (), "sides": (), "convenor": None, "sections": ()}
    )
    text = Reader(dossier_html(reading_of(bare, spoken), spoken)).text
    assert text.count("No finding answers this question. Ask the convenor.") == 66
    assert "No question is open." in text
    assert "Nobody has been invited yet." in text


def test_a_sentence_that_no_catalogue_holds_stops_the_page() -> None:
    with pytest.raises(MissingMessage):
        dossier_html(reading_of(samples.released(), voice()), voice())


def test_controls_that_turn_the_direction_are_taken_out(spoken: Voice) -> None:
    said = samples.finding("A1", samples.message("plain", text="safe\u202egnp.exe\u2069\x00"), "assumed")
    made = dossier_html(
        reading_of(samples.released().model_copy(update={"sections": (samples.Section(consideration="assessment", findings=(said,)),)}), spoken),
        spoken,
    ).decode()
    assert "<bdi>safegnp.exe </bdi>" in made
    assert not re.search("[\u202a-\u202e\x00]", made)


def test_the_style_knows_no_left_and_right() -> None:
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    assert not re.search(
        r"(margin|padding|border)-(left|right|top|bottom)|text-align: (left|right)|[;{\s](left|right|top|bottom|width|height):", style
    )


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


def test_words_stand_out_from_their_ground_by_day_by_night_and_in_print() -> None:
    blocks = re.findall(r":root \{(.*?)\}", (TEMPLATES / "style.css").read_text(encoding="utf-8"), re.DOTALL)
    themes = [colours for colours in map(_colours, blocks) if "ink" in colours]
    assert len(themes) == 3
    for colours in themes:
        for ground in ("paper", "wash"):
            for words in ("ink", "soft", "accent", "serious", "warning"):
                assert contrast(colours[words], colours[ground]) >= 4.5, (words, ground)
        for kind in ("known", "assumed", "unknown", "conflicting"):
            assert contrast(colours[kind], colours[f"{kind}-wash"]) >= 4.5, kind


@pytest.mark.browser
def test_the_page_fits_a_narrow_phone_and_prints(chromium: str, page: bytes, tmp_path: Path) -> None:
    playwright = pytest.importorskip("playwright.sync_api")
    (tmp_path / "dossier.html").write_bytes(page)
    asked: list[str] = []
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 320, "height": 640})
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto((tmp_path / "dossier.html").as_uri())
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        printed = tab.pdf(prefer_css_page_size=True)
        browser.close()
    assert asked == [(tmp_path / "dossier.html").as_uri()]
    assert printed.startswith(b"%PDF")


@pytest.mark.browser
def test_every_printed_page_says_that_it_names_people(chromium: str, spoken: Voice, tmp_path: Path) -> None:
    """Repetition over printed pages is the table header's; a picture of each page would be needed to read it back, its layout is not."""
    playwright = pytest.importorskip("playwright.sync_api")
    (tmp_path / "dossier.html").write_bytes(dossier_html(reading_of(samples.released(names=True), spoken), spoken))
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.goto((tmp_path / "dossier.html").as_uri())
        seen = "getComputedStyle(document.querySelector('.running')).display"
        assert tab.evaluate(seen) == "none"
        tab.emulate_media(media="print")
        assert tab.evaluate(seen) == "table-header-group"
        browser.close()


def test_no_question_with_many_answers_hides_the_others_in_front(spoken: Voice) -> None:
    words = [samples.message("plain", text=f"Voice {number}") for number in range(8)]
    loud = [samples.finding("B3", word, severity="serious") for word in words[:6]]
    late = [samples.finding("B5", words[6], severity="serious"), samples.finding("B7", words[7], severity="serious")]
    quiet = samples.finding("A1", samples.message("plain", text="Voice A"), severity="warning")
    released = samples.released(findings=False, exhibits=False)
    first, second, *rest = released.sections
    told = (first.model_copy(update={"findings": (quiet,)}), second.model_copy(update={"findings": (*loud, *late)}), *rest)
    reading = reading_of(released.model_copy(update={"sections": told}), spoken)
    assert [statement.row for statement in reading.standing_out] == ["B3", "B3", "B3", "B5", "B7"]
    assert [statement.words[0].text for statement in reading.standing_out][:3] == ["Voice 0", "Voice 1", "Voice 2"]
    assert reading.more_standing_out == 4
