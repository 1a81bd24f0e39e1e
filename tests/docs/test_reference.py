"""The reference pages say what the code does: fields of a brief, its JSON Schema, rows of the checklist."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

from tests.warm import ENVIRONMENT, Warm
from tracktwo.methods import retrieval
from tracktwo.model.rows import ALL_ROWS

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


@pytest.fixture(scope="module")
def made() -> ModuleType:
    """docs/made.py, which belongs to no package."""
    spec = importlib.util.spec_from_file_location("made", DOCS / "made.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["brief.schema.json", "brief.md", "programme.md", "rows.md", "cli.md", "dossier.schema.json"])
def test_a_reference_page_is_what_the_code_says_today(made: ModuleType, name: str) -> None:
    page = f"reference/{name}"
    assert (DOCS / page).read_text(encoding="utf-8") == made.PAGES[page](), "run 'make reference'"


def test_the_page_of_rows_asks_every_question(made: ModuleType) -> None:
    page = made.rows_page()
    assert [row for row in ALL_ROWS if f"| {row} | " not in page] == []


def test_the_published_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((DOCS / "reference" / "brief.schema.json").read_text(encoding="utf-8")))


def test_the_published_schema_refuses_a_field_that_no_brief_has() -> None:
    validator = jsonschema.Draft202012Validator(json.loads((DOCS / "reference" / "brief.schema.json").read_text(encoding="utf-8")))
    brief = {"title": "A title", "parties": [{"name": "One"}]}
    validator.validate(brief)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({**brief, "tittle": "A title"})


VERBS = "constitute texts venues programme roster panel team rooms culture demo screen serve".split()
VERBS += ["observances"]
VERBS += ["brief new", "brief check", "brief schema", "sources list", "sources add"]
VERBS += ["library search", "library show", "library like"]
VERBS += ["lists show", "lists compare", "lists entry"]
VERBS += ["law " + verb for verb in "check smallest-change rules show words lists".split()]
VERBS += ["record " + verb for verb in "list new open show log verify export merge members invite card remove room rotate passphrase".split()]
VERBS += ["record " + verb for verb in "erase backup restore part note consent share publish cases decide".split()]
GROUPS = ("brief", "sources", "lists", "law", "library", "record")


def _help(command: Warm, verb: str) -> str:
    words = [command.program, *verb.split(), "--help"]
    return subprocess.run(words, capture_output=True, text=True, check=True, env={**ENVIRONMENT, "PATH": command.path, "COLUMNS": "200"}).stdout


def test_every_verb_that_the_command_line_offers_is_in_the_reference(warm_command: Warm) -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    offered = {" ".join(filter(None, (group, verb))) for group in ("", *GROUPS) for verb in _verbs(_help(warm_command, group))}
    assert offered - set(GROUPS) == set(VERBS)
    assert [verb for verb in VERBS if f"## tracktwo {verb}\n" not in page] == []


def _verbs(text: str) -> list[str]:
    return re.findall(r"^  ([\w-]+) ", text.partition("Commands:")[2], re.MULTILINE)


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_in_the_reference(warm_command: Warm, verb: str) -> None:
    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    section = page.partition(f"## tracktwo {verb}\n")[2].partition("\n## ")[0]
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", _help(warm_command, verb).partition("Options:")[2])) - {"--help"}
    assert {option for option in options if option not in section} == set()


def test_every_format_that_the_command_line_prints_is_in_the_reference(made: ModuleType, root: Path) -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sorted((root / "src" / "tracktwo" / "cli").glob("*.py")))
    assert set(re.findall(r'"format": "([\w-]+/\d)"', source)) == set(made.FORMATS)


def test_the_published_schema_of_a_dossier_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads((DOCS / "reference" / "dossier.schema.json").read_text(encoding="utf-8")))


def test_the_weights_of_likeness_are_those_of_the_code() -> None:
    page = (DOCS / "explanation" / "how-findings-are-made.md").read_text(encoding="utf-8")
    section = page.partition("## Similar cases")[2].partition("\n## ")[0]
    shown = [float(weight) for weight in re.findall(r"\| ([\d.]+) \|", section)]
    names = "SAME_COUNTRY WORDS SHARED_RESOURCE SAME_SUBREGION ARMED_PARTY NO_ARMED_CONFLICT AT_THE_TABLE INSIDER TRACKS CONVENOR"
    assert shown == [getattr(retrieval, name) for name in names.split()]
