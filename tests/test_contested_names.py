"""Contested names in the two interstate examples: in every file and every language the agreed form or the forms of all sides, and no border."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.making import ROOT, TODAY, constituted, findings, shelf
from tests.outputs import texts
from tracktwo.considerations.inquiry import Earlier
from tracktwo.constitute import Constituted, constitute, dossier, let_out
from tracktwo.dossier.figures import points
from tracktwo.dossier.language import languages as spoken
from tracktwo.dossier.language import voice
from tracktwo.dossier.write import texts as day_one_documents
from tracktwo.model.brief import ContestedName
from tracktwo.model.exhibit import PointsMap, Table
from tracktwo.record.names import languages, shown
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries

EXAMPLES = [ROOT / "examples" / f"{name}.yaml" for name in ("armenia-azerbaijan", "korean-peninsula")]
QUOTED: frozenset[str] = frozenset()
"""Titles of cited publications that hold one side's form. None is needed: the sources of the examples were chosen so."""
ADDRESS = re.compile(r"\S+://\S+|www\.\S+")
HYPHEN = re.escape("-")
SLOW = ("ar", ".pdf")
"""What takes longest to read and says what the page says; it has a gate of its own."""
SENTENCE = 170
"""Letters to either side within which all forms must stand where one stands alone: the files of a dossier do not mark where a sentence ends."""


def lone(found: Iterable[str], names: Iterable[ContestedName]) -> set[tuple[str, str]]:
    """(form, text around it) for each one-sided form that stands without the forms of the other sides. Written apart from the rule itself."""
    owners: dict[str, ContestedName | None] = {}
    for name in names:
        allowed = {shown(name, tag) for tag in (None, *languages(name))}
        owners |= {words.casefold(): None for words in allowed}
        for form in name.forms:
            for spelling in {form.form, *form.also, *form.in_.values()} - allowed:
                owners.setdefault(spelling.casefold(), name)
    longest_first = sorted(owners, key=len, reverse=True)
    # A hyphen at the end of a printed line may be the word's own or not, so it may be missing.
    spellings = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(words).replace(HYPHEN, HYPHEN + '?') for words in longest_first)})(?!\w)", re.IGNORECASE)
    owners = {words.replace("-", ""): owner for words, owner in owners.items()}
    left = set()
    for text in found:
        text = ADDRESS.sub(" ", text.replace("\u2019", "'"))
        for title in QUOTED:
            text = text.replace(title, " ")
        for hit in spellings.finditer(text):
            owner = owners[hit.group().casefold().replace("-", "")]
            around = text[max(hit.start() - SENTENCE, 0) : hit.end() + SENTENCE].casefold().replace("-", "")
            if owner is not None and not all(form.form.casefold().replace("-", "") in around for form in owner.forms):
                left.add((hit.group(), around))
    return left


@cache
def without_table(path: Path) -> Constituted:
    """The example as if nobody had entered a contested name."""
    brief = read_brief(path, load_countries().resolve).model_copy(update={"contested_names": ()})
    return constitute(brief, shelf(), as_of=TODAY)


@pytest.mark.parametrize("language", [pytest.param(name, marks=[pytest.mark.gate] * (name != "ar")) for name in spoken()])
@pytest.mark.parametrize("path", [EXAMPLES[0], *(pytest.param(path, marks=pytest.mark.gate) for path in EXAMPLES[1:])], ids=lambda path: path.stem)
def test_no_file_in_any_language_shows_the_form_of_one_side_alone(path: Path, language: str, tmp_path: Path) -> None:
    done = constituted(path)
    files = [file for file in dossier(done, tmp_path / "d", voice(language)) if (language, file.suffix) != SLOW]
    assert {file.suffix for file in files} >= {".html", ".json"}
    left = {file.name: lone(texts(file), done.initiative.contested_names) for file in files}
    assert left == {file.name: set() for file in files}


@pytest.mark.gate
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_page_of_arabic_paper_shows_the_form_of_one_side_alone(path: Path, tmp_path: Path) -> None:
    done = constituted(path)
    (file,) = [file for file in dossier(done, tmp_path / "d", voice(SLOW[0])) if file.suffix == SLOW[1]]
    assert lone(texts(file), done.initiative.contested_names) == set()


@pytest.mark.parametrize("path", [EXAMPLES[0], *(pytest.param(path, marks=pytest.mark.gate) for path in EXAMPLES[1:])], ids=lambda path: path.stem)
def test_no_letter_of_day_one_shows_the_form_of_one_side_alone(path: Path, tmp_path: Path) -> None:
    done = constituted(path)
    released = let_out(done, voice())
    for language in spoken():
        letters = day_one_documents(released, voice(language).calling(released.names))
        assert letters
        for name, content in letters.items():
            (tmp_path / name).write_bytes(content)
            assert lone(texts(tmp_path / name), done.initiative.contested_names) == set()


