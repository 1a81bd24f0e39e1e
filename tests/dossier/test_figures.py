from __future__ import annotations

import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dossier import samples
from tests.dossier.measure import contrast
from tracktwo.dossier.figures import draw
from tracktwo.dossier.figures.svg import DEEPS, PAPER, TINTS, isolated, measure, spread, whole_ticks, wrapped
from tracktwo.dossier.language import Voice
from tracktwo.model.exhibit import AnyExhibit, Day, Edge, Graph, Link, Node, Point, PointsMap, Programme, Runway, Slot, Theory, Trend

FIGURES = {exhibit.type: exhibit for exhibits in samples.EXHIBITS.values() for exhibit in exhibits if exhibit.type != "table"}
TITLE = samples.message("title", what="Title")
EMPTY: tuple[AnyExhibit, ...] = (
    Trend(row="A2", title=TITLE, years=(), series=(), unit=TITLE),
    Graph(row="A1", title=TITLE, nodes=(), edges=()),
    Theory(row="C3", title=TITLE, links=()),
    Runway(row="B5", title=TITLE, currency="EUR", months=()),
    Programme(row="D6", title=TITLE, days=()),
    PointsMap(row="B7", title=TITLE, points=()),
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(exhibit: AnyExhibit, voice: Voice) -> ElementTree.Element:
    figure = draw(exhibit, voice)
    assert figure is not None
    return ElementTree.fromstring(figure.markup)


def words(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("exhibit", [*FIGURES.values(), *EMPTY], ids=lambda exhibit: exhibit.type)
def test_every_figure_is_a_picture_with_title_and_description(spoken: Voice, exhibit: AnyExhibit) -> None:
    root = drawn(exhibit, spoken)
    assert root.get("role") == "img"
    assert root.get("direction") == "ltr"
    ids = [child.get("id") for child in root if child.tag in {f"{SVG}title", f"{SVG}desc"}]
    assert root.get("aria-labelledby", "").split() == ids
    assert all(child.text for child in root if child.get("id") in ids)


@pytest.mark.parametrize("exhibit", FIGURES.values(), ids=lambda exhibit: exhibit.type)
def test_figures_hold_shapes_and_words_only(spoken: Voice, exhibit: AnyExhibit) -> None:
    root = drawn(exhibit, spoken)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "desc", "rect", "line", "path", "circle", "text"}
    assert not [name for element in root.iter() for name in element.attrib if name.startswith("on") or name in {"style", "class", "href"}]


@pytest.mark.parametrize("exhibit", FIGURES.values(), ids=lambda exhibit: exhibit.type)
def test_nothing_is_drawn_outside_the_picture(spoken: Voice, exhibit: AnyExhibit) -> None:
    root = drawn(exhibit, spoken)
    _, _, width, height = (float(value) for value in root.get("viewBox", "").split())
    for element in root.iter(f"{SVG}text"):
        size = float(element.get("font-size", 12))
        long = measure(element.text or "", size, bold=element.get("font-weight") == "bold")
        left = float(element.get("x", 0)) - {"end": long, "middle": long / 2}.get(element.get("text-anchor", ""), 0)
        assert left >= -1, element.text
        assert left + long <= width + 1, element.text
        assert 0 <= float(element.get("y", 0)) <= height
    for element in root.iter(f"{SVG}rect"):
        assert float(element.get("x", 0)) + float(element.get("width", 0)) <= width + 0.1
        assert float(element.get("height", 0)) >= 0


@pytest.mark.parametrize("exhibit", FIGURES.values(), ids=lambda exhibit: exhibit.type)
def test_no_word_is_smaller_than_eleven(spoken: Voice, exhibit: AnyExhibit) -> None:
    assert min(float(element.get("font-size", 12)) for element in drawn(exhibit, spoken).iter(f"{SVG}text")) >= 11


@pytest.mark.parametrize("exhibit", FIGURES.values(), ids=lambda exhibit: exhibit.type)
def test_the_same_exhibit_is_the_same_picture(spoken: Voice, exhibit: AnyExhibit) -> None:
    assert draw(exhibit, spoken) == draw(exhibit, spoken)


def test_two_figures_share_no_id(spoken: Voice) -> None:
    ids = [element.get("id") for exhibit in FIGURES.values() for element in drawn(exhibit, spoken).iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 2 * len(FIGURES)


def test_right_to_left_words_are_isolated(spoken: Voice) -> None:
    for exhibit in FIGURES.values():
        for line in words(drawn(exhibit, spoken)):
            outside = re.sub("\u2067[^\u2069]*\u2069", "", line)
            assert not re.search("[\u0590-\u08ff]", outside), line


@pytest.mark.parametrize(
    ("given", "isolated_words"),
    [
        ("abc 12", "abc 12"),
        ("سلام 12", "\u2067سلام 12\u2069"),
        ("NGO سلام (12) now", "NGO \u2067سلام\u2069 (12) now"),
        ("a\u202eb\u2069", "ab"),
        ("", ""),
    ],
)
def test_isolation_of_words(given: str, isolated_words: str) -> None:
    assert isolated(given) == isolated_words


def test_cards_and_names_of_the_actor_map_do_not_overlap(spoken: Voice) -> None:
    boxes = []
    for element in drawn(FIGURES["graph"], spoken).iter(f"{SVG}rect"):
        x, y, width, height = (float(element.get(name, 0)) for name in ("x", "y", "width", "height"))
        if element.get("fill-opacity") is None and x > 0:
            boxes.append((x, y, x + width, y + height))
    assert len(boxes) > 20
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1], (one, other)


def test_hostile_relations_are_broken_lines(spoken: Voice) -> None:
    root = drawn(FIGURES["graph"], spoken)
    assert sum(element.get("stroke-dasharray") is not None for element in root.iter(f"{SVG}path")) == 2


def test_a_crowded_map_counts_the_names_that_found_no_place(spoken: Voice) -> None:
    nodes = tuple(Node(id=f"n{n}", label=f"Actor {n}", group="one" if n % 2 else "two") for n in range(14))
    edges = tuple(Edge(source=a.id, target=b.id, label="talks at length with") for a, b in combinations(nodes, 2))
    root = drawn(Graph(row="A1", title=TITLE, nodes=nodes, edges=edges, groups=(("one", "One"), ("two", "Two"))), spoken)
    assert any("found no free place" in line for line in words(root))


def test_a_circle_of_links_is_drawn_all_the_same(spoken: Voice) -> None:
    links = tuple(Link(id=name, if_="x", then="y", after=(before,)) for name, before in (("a", "c"), ("b", "a"), ("c", "b"), ("d", "d")))
    shown = words(drawn(Theory(row="C3", title=TITLE, links=links), spoken))
    assert {"a", "b", "c", "d"} <= set(shown)


def test_the_first_untested_link_is_to_be_tested_first(spoken: Voice) -> None:
    shown = words(drawn(FIGURES["theory"], spoken))
    assert shown.count("untested – test this first") == 1
    assert shown[0] == "untested – test this first"


def test_items_that_run_side_by_side_share_the_column(spoken: Voice) -> None:
    slots = (Slot(start="09:00", end="11:00", what="One", kind="session"), Slot(start="10:00", end="12:00", what="Two", kind="session"))
    root = drawn(Programme(row="D6", title=TITLE, days=(Day(number=1, slots=slots),)), spoken)
    first, second = [element for element in root.iter(f"{SVG}rect") if element.get("rx") == "3"]
    assert float(first.get("x", 0)) + float(first.get("width", 0)) <= float(second.get("x", 0))


def test_a_week_stands_in_bands_that_fit_a_sheet(spoken: Voice) -> None:
    slots = (Slot(start="09:00", end="11:00", what="One", kind="session"),)
    week = Programme(row="D6", title=TITLE, days=tuple(Day(number=n, slots=slots) for n in range(1, 8)))
    root = drawn(week, spoken)
    heads = [element for element in root.iter(f"{SVG}text") if (element.text or "").startswith("Day ")]
    assert [element.text for element in heads] == [f"Day {n}" for n in range(1, 8)]
    assert len({element.get("y") for element in heads}) == 3
    assert float(root.get("viewBox", "").split()[2]) <= 760


def test_an_item_that_ends_after_midnight_ends_with_the_day(spoken: Voice) -> None:
    slots = (Slot(start="22:00", end="00:30", what="Late talk", kind="quiet"),)
    assert "24:00" in words(drawn(Programme(row="D6", title=TITLE, days=(Day(number=1, slots=slots),)), spoken))


def test_a_map_over_the_date_line_keeps_its_points_together(spoken: Voice) -> None:
    points = tuple(Point(latitude=-17, longitude=longitude, label=name, kind="place") for longitude, name in ((178.0, "West"), (-178.0, "East")))
    root = drawn(PointsMap(row="B7", title=TITLE, points=points), spoken)
    at = {element.text: float(element.get("x", 0)) for element in root.iter(f"{SVG}text")}
    assert at["West"] < at["East"]
    assert "180°" in at


def test_the_scale_bar_is_as_long_as_it_says(spoken: Voice) -> None:
    points = (Point(latitude=0, longitude=10, kind="event"), Point(latitude=0, longitude=20, kind="event"))
    root = drawn(PointsMap(row="B7", title=TITLE, points=points), spoken)
    one, other = [float(element.get("cx", 0)) for element in root.iter(f"{SVG}circle")][:2]
    kilometres = int(next(line for line in words(root) if line.endswith(" km")).split()[0])
    bars = [re.search(r"v5 h([\d.]+) ?v-5", element.get("d", "")) for element in root.iter(f"{SVG}path")]
    bar = next(found for found in bars if found)
    assert float(bar.group(1)) / abs(other - one) == pytest.approx(kilometres / 1111.95, rel=0.01)


def test_words_on_tints_havecontrast() -> None:
    for tint, deep in zip(TINTS, DEEPS, strict=True):
        assert contrast(tint, deep) >= 4.5
        assert contrast(PAPER, deep) >= 4.5


@given(st.text(max_size=80), st.floats(30, 300))
def test_no_wrapped_line_is_wider_than_asked(text: str, width: float) -> None:
    for line in wrapped(text, width):
        assert measure(line) <= width or len(line) <= 1


@given(st.text(alphabet="abc ", max_size=60))
def test_wrapping_loses_no_word(text: str) -> None:
    assert "".join(wrapped(text, 60)).replace(" ", "") == text.replace(" ", "")


@given(st.integers(-(10**7), 10**7), st.integers(0, 10**7))
def test_ticks_are_whole_even_and_enclose(low: int, span: int) -> None:
    ticks = whole_ticks(low, low + span)
    assert ticks[0] <= low
    assert ticks[-1] >= low + span
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert 2 <= len(ticks) <= 8


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_spread_names_keep_their_distance(wanted: list[float]) -> None:
    placed = sorted(spread(wanted, 34, 0, 300))
    assert all(after - before >= 34 - 1e-6 for before, after in pairwise(placed))


def test_the_scale_bar_of_a_map_keeps_away_from_marks(spoken: Voice) -> None:
    points = (
        Point(latitude=0, longitude=0, label="Lower left", kind="venue"),
        Point(latitude=5, longitude=9, label="Upper right", kind="place"),
    )
    root = drawn(PointsMap(row="B7", title=TITLE, points=points), spoken)
    bars = [found for path in root.iter(f"{SVG}path") if (found := re.match(r"M([\d.]+) [\d.]+ v5 h", path.get("d", "")))]
    assert [float(bar[1]) > 380 for bar in bars] == [True], "with a mark in the lower left corner, the bar stands at the right"
