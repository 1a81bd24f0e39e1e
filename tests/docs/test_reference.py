"""The reference pages say what the code does: fields of a brief, its JSON Schema, rows of the checklist."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import jsonschema
import pytest

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


@pytest.mark.parametrize("name", ["brief.schema.json", "brief.md", "rows.md", "cli.md", "dossier.schema.json"])
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