@pytest.mark.gate
@pytest.mark.parametrize("path", [pytest.param(EXAMPLES[0], marks=pytest.mark.gate), EXAMPLES[1]], ids=lambda path: path.stem)
def test_with_names_of_people_the_rule_is_the_same(path: Path, tmp_path: Path) -> None:
    done = constituted(path)
    for file in dossier(done, tmp_path / "d", voice(), names=True):
        if file.suffix != ".pdf":  # made from what the page is made from, and slow to read
            assert lone(texts(file), done.initiative.contested_names) == set()


@pytest.mark.parametrize(
    ("path", "telling"), list(zip(EXAMPLES, ({"Nagorno-Karabakh", "Republic of Artsakh"}, {"North Korea", "South Korea"}), strict=True))
)
def test_without_the_table_the_forms_of_one_side_are_there(path: Path, telling: set[str], tmp_path: Path) -> None:
    names = constituted(path).initiative.contested_names
    for file in dossier(without_table(path), tmp_path / "d", voice()):
        left = {form.casefold() for form, _ in lone(texts(file), names)}
        if file.suffix != ".ics":  # a calendar says little
            assert left & {form.casefold() for form in telling}, file.name


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_row_of_the_table_is_told_with_all_its_forms_in_one_sentence(path: Path) -> None:
    done = constituted(path)
    released = let_out(done, voice())
    said = [
        voice().calling(released.names).say(finding.message)
        for section in released.sections
        for finding in section.findings
        if finding.code in ("names.open", "names.agreed")
    ]
    assert len(said) == len(done.initiative.contested_names)
    for name, sentence in zip(done.initiative.contested_names, said, strict=True):
        assert all(f"“{form.form}”" in sentence for form in name.forms)
        assert name.agreed is None or name.agreed in sentence


@pytest.mark.parametrize(
    ("language", "north", "south"),
    [
        ("en", "Democratic People's Republic of Korea", "Republic of Korea"),
        ("fr", "République populaire démocratique de Corée", "République de Corée"),
        ("ar", "جمهورية كوريا الشعبية الديمقراطية", "جمهورية كوريا"),
        ("es", "Democratic People's Republic of Korea", "Republic of Korea"),
    ],
)
def test_a_country_is_called_as_the_initiative_agreed_in_each_language(language: str, north: str, south: str) -> None:
    names = let_out(constituted(EXAMPLES[1]), voice()).names
    if language not in spoken():
        assert [dict(name.in_languages).get(language, name.name) for name in names] == [north, south]
        return
    calling = voice(language).calling(names)
    assert (calling.country("PRK"), calling.country("KOR")) == (north, south)
    assert calling.country("MNG") == voice(language).country("MNG")
    assert voice(language).country("PRK") != north


def test_what_an_earlier_dossier_said_is_shown_in_the_names_of_today() -> None:
    before = let_out(without_table(EXAMPLES[0]), voice())
    then = {"A4": {f.id: voice().say(f.message) for s in before.sections for f in s.findings if f.code == "attempts.in-library"}}
    assert any("Nagorno-Karabakh" in sentence for sentence in then["A4"].values()), "what could leak is there"
    now = constituted(EXAMPLES[0])
    codes = dict.fromkeys(then["A4"], "attempts.in-library")
    later = replace(now, basis=replace(now.basis, earlier=Earlier(as_of=TODAY, language="en", names_people=False, statements=then, codes=codes)))
    (table,) = (x for s in let_out(later, voice()).sections for x in s.exhibits if isinstance(x, Table) and x.row == "A9")
    assert not lone((cell for line in table.cells for cell in line if isinstance(cell, str)), now.initiative.contested_names)
    changed = [cell for line in table.cells for cell in line if line[0] == "A4" and isinstance(cell, str) and "Dartmouth" in cell]
    assert changed == [], "nothing but the names changed, so nothing changed"


def test_what_publishers_call_a_side_passes_the_gate_as_well() -> None:
    done = constituted(EXAMPLES[0])
    inside = [voice().say(finding.message) for finding in findings(done, "A3")]
    assert any("Republic of Artsakh over territory" in sentence for sentence in inside), "the publisher's words are there before the gate"
    outside = [voice().say(f.message) for s in let_out(done, voice()).sections for f in s.findings if f.code == "history.episodes"]
    assert any("former de facto authorities over territory (Artsakh / Karabakh)" in sentence for sentence in outside)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_maps_of_the_examples_draw_points_and_no_border(path: Path) -> None:
    released = let_out(constituted(path), voice())
    maps = [exhibit for section in released.sections for exhibit in section.exhibits if isinstance(exhibit, PointsMap)]
    assert maps
    for number, exhibit in enumerate(maps):
        root = ElementTree.fromstring(points.draw(exhibit, voice().calling(released.names), f"map-{number}").markup)
        tags = {node.tag.rsplit("}", 1)[-1] for node in root.iter()}
        assert tags <= {"svg", "title", "desc", "rect", "circle", "line", "text", "path"}
        for node in root.iter("{http://www.w3.org/2000/svg}path"):
            steps = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", node.get("d", ""))]
            assert len(steps) <= 16, "a path of many points would be a coast or a border"
        for node in root.iter("{http://www.w3.org/2000/svg}line"):
            assert node.get("x1") == node.get("x2") or node.get("y1") == node.get("y2"), "only the graticule and the scale bar"
