"""Every console block of the documentation is run, in order, in one folder a page; what it prints must be what the page shows."""

from __future__ import annotations

import doctest
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.warm import ENVIRONMENT, Warm

ROOT = Path(__file__).resolve().parent.parent.parent
BLOCK = re.compile(r"^(?P<indent> *)```console\n(?P<body>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
SECONDS = 120


@dataclass(frozen=True)
class Step:
    """One command of a page, the line on which it stands, and what it is to print."""

    line: int
    command: str
    expected: str


def steps(text: str) -> list[Step]:
    """The commands of the console blocks of a page: lines that start with '$ ', continued by a backslash; the rest is output."""
    found: list[Step] = []
    for block in BLOCK.finditer(text):
        first = text.count("\n", 0, block.start("body")) + 1
        indent = len(block["indent"])
        lines = [line[indent:] for line in block["body"].splitlines()]
        number = 0
        while number < len(lines):
            assert lines[number].startswith("$ "), f"line {first + number}: a console block begins with a command"
            at, command = first + number, lines[number][2:]
            while command.endswith("\\"):
                number += 1
                command = command[:-1] + lines[number].strip()
            number += 1
            output = []
            while number < len(lines) and not lines[number].startswith("$ "):
                output.append(lines[number])
                number += 1
            found.append(Step(at, command, "\n".join(output).strip("\n")))
    return found


def matches(expected: str, printed: str) -> bool:
    """True where the output is as shown; '...' stands for anything, a line of it for any lines, and trailing space does not count."""
    clean = "\n".join(line.rstrip() for line in printed.strip("\n").splitlines())
    return doctest.OutputChecker().check_output(expected + "\n", clean + "\n", doctest.ELLIPSIS)


LONG = ("feasibility", "first-dossier", "hand-over", "peace-agreements", "read-a-dossier", "record")
"""Pages that make several dossiers, each of which other pages make as well: left to the gates."""


def pages() -> list[Path]:
    found = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in found if steps(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.gate] * (page.stem in LONG)) for page in pages()],
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path, warm_command: Warm) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "tests" / "sources" / "downloads", tmp_path / "downloads")  # made-up tables, laid out as their publishers do
    environment = {
        "PATH": warm_command.path,
        "HOME": str(tmp_path),
        "TRACKTWO_HOME": str(tmp_path / "home"),
        **ENVIRONMENT,
    }
    for step in steps(page.read_text(encoding="utf-8")):
        result = subprocess.run(
            ["bash", "-c", step.command], cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert matches(step.expected, result.stdout), (
            f"{page.name} line {step.line}: {step.command}\nshown:\n{step.expected}\nprinted:\n{result.stdout}"
        )


PAGE = """\
Text.

```console
$ echo one
one
$ printf 'a\\nb\\nc\\n'
a
...
c
```

1. In a list:

    ```console
    $ echo long \\
        command
    long command
    ```
"""


def test_commands_are_read_from_blocks_and_lists() -> None:
    assert [(step.line, step.command, step.expected) for step in steps(PAGE)] == [
        (4, "echo one", "one"),
        (6, "printf 'a\\nb\\nc\\n'", "a\n...\nc"),
        (15, "echo long command", "long command"),
    ]


def test_three_dots_stand_for_anything_and_nothing_else_does() -> None:
    assert matches("a\n...\nc", "a\nb\nb\nc\n")
    assert matches("12 findings, ... open", "12 findings, 7 open")
    assert not matches("a\nc", "a\nb\nc")
    assert not matches("", "surprise")
