"""The command line, continued: every verb refuses a bad brief alike, accidents leave nothing half-written, pipes stay clean."""

from __future__ import annotations

import json
import os
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.making import EXAMPLE
from tracktwo import __version__, cli
from tracktwo.cli import initiative, unlocking
from tracktwo.dossier.language import languages
from tracktwo.library import guide
from tracktwo.sources.table import SHIPPED

SMALL = "title: Two towns\ncountries: [Mali]\nparties: [{name: Upper town}, {name: Lower town}]\nwish: {starts: 2027-03-01}\n"
DAY = ("--as-of", "2026-11-26")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, without_paper: None) -> Run:
    """Run the command line in this process, with a data folder and a working folder of its own."""
    monkeypatch.setenv("TRACKTWO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TRACKTWO_DEBUG", raising=False)
    monkeypatch.chdir(tmp_path)

    def called(*words: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["tracktwo", *(str(word) for word in words)])
        with pytest.raises(SystemExit) as left:
            cli.main()
        said = capsys.readouterr()
        return Ran(int(left.value.code or 0), said.out, said.err)

    return called


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def refused(ran: Ran, *words: str) -> None:
    """Exit 2, nothing on stdout, one line on stderr that holds these words."""
    assert ran.code == 2, ran
    assert ran.out == ""
    assert ran.err.startswith("tracktwo: ")
    assert ran.err.count("\n") == 1, ran.err
    for word in words:
        assert word in ran.err, ran.err


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# -- bad input ------------------------------------------------------------------------------------------------------------

BAD_BRIEFS: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "unknown country": (SMALL.replace("Mali", "Mallli").encode(), ("brief.yaml line 2", "countries", "Mallli", "did you mean", "Mali")),
    "undeclared side": (
        SMALL.replace("{name: Upper town}", "{name: Upper town, side: uper}").encode() + b"sides: [{id: upper, name: Upper}]\n",
        ("brief.yaml line 3", "parties.side", "uper", "upper"),
    ),
    "misspelt field": (SMALL.replace("countries", "contries").encode(), ("brief.yaml line 2", "contries", "countries")),
    "binary": (b"\x00\x01\x02\x03" * 40, ("brief.yaml",)),
    "empty": (b"", ("brief.yaml", "is empty")),
    "a list": (b"- a\n- b\n", ("brief.yaml", "title")),
    "torn YAML": (b"title: [unclosed\nparties: {", ("brief.yaml", "line")),
    "roster elsewhere": (SMALL.encode() + b"roster: ../../etc/passwd\n", ("roster", "out of the brief's folder")),
}
READERS = {
    "constitute": ("constitute", "brief.yaml", "-o", "dossier"),
    "check": ("brief", "check", "brief.yaml"),
    "venues": ("venues", "brief.yaml"),
    "like": ("library", "like", "brief.yaml"),
}


@pytest.mark.parametrize("name", list(BAD_BRIEFS))
@pytest.mark.parametrize("verb", list(READERS))
def test_every_verb_that_reads_a_brief_refuses_it_alike(run: Run, tmp_path: Path, name: str, verb: str) -> None:
    content, words = BAD_BRIEFS[name]
    (tmp_path / "brief.yaml").write_bytes(content)
    refused(run(*READERS[verb]), *words)
    assert contents(tmp_path) == {"brief.yaml": content}
    assert not (tmp_path / "dossier").exists()


