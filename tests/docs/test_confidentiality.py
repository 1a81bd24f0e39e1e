"""What the page on confidentiality promises is shown by tests that exist, each named there by its sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = (ROOT / "docs" / "explanation" / "confidentiality.md").read_text(encoding="utf-8")
CITED = re.compile(r"`((?:\w+/)?test_\w+\.py)` (\*[^*]+\*(?: \(gate\))?(?:, \*[^*]+\*(?: \(gate\))?)*)")
SENTENCE = re.compile(r"\*([^*]+)\*( \(gate\))?")


def cited(text: str) -> dict[tuple[str, str], bool]:
    """(file below tests/, name of the test) → whether the page calls it a gate."""
    found = CITED.findall(text)
    return {(file, "test_" + words.replace(" ", "_")): bool(gate) for file, sentences in found for words, gate in SENTENCE.findall(sentences)}


def there(files: set[str]) -> dict[tuple[str, str], bool]:
    """Every test of these files → whether it is a gate."""
    found = {}
    for file in files:
        path = ROOT / "tests" / file
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.is_file() else ()
        for node in nodes:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found[file, node.name] = any("mark.gate" in ast.unparse(mark) for mark in node.decorator_list)
    return found


def test_every_test_that_is_cited_exists_and_is_a_gate_where_it_is_called_one() -> None:
    named = cited(PAGE)
    known = there({file for file, _ in named})
    assert len(named) > 40
    assert {test: gate for test, gate in named.items() if known.get(test) != gate} == {}


def test_every_row_of_promises_is_shown_by_a_test_or_promises_only_what_comes_afterwards() -> None:
    table = PAGE.partition("## What is promised")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:]
    assert len(rows) > 10
    bare = [row.split("|")[1].strip() for row in rows if not cited(row)]
    assert bare == ["Controls the machine while it is open"]


def test_a_citation_is_read_from_file_and_sentences() -> None:
    assert cited("`vault/test_a.py` *one thing*, *another* (gate); `test_b.py` *a third*") == {
        ("vault/test_a.py", "test_one_thing"): False,
        ("vault/test_a.py", "test_another"): True,
        ("test_b.py", "test_a_third"): False,
    }
