"""The main job: a brief becomes entries, the entries an initiative, the initiative six answers, and what may leave of them a dossier."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tracktwo import __version__
from tracktwo.considerations import assessment, evaluation, feasibility, follow_up, process, strategy
from tracktwo.considerations.changed import since
from tracktwo.considerations.inquiry import Basis, Earlier
from tracktwo.considerations.likeness import query_of
from tracktwo.considerations.unanswered import with_open_rows
from tracktwo.considerations.undrawn import with_undrawn, words_of
from tracktwo.dossier.language import Voice
from tracktwo.dossier.typefaces import missing, name_of, provenance
from tracktwo.dossier.write import write_dossier
from tracktwo.library.cases import load_cases, load_methods
from tracktwo.methods.arc import Round, plan_arc
from tracktwo.methods.retrieval import rank_cases
from tracktwo.model.brief import Brief
from tracktwo.model.exhibit import Section
from tracktwo.record.entries import Entry, entries_of
from tracktwo.record.gate import Released, recalled, release
from tracktwo.record.initiative import Initiative, replay
from tracktwo.record.inside import Inside
from tracktwo.sources.shelf import Shelf

Progress = Callable[[str], None]
"""Called with the code of each step as it begins: record, library, the six considerations, gate, dossier."""

SIMILAR = 5


@dataclass(frozen=True)
class Constituted:
    """An initiative with its six answers, still inside: nothing of it has passed the gate."""

    initiative: Initiative
    sections: tuple[Section, ...]
    basis: Basis


def constitute(
    brief: Brief,
    shelf: Shelf,
    *,
    as_of: date,
    earlier: Earlier | None = None,
    entries: Sequence[Entry] | None = None,
    progress: Progress = lambda step: None,
) -> Constituted:
    """Turn a brief into an initiative with its six considerations answered as of a day.

    Pure but for reading the shipped library and the shelf's tables: the same brief, shelf and day give the same result. `earlier` is an
    earlier dossier to compare with; `entries` are those of the brief where a record has already given people their codes.
    """
    progress("record")
    return considered(replay(entries or entries_of(brief, as_of)), shelf, as_of=as_of, earlier=earlier, progress=progress)


def considered(
    initiative: Initiative, shelf: Shelf, *, as_of: date, earlier: Earlier | None = None, progress: Progress = lambda step: None
) -> Constituted:
    """Let the six considerations answer, as of a day, for an initiative however it came to be what it is: from a brief, or by years of work."""
    progress("library")
    basis = look_around(initiative, shelf, as_of, earlier)
    arc = rounds_of(initiative)

    sections = []
    progress("assessment")
    sections.append(assessment.consider(initiative, basis))
    progress("feasibility")
    sections.append(feasibility.consider(initiative, basis, arc))
    progress("strategy")
    sections.append(strategy.consider(initiative, basis, arc))
    progress("process")
    sections.append(process.consider(initiative, basis, arc))
    progress("follow_up")
    sections.append(follow_up.consider(initiative, basis, arc))
    progress("evaluation")
    sections.append(evaluation.consider(initiative, basis, arc))

    answered = frozenset(row for section in sections for finding in section.findings for row in finding.rows)
    whole = tuple(with_open_rows(section, initiative, basis, answered) for section in sections)
    return Constituted(initiative, whole, basis)


def for_those_who_decide(initiative: Initiative, shelf: Shelf, voice: Voice, *, as_of: date, progress: Progress = lambda step: None) -> Inside:
    """Who may be listed, what the law says to whom, who can come where and what is kept of whom, as of a day."""
    progress("library")
    basis = look_around(initiative, shelf, as_of, None)
    progress("feasibility")
    section, cases = feasibility.with_cases(initiative, basis, rounds_of(initiative))
    progress("gate")
    return Inside(released=let_out(Constituted(initiative, (section,), basis), voice, names=True, inside=True), cases=cases)


def look_around(initiative: Initiative, shelf: Shelf, as_of: date, earlier: Earlier | None) -> Basis:
    """Gather what the considerations rest on beside the brief: outside data, past cases, and which of them are like this."""
    cases = load_cases()
    methods = load_methods()
    similar = rank_cases(query_of(initiative, shelf), cases, limit=SIMILAR, methods=methods)
    return Basis(shelf=shelf, cases=cases, methods=methods, similar=similar, as_of=as_of, earlier=earlier)


def rounds_of(initiative: Initiative) -> tuple[Round, ...]:
    """When the rounds are held; none where no start is wished."""
    wish = initiative.wish
    arc = plan_arc(wish.starts, wish.rounds, wish.months, wish.days) if wish.starts else ()
    if initiative.opening.challenge == "friendship":  # friends meet for the meeting's sake: no policy waits at the end of their rounds
        return tuple(replace(item, stage="socialising") for item in arc)
    return arc


def let_out(constituted: Constituted, voice: Voice, *, names: bool = False, inside: bool = False) -> Released:
    """Pass the gate: codes instead of names by default. An earlier dossier is compared with what left then, so only here.

    With names, whoever was not asked about it is still a code; not so `inside` the team's own room.

    An earlier dossier that names people is compared with one that does too, and one of codes with one of codes; any other is left aside.
    """
    basis = constituted.basis
    released = release(
        constituted.initiative,
        constituted.sections,
        basis.shelf.states,
        as_of=basis.as_of,
        software=f"tracktwo {__version__}",
        names=names,
        inside=inside,
    )
    if basis.earlier is not None and basis.earlier.names_people == names:
        then = replace(
            basis.earlier, statements=recalled(constituted.initiative, basis.earlier.statements, as_of=basis.as_of, names=names, inside=inside)
        )
        released = since(then, released, voice.calling(released.names).say)
    undrawn = tuple(map(name_of, missing(words_of(released))))
    return with_undrawn(released, undrawn, provenance().evidence())


def dossier(constituted: Constituted, folder: Path, voice: Voice, *, names: bool = False, replacing: bool = False) -> tuple[Path, ...]:
    """Write the dossier into a folder and return its files. Raises what `write_dossier` raises; then nothing is written."""
    released = let_out(constituted, voice, names=names)
    return write_dossier(released, folder, voice.calling(released.names), replace=replacing)


def read_earlier(path: Path) -> Earlier:
    """Read an earlier `dossier.json` to compare with. Raises ValueError with one sentence."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["format"] != "dossier/1":
            raise ValueError
        statements: dict[str, dict[str, str]] = {}
        for finding in data["findings"]:
            row, key, statement = finding["rows"][0], finding["id"], finding["statement"]
            if not all(isinstance(words, str) for words in (row, key, statement)):
                raise ValueError
            statements.setdefault(row, {})[key] = statement
        codes = {finding["id"]: str(finding["code"]) for finding in data["findings"]}
        if not isinstance(data["names_people"], bool):
            raise ValueError
        as_of, language = date.fromisoformat(data["as_of"]), str(data["language"])
        return Earlier(as_of=as_of, language=language, names_people=data["names_people"], statements=statements, codes=codes)
    except OSError as error:
        raise ValueError(f"the earlier dossier {path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path} is no dossier.json of tracktwo (format dossier/1)") from error
