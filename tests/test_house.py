"""The house keeps its own rules: rooms, reasons, licences, and no trace of any one machine."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tracktwo"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TEXT = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".jsonl", ".csv", ".po", ".html", ".j2", ".css", ".cfg", ".in", ".svg"}
MADE = {
    ".git",
    ".venv",
    ".venv-dev",
    "site",
    "demo",
    "dist",
    "build",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
    ".import_linter_cache",
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def files() -> Iterator[Path]:
    """Every text file that a clone holds: not what git ignores or a make verb makes."""
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT).parts
        named = path.suffix in TEXT or path.name in {"Makefile", "LICENSE", "NOTICE"} or inside[0] == ".ci"
        if path.is_file() and named and not MADE & set(inside) and "__pycache__" not in inside:
            yield path


def test_the_rooms_import_only_what_they_may() -> None:
    result = subprocess.run([Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert " 0 broken" in result.stdout


def test_no_room_imports_the_main_job_or_the_command_line() -> None:
    above = {"tracktwo.constitute", "tracktwo.cli", "tracktwo.web"}
    reaching = {
        str(path.relative_to(PACKAGE))
        for path in modules()
        if len(path.relative_to(PACKAGE).parts) > 1 and path.relative_to(PACKAGE).parts[0] not in {"cli", "web"} and above & set(_imports(path))
    }
    assert reaching == set()


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_methods_open_no_file_and_read_no_clock() -> None:
    forbidden = {"open", "input", "print", "now", "today", "utcnow", "read_text", "write_text"}
    calls = {
        f"{path.name}:{node.lineno}"
        for path in sorted((PACKAGE / "methods").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _called(node) in forbidden
    }
    assert calls == set()


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def test_the_methods_load_without_a_web_framework_or_cryptography() -> None:
    files = sorted(path.relative_to(PACKAGE) for path in (PACKAGE / "methods").rglob("*.py") if path.stem != "__init__")
    names = [".".join(("tracktwo", *path.with_suffix("").parts)) for path in files]
    program = (
        "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sorted({name.split('.')[0] for name in sys.modules}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program, *names], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(PACKAGE.parent)}
    )
    loaded = set(result.stdout.split())
    assert "tracktwo" in loaded
    assert loaded & {"django", "cryptography", "nacl", "typer", "jinja2"} == set()


def test_nothing_of_ours_can_open_a_network_connection() -> None:
    network = {"asyncio", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "telnetlib", "urllib.request", "urllib3", "xmlrpc"}
    reaching = {str(path.relative_to(PACKAGE)) for path in modules() if network & set(_imports(path))}
    assert reaching <= {"cli/serve.py", "web/served.py"}  # the server waits for whoever comes; it goes to nobody


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_says_its_one_job_in_its_first_line(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, "has no docstring"
    assert docstring.splitlines()[0].rstrip().endswith((".", ":", "?", ")")), "the first line is no sentence"


def declared(lines: list[str]) -> set[str]:
    """The names of packages in requirements as pyproject.toml writes them."""
    return {re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0] for line in lines} - {"tracktwo"}  # an extra may ask for another one of ours


def reasons(heading: str) -> list[list[str]]:
    """The rows of one table of DEPENDENCIES.md, cell by cell, without its head."""
    section = (ROOT / "DEPENDENCIES.md").read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| ")]
    return [row for row in rows[1:] if set(row[0]) != {"-"}]


@pytest.mark.parametrize(("heading", "table"), [("At run time", "run"), ("For work on tracktwo", "dev")])
def test_every_dependency_has_its_reason(heading: str, table: str) -> None:
    project = PROJECT["project"]
    wanted = declared(project["dependencies"] if table == "run" else project["optional-dependencies"]["dev"])
    rows = reasons(heading)
    assert {name for row in rows for name in row[0].split(", ")} == wanted
    assert [row for row in rows if not all(row)] == []


def test_every_package_that_only_an_extra_brings_has_its_reason() -> None:
    extras = {extra: declared(lines) for extra, lines in PROJECT["project"]["optional-dependencies"].items() if extra != "dev"}
    rows = reasons("Only with an extra")
    assert {(row[0], row[1]) for row in rows} == {(extra, name) for extra, names in extras.items() for name in names}
    assert [row for row in rows if len(row) != 5 or not all(row)] == []
    needed = declared(PROJECT["project"]["dependencies"])
    assert [row[1] for row in rows if row[1] in needed] == []


def test_each_requirement_is_locked_by_a_hash_and_names_no_host() -> None:
    for lock in ("run", "dev", "fuzz"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9][\w.-]*==.*$(?:\n    --hash=sha256:[0-9a-f]{64}.*)*", text, re.MULTILINE)
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)
        assert "://" not in text
        assert "--index-url" not in text


def test_every_declared_dependency_is_locked() -> None:
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9][\w.-]*)==", text, re.MULTILINE))
    declared = {re.split(r"[<>=!~ ;\[]", line, maxsplit=1)[0] for line in PROJECT["project"]["dependencies"]}
    assert declared <= locked


def test_no_file_names_a_machine_a_registry_or_unfinished_work() -> None:
    # The words are put together here, so that this file does not hold them.
    slash = "/"
    machine = [slash + name + slash for name in ("work", "home", "Users")] + [slash + "tmp" + slash + "v" + slash, slash + "root" + slash]
    registry = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian", "org"))]
    unfinished = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
    hits = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in files()
        for word in [*machine, *registry, *unfinished]
        if re.search(rf"(?<![\w.]){re.escape(word)}" if word[0] == slash else rf"\b{re.escape(word)}", path.read_text(encoding="utf-8"))
    ]
    assert hits == []


LICENCES = {
    "Apache License 2.0": "Apache-2.0",
    "CC BY 4.0": "CC-BY-4.0",
    "CC0 1.0": "CC0-1.0",
    "LicenseRef-UN-data": "LicenseRef-UN-data",
    "MIT License": "MIT",
    "(ODbL) 1.0": "ODbL-1.0",
    "(PDDL) 1.0": "PDDL-1.0",
    "SIL Open Font License, Version 1.1": "OFL-1.1",
    "UNICODE, INC. LICENSE AGREEMENT - DATA FILES AND SOFTWARE": "Unicode-DFS-2016",
}
"""How a LICENSE file names a licence → its SPDX identifier. A licence that is not here does not ship before somebody has read it."""


def test_each_folder_of_shipped_data_has_its_licence() -> None:
    folders = {path.parent for path in PACKAGE.rglob("data/**/*") if path.is_file() and "__pycache__" not in path.parts}
    bare = [
        str(folder.relative_to(ROOT)) for folder in sorted(folders) if not list(folder.glob("LICENSE*")) and not list(folder.parent.glob("LICENSE*"))
    ]
    assert bare == []


def test_the_wheel_names_every_licence_that_travels_in_it() -> None:
    expression = set(re.findall(r"[\w.-]+", PROJECT["project"]["license"])) - {"AND", "OR", "WITH"}
    shipped = {"Apache-2.0"}
    for path in sorted(PACKAGE.rglob("LICENSE*")):
        text = path.read_text(encoding="utf-8")
        named = {spdx for words, spdx in LICENCES.items() if words in text}
        assert named, f"{path.relative_to(ROOT)} names no licence that we know"
        shipped |= named
    assert expression == shipped


def test_the_version_stands_in_one_place() -> None:
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert PROJECT["tool"]["hatch"]["version"]["path"] == "src/tracktwo/__init__.py"
