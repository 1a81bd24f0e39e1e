"""What the verbs share: options, output, progress, and how bad input is told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

STEPS = ("record", "library", "assessment", "feasibility", "strategy", "process", "follow_up", "evaluation", "dossier")

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

AsOf = Annotated[str | None, typer.Option("--as-of", help="The day for which to answer; today if left out.", metavar="YYYY-MM-DD")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout and nothing else there.")]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="en, fr or ar; give it again for several. The brief's own language if left out.", metavar="TAG"),
]
AllLanguages = Annotated[
    list[str] | None, typer.Option("--language", help="en, fr or ar; give it again for several. All of them if left out.", metavar="TAG")
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file", help="A file with the recovery code; for a new record it is written, and must not lie beside the dossier.", metavar="FILE"
    ),
]
BriefFile = Annotated[Path, typer.Argument(help="The brief, a YAML file.", metavar="BRIEF")]


class BadInput(Exception):
    """Something the user gave cannot be used: one sentence."""


def remark(sentence: str) -> None:
    """Say on stderr what the user may not expect, and go on."""
    print(f"Note: {sentence}", file=sys.stderr)


def complain(sentence: str) -> None:
    """Say on stderr what is wrong."""
    print(f"tracktwo: {sentence}", file=sys.stderr)


def home() -> Path:
    """Where the user's own data live: TRACKTWO_HOME, else the platform's folder for application data."""
    return Path(os.environ.get("TRACKTWO_HOME") or typer.get_app_dir("tracktwo"))


def day_of(as_of: str | None) -> date:
    if as_of is None:
        return date.today()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise BadInput(f"--as-of should be a day of the calendar written YYYY-MM-DD, not '{as_of}'") from None


@contextmanager
def progress(title: str) -> Iterator[Any]:
    """A bar on stderr that moves with the steps; on a pipe it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[step]}"), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task(title[:40], total=len(STEPS), step="")

        def step(name: str) -> None:
            bar.update(task, completed=STEPS.index(name), step=name.replace("_", "-"))

        yield step
        bar.update(task, completed=len(STEPS), step="done")


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def print_table(table: Table) -> None:
    """Print a table as wide as the terminal, or on a pipe as wide as it needs to be."""
    console = out if out.is_terminal else Console(width=160, highlight=False)
    console.print(table)