def test_a_person_of_a_side_that_nobody_declared_is_told_with_the_row_of_the_roster(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,sides\nAda,nowhere\n", encoding="utf-8")
    (tmp_path / "brief.yaml").write_text(SMALL + "roster: people.csv\n", encoding="utf-8")
    refused(run("constitute", "brief.yaml", "-o", "dossier"), "people.csv row 2", "nowhere")
    assert not (tmp_path / "dossier").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("constitute", "small.yaml", "-o", "d", "--as-of", "2026-02-30"), ("--as-of", "2026-02-30")),
        (("constitute", "small.yaml"), ("--output",)),
        (("constitute",), ("BRIEF",)),
        (("constitute", ".", "-o", "d"), ("is a folder",)),
        (("constitute", "small.yaml", "-o", "d", "--language", "tlh"), ("--language", "ar, en, fr", "tlh")),
        (("texts", "small.yaml", "-o", "d", "--language", "tlh"), ("--language", "tlh")),
        (("constitute", "small.yaml", "-o", "d", "--earlier", "none.json"), ("none.json", "cannot be read")),
        (("venues", "small.yaml", "--limit", "0"), ("--limit",)),
        (("brief", "new", "no/such/folder/brief.yaml"), ("cannot be written",)),
        (("sources", "add", "."), ("cannot be read",)),
        (("library", "show", "zzz"), ("zzz",)),
        (("frobnicate",), ("frobnicate",)),
    ],
    ids=lambda value: "-".join(value)[:50],
)
def test_a_command_that_cannot_be_followed_is_refused(run: Run, small: Path, tmp_path: Path, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    refused(run(*words), *said)
    assert contents(tmp_path) == {"small.yaml": SMALL.encode()}
    assert not (tmp_path / "d").exists()


def test_a_brief_without_countries_has_no_venues_to_rank(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nowhere.yaml").write_text("title: Two towns\nplaces: [{city: Upper}]\nparties: [{name: A}, {name: B}]\n", encoding="utf-8")
    refused(run("venues", "nowhere.yaml"), "nowhere.yaml", "names no country")


def test_check_lists_every_problem_and_json_holds_them_all(run: Run, tmp_path: Path) -> None:
    (tmp_path / "brief.yaml").write_text(SMALL.replace("Mali", "Mallli").replace("2027-03-01", "soon"), encoding="utf-8")
    ran = run("brief", "check", "brief.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert [line[:9] for line in ran.err.splitlines()] == ["tracktwo:", "tracktwo:"]
    as_json = run("brief", "check", "brief.yaml", "--json")
    assert (as_json.code, as_json.err) == (2, "")
    assert len(json.loads(as_json.out)["problems"]) == 2


# -- accidents ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["before", "while writing"])
def test_whoever_stops_it_is_told_so_and_finds_nothing_half_written(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    if where == "before":
        monkeypatch.setattr(initiative, "constitute", stopped)
    else:
        monkeypatch.setattr(os, "fsync", stopped)
    assert run("constitute", small, "-o", "d") == Ran(130, "", "tracktwo: stopped; nothing was written\n")
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["small.yaml"]
    monkeypatch.undo()
    monkeypatch.setenv("TRACKTWO_HOME", str(tmp_path / "home"))
    assert records() == []


def records() -> list[str]:
    """The records that stand in the home, by a look of our own."""
    with unlocking.records().open() as store:
        return [initiative.hex() for initiative in store.initiatives()]


def test_a_disk_that_refuses_half_way_leaves_the_earlier_dossier_as_it_was(
    run: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("constitute", small, "-o", "d", *DAY).code == 0
    before, kept = contents(tmp_path / "d"), records()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    refused(run("constitute", small, "-o", "d", "--as-of", "2026-12-01", "--replace"), "d cannot be written", "No space left")
    refused(run("constitute", small, "-o", "new", *DAY), "cannot be written", "No space left")
    assert contents(tmp_path / "d") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "home", "small.yaml"]
    assert records() == kept
    assert len(list((tmp_path / "home" / "keys").glob("*.code"))) == 1


def test_a_data_folder_that_is_a_file_is_bad_input_and_not_our_fault(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKTWO_HOME", str(small))
    refused(run("sources", "add", SHIPPED / "ucdp" / "ucdp-dyadic-251.csv.gz"), "small.yaml cannot be written", "TRACKTWO_HOME")
    assert run("sources", "list").code == 0


# -- answers --------------------------------------------------------------------------------------------------------------

COMMANDS = (
    "constitute", "venues", "demo", "brief new", "brief check", "brief schema", "sources list", "sources add", "library search", "library show",
    "library like",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    said = ran.out.split("\n\n")[1].strip()
    assert said.endswith("."), ran.out
    assert len(said.split()) >= 5, ran.out


def test_the_main_job_is_shown_by_an_example(run: Run) -> None:
    assert "Example:  tracktwo constitute brief.yaml -o dossier" in run("constitute", "--help").out


@pytest.mark.parametrize("group", ["", "brief", "sources", "library"])
def test_a_group_called_alone_shows_its_commands(run: Run, group: str) -> None:
    ran = run(*group.split())
    assert (ran.code, ran.err) == (0, "")
    for command in COMMANDS:
        if command.startswith(group):
            assert command.removeprefix(group).split()[0] in ran.out


def test_the_version_is_the_version_of_the_package(run: Run) -> None:
    assert run("--version") == Ran(0, f"tracktwo {__version__}\n", "")


def test_a_new_brief_waits_to_be_filled_in_and_an_example_reads_well(run: Run, tmp_path: Path) -> None:
    assert run("brief", "new", "mine.yaml").code == 0
    refused(run("brief", "check", "mine.yaml"), "mine.yaml line", "Country name or ISO code")
    assert run("brief", "new", "car.yaml", "--example", "central-african-republic").code == 0
    assert (tmp_path / "car.yaml").read_text(encoding="utf-8") == EXAMPLE.read_text(encoding="utf-8")
    assert "reads well" in run("brief", "check", "car.yaml").out


def test_the_schema_of_a_brief_is_json(run: Run) -> None:
    assert "parties" in json.loads(run("brief", "schema").out)["properties"]


def test_a_pipe_gets_no_control_characters(run: Run, small: Path) -> None:
    for words in (
        ("constitute", small, "-o", "d"),
        ("venues", small),
        ("sources", "list"),
        ("library", "like", small),
        ("library", "search", "youth"),
    ):
        ran = run(*words)
        assert (ran.code, ran.err) == (0, "")
        assert [letter for letter in ran.out if ord(letter) < 32 and letter != "\n"] == []


NAMED = "Clarisse Yandoko"


def test_the_report_on_the_screen_names_nobody(run: Run, tmp_path: Path) -> None:
    ran = run("constitute", EXAMPLE, "-o", "d", *DAY, "--with-names")
    page = (tmp_path / "d" / "dossier.html").read_text(encoding="utf-8")
    assert "names people" in page.casefold()
    assert NAMED in page
    assert NAMED not in ran.out


def test_a_later_dossier_says_what_changed(run: Run, small: Path, tmp_path: Path) -> None:
    run("constitute", small, "-o", "first", *DAY)
    small.write_text(SMALL + "issues: [{name: Pasture, status: stuck}]\n", encoding="utf-8")
    assert run("constitute", small, "-o", "second", "--as-of", "2026-12-24", "--earlier", "first/dossier.json").code == 0
    data = json.loads((tmp_path / "second" / "dossier.json").read_text(encoding="utf-8"))
    changed = next(finding for finding in data["findings"] if finding["code"] == "changed.rows")
    assert "A2" in changed["statement"]
    assert "26 November 2026" in changed["statement"]


def test_the_demo_makes_a_dossier_of_each_example_and_opens_one_if_it_may(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(guide, "examples", lambda: {"small": SMALL, "second": SMALL.replace("Two towns", "Three towns")})
    ran = run("demo", "-o", "demo", "--no-open")
    assert ran.code == 0
    pages = [Path(line) for line in ran.out.splitlines() if line.endswith(".html")]
    assert sorted(page.parts[-3:-1] for page in pages) == sorted((name, tongue) for name in guide.examples() for tongue in languages())
    assert all((tmp_path / page).stat().st_size > 10_000 for page in pages)
    assert opened == []
    assert run("demo", "-o", "demo", "--open", "--language", "fr").code == 0
    assert [address.split(":")[0] for address in opened] == ["file"]


# -- sources of one's own -------------------------------------------------------------------------------------------------


def _sources(run: Run) -> dict[str, Any]:
    return {item["name"]: item for item in json.loads(run("sources", "list", *DAY, "--json").out)["sources"]}


def _add_passports(run: Run, tmp_path: Path) -> None:
    """A table of passports of one's own, newer than the shipped one."""
    (tmp_path / "mine.csv").write_text("Passport,Destination,Requirement\nMLI,CHE,no admission\nMLI,MLI,-1\nCHE,CHE,-1\n", encoding="utf-8")
    assert run("sources", "add", "mine.csv", "--as-of", "2026-11-20").code == 0


def test_events_of_one_s_own_are_what_the_dossier_counts(run: Run, tmp_path: Path, test_data: Path) -> None:
    (tmp_path / "brief.yaml").write_text(SMALL.replace("Mali", "Ukraine"), encoding="utf-8")
    assert run("constitute", "brief.yaml", "-o", "before", *DAY).code == 0
    added = run("sources", "add", test_data / "ucdp" / "ged_ukraine.csv.gz", "--as-of", "2026-11-20")
    assert added.code == 0, added.err
    assert _sources(run)["events"]["provenance"]["own_download"] is True
    assert run("constitute", "brief.yaml", "-o", "after", *DAY).code == 0
    before, after = (json.loads((tmp_path / name / "dossier.json").read_text(encoding="utf-8"))["findings"] for name in ("before", "after"))
    assert "conflict.where" not in {finding["code"] for finding in before}
    assert "conflict.where" in {finding["code"] for finding in after}


def test_a_newer_download_is_what_the_dossier_rests_on(run: Run, small: Path, tmp_path: Path) -> None:
    _add_passports(run, tmp_path)
    assert "your download" in run("sources", "list", *DAY).out
    assert _sources(run)["passports"]["provenance"]["own_download"] is True
    assert run("constitute", small, "-o", "d", *DAY).code == 0
    data = json.loads((tmp_path / "d" / "dossier.json").read_text(encoding="utf-8"))
    entry = [finding for finding in data["findings"] if finding["code"].startswith("entry.passports")]
    assert {item["as_of"] for finding in entry for item in finding["evidence"]} == {"2026-11-20"}


def test_a_download_damaged_later_is_called_unreadable_and_the_dossier_is_still_made(run: Run, small: Path, tmp_path: Path) -> None:
    _add_passports(run, tmp_path)
    (kept,) = (tmp_path / "home" / "sources" / "passports").glob("*.csv")
    kept.write_bytes(b"Passport,Desti")
    listed = run("sources", "list", *DAY)
    assert listed.code == 0
    assert "unreadable" in listed.out
    assert "was changed after it was added" in listed.out
    assert run("constitute", small, "-o", "d", *DAY).code == 0
    data = json.loads((tmp_path / "d" / "dossier.json").read_text(encoding="utf-8"))
    assert "unreadable" in {source["state"] for source in data["sources"]}


def test_a_file_half_downloaded_is_refused_and_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    whole = (SHIPPED / "ucdp" / "ucdp-dyadic-251.csv.gz").read_bytes()
    (tmp_path / "half.csv.gz").write_bytes(whole[: len(whole) // 2])
    refused(run("sources", "add", "half.csv.gz"), "half.csv.gz")
    assert not [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


# -- what a user may not expect ---------------------------------------------------------------------------------------------


def test_a_dossier_that_cannot_be_compared_is_replaced_and_that_is_said(run: Run, small: Path, tmp_path: Path) -> None:
    run("constitute", small, "-o", "d", *DAY)
    (tmp_path / "d" / "dossier.json").write_text('{"format": "dossier/1", ', encoding="utf-8")
    ran = run("constitute", small, "-o", "d", *DAY, "--replace")
    assert (ran.code, ran.err) == (0, "Note: d/dossier.json cannot be read as a dossier, so it is replaced and nothing is compared\n")
    ran = run("constitute", small, "-o", "d", *DAY, "--replace", "--language", "fr")
    assert (ran.code, ran.err) == (
        0,
        "Note: d/dossier.json is in 'en' and the new dossier in 'fr', so it is replaced and nothing is compared\n",
    )
    assert json.loads((tmp_path / "d" / "dossier.json").read_text(encoding="utf-8"))["language"] == "fr"


def test_a_dossier_with_names_is_not_compared_with_one_of_codes_and_that_is_said(run: Run, small: Path) -> None:
    run("constitute", small, "-o", "d", *DAY, "--with-names")
    refused(run("constitute", small, "-o", "e", *DAY, "--earlier", "d/dossier.json"), "d/dossier.json names people and the new dossier does not")
    ran = run("constitute", small, "-o", "d", *DAY, "--replace")
    assert (ran.code, ran.err) == (
        0,
        "Note: d/dossier.json names people and the new dossier does not, so it is replaced and nothing is compared\n",
    )
    ran = run("constitute", small, "-o", "d", *DAY, "--replace", "--with-names")
    assert "the new dossier names people and d/dossier.json does not" in ran.err


def test_a_dossier_that_outlives_its_replacement_is_told(run: Run, small: Path) -> None:
    run("constitute", small, "-o", "d", *DAY)
    ran = run("constitute", small, "-o", "d", *DAY, "--language", "en", "--language", "fr")
    assert (ran.code, ran.err) == (0, "Note: the earlier dossier in d stays as it was\n")
    ran = run("constitute", small, "-o", "d", *DAY, "--language", "en", "--replace")
    assert (ran.code, ran.err) == (0, "Note: the earlier dossier in d/en stays as it was\nNote: the earlier dossier in d/fr stays as it was\n")


def test_the_same_brief_on_the_same_day_has_changed_in_nothing_at_the_first_and_the_second_comparison(run: Run, small: Path, tmp_path: Path) -> None:
    run("constitute", small, "-o", "first", *DAY)
    for earlier, later in (("first", "second"), ("second", "third")):
        ran = run("constitute", small, "-o", later, *DAY, "--earlier", f"{earlier}/dossier.json")
        assert "Changed since" not in ran.out
        assert "changed since the dossier of 26 November 2026" in (tmp_path / later / "dossier.json").read_text(encoding="utf-8")


def test_one_change_is_one_finding_in_one_row(run: Run, small: Path) -> None:
    run("constitute", small, "-o", "first", *DAY)
    small.write_text(SMALL + "channels: [{name: Radio Deux Villes}]\n", encoding="utf-8")
    ran = run("constitute", small, "-o", "second", *DAY, "--earlier", "first/dossier.json")
    assert "Changed since the earlier dossier: " in ran.out
    assert " 1 findings" not in ran.out
    assert " 1 rows" not in ran.out


@pytest.mark.parametrize(
    "findings",
    ['[{"rows":["A1"],"id":"f1","statement":5,"code":"x"}]', '[{"rows":[null],"id":null,"statement":null,"code":null}]', "[" * 100_000],
    ids=["a number", "nothing", "brackets"],
)
def test_an_earlier_dossier_of_the_wrong_kind_is_refused(run: Run, small: Path, tmp_path: Path, findings: str) -> None:
    head = '{"format":"dossier/1","as_of":"2026-11-01","language":"en","names_people":false,"findings":'
    (tmp_path / "e.json").write_text(f"{head}{findings}}}", encoding="utf-8")
    refused(run("constitute", small, "-o", "d", "--earlier", "e.json"), "e.json is no dossier.json of tracktwo")


def test_a_file_on_the_way_to_the_folder_is_named(run: Run, small: Path) -> None:
    refused(run("constitute", small, "-o", "small.yaml/d", *DAY), "small.yaml is a file, not a folder; choose another name")


def test_help_says_what_happens_without_a_language(run: Run) -> None:
    for verb in ("texts", "demo"):
        assert "All of them if left out." in " ".join(run(verb, "--help").out.split())
    assert "own language if left out" in " ".join(run("constitute", "--help").out.split())
