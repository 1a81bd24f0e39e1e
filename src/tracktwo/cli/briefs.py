"""Verbs on briefs: write one to fill in, check one, print the schema."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from tracktwo.cli.shared import AsJson, BadInput, BriefFile, complain, out, print_json
from tracktwo.dossier.language import voice
from tracktwo.library import guide
from tracktwo.model.brief import Brief
from tracktwo.model.finding import Message
from tracktwo.sources.brief import BriefError, read_brief
from tracktwo.sources.countries import load_countries

app = typer.Typer(help="Write and check a brief.", rich_markup_mode=None)


@app.command("new")
def brief_new(
    path: Annotated[Path, typer.Argument(help="Where to write it.", metavar="FILE")] = Path("brief.yaml"),
    example: Annotated[str | None, typer.Option("--example", help="Start from an example brief instead of an empty one.", metavar="NAME")] = None,
) -> None:
    """Write a brief to fill in, with a comment at each field."""
    examples = guide.examples()
    if example is not None and example not in examples:
        raise BadInput(f"there is no example '{example}'; examples are: {', '.join(examples)}")
    try:
        with open(path, "x", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(examples[example] if example else guide.template())
    except FileExistsError:
        raise BadInput(f"{path} exists already; give another name") from None
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror}") from error
    out.print(f"Wrote {path}. Fill it in, then: tracktwo brief check {path}", markup=False)


@app.command("check")
def brief_check(path: BriefFile, as_json: AsJson = False) -> None:
    """Read a brief and say, in plain words, what is wrong with it and which questions its empty fields leave open."""
    try:
        brief = read_brief(path, load_countries().resolve)
    except BriefError as error:
        if as_json:
            print_json({"format": "brief-check/1", "readable": False, "problems": list(error.problems)})
            raise typer.Exit(2) from error
        for problem in error.problems[:-1]:
            complain(problem)
        raise BriefError([error.problems[-1]]) from error
    empty = guide.empty_fields(brief)
    if as_json:
        print_json({"format": "brief-check/1", "readable": True, "problems": [], "empty": {field: list(guide.ANSWERS[field]) for field in empty}})
        return
    out.print(f"{path.name} reads well: {_size(brief)}.", markup=False)
    english = voice()
    if empty:
        out.print("Empty fields, and the questions that they leave open:", markup=False)
    for field in empty:
        rows = guide.ANSWERS[field]
        out.print(
            f"  {field:<15} {rows[0]}: {english.say(Message(code=f'row.{rows[0]}'))}" + (f" (also {', '.join(rows[1:])})" if rows[1:] else ""),
            markup=False,
        )


@app.command("schema")
def brief_schema() -> None:
    """Print the JSON Schema of a brief."""
    print(json.dumps(Brief.model_json_schema(by_alias=True), indent=2, ensure_ascii=False))


def _size(brief: Brief) -> str:
    counts = [
        ("party", "parties", len(brief.parties)),
        ("issue", "issues", len(brief.issues)),
        ("person invited", "people invited", len(brief.invited)),
    ]
    return ", ".join(f"{count} {one if count == 1 else many}" for one, many, count in counts)
