"""No row of a dossier is ever silent."""

from __future__ import annotations

from tests.making import bare, findings
from tracktwo.considerations.unanswered import with_open_rows
from tracktwo.dossier.language import voice


def test_a_row_that_nothing_answers_is_said_to_be_open() -> None:
    done = bare("Mali")
    section = done.sections[0].model_copy(update={"findings": tuple(f for f in done.sections[0].findings if "A8" not in f.rows)})
    answered = frozenset(row for finding in section.findings for row in finding.rows) | {"A11"}
    filled = with_open_rows(section, done.initiative, done.basis, answered)
    added = filled.findings[len(section.findings) :]
    assert [(finding.code, finding.rows, finding.kind) for finding in added] == [("row.open", ("A8",), "unknown")]
    assert "digital" in voice().say(added[0].message).casefold() or "media" in voice().say(added[0].message).casefold()


def test_an_answered_section_stays_as_it_is() -> None:
    done = bare("Mali")
    answered = frozenset(row for finding in findings(done) for row in finding.rows)
    assert with_open_rows(done.sections[2], done.initiative, done.basis, answered) is done.sections[2]
