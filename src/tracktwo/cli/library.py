"""Verbs on past initiatives: search them, read one, find those like a brief."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from tracktwo.cli.inquiring import initiative_of
from tracktwo.cli.shared import AsJson, BadInput, BriefFile, home, out, print_json
from tracktwo.considerations.likeness import query_of
from tracktwo.dossier.language import Voice, voice
from tracktwo.library.cases import load_cases, load_methods, read_published
from tracktwo.library.search import search
from tracktwo.methods.retrieval import Likeness, rank_cases
from tracktwo.model.case import Case
from tracktwo.model.finding import Message
from tracktwo.sources.shelf import open_shelf

app = typer.Typer(help="Past initiatives: search them, read one, or find those like a brief.", rich_markup_mode=None)


def known_cases() -> tuple[Case, ...]:
    """The cases that ship, and those that were published at home. Raises CaseFileError."""
    return load_cases() + read_published(home() / "cases")


@app.command("search")
def library_search(
    words: Annotated[list[str], typer.Argument(help="Words to look for.", metavar="WORD…")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many cases to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Find past initiatives by words in anything that is recorded of them."""
    found = search(" ".join(words), known_cases(), limit)
    if as_json:
        print_json(
            {
                "format": "library-search/1",
                "cases": [{"id": c.id, "name": c.name, "score": round(score, 4), "words": list(matched)} for c, score, matched in found],
            }
        )
        return
    for item, _, matched in found:
        out.print(f"{item.id:<34} {item.start_year}  {item.name} [{', '.join(matched)}]", markup=False)
    if not found:
        out.print(f"No case holds any of: {' '.join(words)}.", markup=False)


@app.command("show")
def library_show(case_id: Annotated[str, typer.Argument(help="The id that search prints.", metavar="CASE")], as_json: AsJson = False) -> None:
    """Show one case: what happened, which of it was read in a source, and where."""
    cases = known_cases()
    item = next((known for known in cases if known.id == case_id), None)
    if item is None:
        near = ", ".join(found.id for found, _, _ in search(case_id.replace("-", " "), cases, 3))
        raise BadInput(f"there is no case '{case_id}'" + (f"; did you mean: {near}?" if near else ""))
    if as_json:
        print_json({"format": "case/1", **item.model_dump(mode="json")})
        return
    _show_case(item)


def _show_case(item: Case) -> None:
    methods = load_methods()
    out.print(f"{item.name} ({item.start_year}–{item.end_year or '…'})", markup=False)
    out.print(
        "Core facts read in sources." if item.verified else "A stub: no source seen." if item.is_stub else "Only partly read in sources.",
        markup=False,
    )
    lines: list[tuple[str, str, str]] = [
        ("conflict", "Conflict", item.conflict),
        ("parties", "Parties", "; ".join(item.parties)),
        ("convenors", "Convenors", "; ".join(item.convenors)),
        ("methods", "Methods", "; ".join(f"{name}: {methods[name]}" for name in item.methods)),
        ("phases", "Phases", "; ".join(item.phases)),
        ("outcome", "Outcome", voice().say(Message(code=f"term.outcome.{item.outcome}"))),
        ("transfer", "Transfer", "; ".join(f"{step.route}: {step.detail}" for step in item.transfer)),
        ("lessons", "Lessons", " ".join(item.lessons)),
    ]
    for field, label, text in lines:
        if text:
            out.print(f"{label}: {text}" + ("" if field in item.verified_fields else " (not read in a source)"), markup=False)
    for source in item.sources:
        out.print(
            f"Source: {', '.join(filter(None, (source.title, source.publisher, str(source.year or ''), '' if source.copy_ else source.url)))}",
            markup=False,
        )


@app.command("like")
def library_like(
    brief_file: BriefFile, limit: Annotated[int, typer.Option(min=1, max=50, help="How many cases to show.")] = 5, as_json: AsJson = False
) -> None:
    """Rank past initiatives by likeness to a brief, and say why each is like it and why not."""
    shelf = open_shelf(home(), date.today())
    initiative = initiative_of(brief_file, date.today())
    found = rank_cases(query_of(initiative, shelf), known_cases(), limit=limit, methods=load_methods())
    english = voice()
    if as_json:
        print_json({"format": "library-like/1", "cases": [_likeness(item, english) for item in found]})
        return
    for number, item in enumerate(found, 1):
        words = _likeness(item, english)
        out.print(f"{number}. {item.case.name} ({item.case.id}, {item.case.start_year})", markup=False)
        out.print(f"   like:   {'; '.join(words['like'])}", markup=False)
        out.print(f"   unlike: {'; '.join(words['unlike']) or 'nothing found'}", markup=False)


def _likeness(item: Likeness, english: Voice) -> dict[str, Any]:
    like, unlike = ([english.say(Message(code=r.code, params=dict(r.params))) for r in reasons] for reasons in (item.like, item.unlike))
    return {"id": item.case.id, "name": item.case.name, "verified": item.case.verified, "like": like, "unlike": unlike}
