"""The verbs of cases: who may stand on which list, and what was decided on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, get_args

import typer
from pydantic import ValidationError

from tracktwo.cli.record import Which
from tracktwo.cli.shared import AsJson, BadInput, KeyFile, home, out, print_json
from tracktwo.cli.unlocking import opened
from tracktwo.constitute import for_those_who_decide
from tracktwo.dossier.language import Voice, voice
from tracktwo.model.finding import Term
from tracktwo.record.initiative import Initiative
from tracktwo.record.inside import Case, rested_on
from tracktwo.record.screening import Consequence, Outcome, ScreeningDecided, Verdict
from tracktwo.sources.reasons import reason as why_not
from tracktwo.sources.shelf import open_shelf

_DIGITS = 8


def register(app: typer.Typer) -> None:
    """Add the verbs to those of the record."""
    for verb in (cases, decide):
        app.command()(verb)


def cases(
    which: Which = None,
    everything: Annotated[bool, typer.Option("--all", help="Show decided cases too.")] = False,
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """Show who of an initiative may stand on a list that you added, with what speaks for and against it. Nobody is ever called clear."""
    with opened(which, key_file) as found:
        initiative = found.ready().initiative()
    shown = [case for case in _cases(initiative) if everything or case.open]
    if as_json:
        print_json({"format": "cases/1", "cases": [{"case": case.id[:_DIGITS], **case.model_dump(mode="json")} for case in shown]})
        return
    english = voice()
    if not shown:
        out.print("No case is open. That says nothing of lists that are not here, and nothing of other days.", markup=False)
    for case in shown:
        for line in _lines(case, english):
            out.print(line, markup=False)


def decide(
    case: Annotated[str, typer.Argument(help="The case, by the digits that 'tracktwo record cases' shows.", metavar="CASE")],
    outcome: Annotated[str, typer.Option("--outcome", help="'somebody else', 'the same' or 'cannot tell'.", metavar="WHAT")],
    reason: Annotated[str, typer.Option("--reason", help="On what it rests.", metavar="TEXT")],
    by: Annotated[list[str], typer.Option("--by", help="Who decides, by name; two people for an exclusion, the option given twice.", metavar="NAME")],
    consequence: Annotated[
        str,
        typer.Option(
            "--consequence", help="What follows: none, 'seek advice', 'apply for a licence', 'change role or venue', exclude.", metavar="WHAT"
        ),
    ] = "none",
    asked: Annotated[
        str, typer.Option("--asked", help="Whether the person was asked: asked, 'not asked yet', 'could not be asked'.", metavar="WHAT")
    ] = "not asked yet",
    asked_note: Annotated[str | None, typer.Option("--asked-note", help="What the person said, or why nobody could ask.", metavar="TEXT")] = None,
    which: Which = None,
    key_file: KeyFile = None,
) -> None:
    """Decide a case. It is never changed, only followed by another decision; a list that says something else opens it again."""
    with opened(which, key_file) as found:
        all_cases = _cases(found.ready().initiative())
        chosen = next((one for one in all_cases if one.id[:_DIGITS] == case), None)
        if chosen is None:
            known = ", ".join(one.id[:_DIGITS] for one in all_cases) or "there is none"
            raise BadInput(f"'{case}' is no case of this initiative; cases are: {known}")
        entry = verdict(
            chosen, outcome=outcome, consequence=consequence, reason=reason, asked=asked, asked_note=asked_note, signed_by=by, on=date.today()
        )
        found.record.append([entry])
        found.seen()
    out.print(f"Decided: {chosen.person} and entry {chosen.entry} of {chosen.list_key}: {outcome}; {consequence}.", markup=False)


def verdict(
    case: Case,
    *,
    outcome: str,
    consequence: str,
    reason: str,
    asked: str,
    asked_note: str | None,
    signed_by: Iterable[str],
    on: date,
) -> ScreeningDecided:
    """A decision on a case, with everything that it rested on. Raises BadInput."""
    for option, value, known in (("--outcome", outcome, get_args(Outcome)), ("--consequence", consequence, get_args(Consequence))):
        if value not in known:
            raise BadInput(f"{option} should be one of {', '.join(known)}, not '{value}'")
    try:
        body = Verdict.model_validate(
            {
                **rested_on(case, voice().say), "outcome": outcome, "consequence": consequence, "reason": reason, "asked": asked,
                "asked_note": asked_note, "signed_by": tuple(signed_by),
            }
        )  # fmt: skip
    except ValidationError as error:
        first = error.errors()[0]
        named = {"asked": "--asked", "asked_note": "--asked-note", "signed_by": "--by", "reason": "--reason"}
        field = named.get(str(first["loc"][0]) if first["loc"] else "", "the decision")
        raise BadInput(f"{field} {why_not(first)}") from error
    return ScreeningDecided(on=on, lamport=0, about=case.person, body=body)


def _cases(initiative: Initiative) -> tuple[Case, ...]:
    day = date.today()
    return for_those_who_decide(initiative, open_shelf(home(), day), voice(), as_of=day).cases


def _lines(case: Case, english: Voice) -> Iterable[str]:
    yield f"{case.id[:_DIGITS]}  {case.person}: {_word(english, 'band', case.band)} ({case.score:.2f})"
    yield f"    {case.met} = {case.name}, entry {case.entry} of {case.list_name}, {case.list_as_of or 'of an unknown day'}"
    aligned = ", ".join(f"{sought or '–'} = {listed or '–'} ({by})" for sought, listed, by in case.alignment)
    yield f"    Word by word: {aligned or 'nothing'}"
    for label, clues in (("For", case.speaks_for), ("Against", case.speaks_against)):
        yield f"    {label}: {'; '.join(map(english.say, clues)) or 'nothing'}"
    for effect in case.effects:
        yield f"    {effect.regime}: {', '.join(effect.measures)} ({effect.legal_basis}, as of {effect.as_of})"
    if case.verdict is None:
        yield "    Not decided."
    else:
        names = " and ".join(case.verdict.signed_by)
        again = f" Open again: {_word(english, 'reopened', case.reopened)}." if case.reopened else ""
        yield f"    Decided by {names}: {case.verdict.outcome}; {case.verdict.consequence}. {case.verdict.reason}{again}"


def _word(english: Voice, table: str, value: str) -> str:
    return english.word(Term(term=f"{table}.{value.replace(' ', '-')}"))
