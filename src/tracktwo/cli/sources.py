"""Verbs on outside data: list what is at hand, add a download."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from tracktwo.cli.shared import AsJson, AsOf, BadInput, day_of, home, out, print_json, print_table
from tracktwo.model.world import SourceState
from tracktwo.sources.home import add_source
from tracktwo.sources.lists.kept import KeptList, newest
from tracktwo.sources.shelf import open_shelf

app = typer.Typer(help="The outside data that a dossier rests on, and your own downloads.", rich_markup_mode=None)


Downloaded = Annotated[
    str | None, typer.Option("--as-of", help="The day of the download, for files that tell no date; today if left out.", metavar="YYYY-MM-DD")
]


@app.command("list")
def sources_list(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """List the outside data at hand: publisher, version, the day they speak for, and whether they are ready, old, absent or unreadable."""
    shelf = open_shelf(home(), day_of(as_of))
    earlier = [one for one in shelf.lists if one not in newest(shelf.lists)]
    states = (*shelf.states, *(_earlier(one) for one in earlier))
    if as_json:
        print_json({"format": "sources/1", "home": str(home()), "sources": [_state(state) for state in states]})
        return
    table = Table("Source", "State", "As of", "Version", "Publisher", "From", box=None, pad_edge=False)
    for state in states:
        p = state.provenance
        origin = "" if p is None else "your download" if p.own_download else "shipped"
        table.add_row(state.name, state.state, str(p.as_of) if p else "", p.version if p else "", p.publisher if p else "", origin)
    print_table(table)
    for state in states:
        if state.reason:
            out.print(f"{state.name}: {state.reason}", markup=False)


@app.command("add")
def sources_add(
    path: Annotated[Path, typer.Argument(help="A file that you downloaded from its publisher.", metavar="FILE")],
    as_of: Downloaded = None,
    as_json: AsJson = False,
) -> None:
    """Keep a download of your own: it is recognised by its content and stored with publisher and date under TRACKTWO_HOME."""
    day = day_of(as_of)
    try:
        state = add_source(path, home(), as_of=day)
    except OSError as error:
        raise BadInput(f"{home()} cannot be written ({error.strerror or error}); set TRACKTWO_HOME to a folder that can") from error
    if as_json:
        print_json({"format": "source/1", **_state(state)})
        return
    p = state.provenance
    if p is not None:
        out.print(
            f"{path.name} is {p.dataset} of {p.publisher}, version {p.version}, as of {p.as_of}: {state.rows or 0:,} rows, stored under {home()}.",
            markup=False,
        )
    if state.reason:
        out.print(f"Note: {state.reason}.", markup=False)


def _earlier(kept: KeptList) -> SourceState:
    """The state of a snapshot of a list that a newer one has followed."""
    reason = "a newer snapshot is there; this one is kept so that changes show"
    return SourceState(f"lists/{kept.key}@{kept.as_of}", "old", kept.source.table.provenance, reason, kept.entries)


def _state(state: Any) -> dict[str, Any]:
    p = state.provenance
    about = (
        {
            "publisher": p.publisher,
            "dataset": p.dataset,
            "version": p.version,
            "as_of": p.as_of.isoformat(),
            "licence": p.licence,
            "own_download": p.own_download,
        }
        if p
        else None
    )
    return {"name": state.name, "state": state.state, "reason": state.reason, "rows": state.rows, "provenance": about}
