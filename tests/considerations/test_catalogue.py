"""Findings and catalogues fit: every code has its sentence, every sentence its code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.making import BRIEFS, ROOT, constituted
from tracktwo.constitute import let_out
from tracktwo.dossier.language import LOCALES, entries, voice

SOURCE = ROOT / "src" / "tracktwo"
OWN = ("assessment", "feasibility", "strategy", "process", "culture", "follow_up", "evaluation", "common")


def _code_text() -> str:
    rooms = [*(SOURCE / "considerations").glob("*.py"), *(SOURCE / "methods").rglob("*.py"), SOURCE / "record" / "gate.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in rooms)


def test_every_sentence_of_the_considerations_is_used_somewhere() -> None:
    text = _code_text()
    literal = set(re.findall(r'"([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)"', text))
    heads = set(re.findall(r'f"([a-z_-]+\.(?:[a-z-]+-)?)\{', text))
    tables = {f"term.{name}." for name in re.findall(r'term\(\s*"([a-z-]+)"', text)} | {"term.observance.", "term.list.", "column."}
    tables |= {f"term.{head}" for head in heads}
    unused = [
        code
        for code, entry in entries("en").items()
        if Path(entry.file).stem in OWN and code not in literal and not code.startswith((*heads, *tables)) and not _table_of(code, text)
    ]
    assert unused == []


def _table_of(code: str, text: str) -> bool:
    """True for a code that is put together from two words in the code, such as entry.people and -candidate."""
    return code.rsplit("-", 1)[0] in text or any(part in text for part in (f'"{code.removeprefix("term.")}"',))


@pytest.mark.parametrize("path", BRIEFS, ids=[path.stem for path in BRIEFS])
@pytest.mark.parametrize("names", [False, True], ids=["codes", "names"])
def test_everything_that_a_brief_brings_up_can_be_said(path: Path, names: bool) -> None:
    speaker = voice()
    for section in let_out(constituted(path), speaker, names=names).sections:
        for finding in section.findings:
            assert speaker.say(finding.message)
            for param in (*finding.ask, *filter(None, (finding.next_step, finding.decision))):
                assert speaker.word(param)


def test_the_catalogues_stand_where_they_are_read() -> None:
    assert {path.stem for path in (LOCALES / "en" / "LC_MESSAGES").glob("*.po")} >= set(OWN)
