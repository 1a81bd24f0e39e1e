"""Laws that hold for any brief: pieces of the repository's briefs, dropped at random, are always answered in full."""

from __future__ import annotations

import re
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from tests.making import BRIEFS, TODAY, as_json, brief, findings, shelf
from tracktwo.constitute import Constituted, constitute, let_out
from tracktwo.dossier.document import dossier_json
from tracktwo.dossier.language import voice
from tracktwo.model.rows import ALL_ROWS
from tracktwo.sources.brief import BriefError

KEPT = set(
    "title parties name who what id side from to city place amount currency date kind tag if then by of scope tradition question rate as_of donor"
    " process about form forms statement decision".split()
)
"""Keys that a noun cannot do without, or on which others rest; everything else may be missing."""


def _raw(path: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    loaded.pop("roster", None)
    return loaded


def _thinned(draw: st.DrawFn, value: Any, key: str | None = None) -> Any:
    """The value with some of its members and optional fields left out; sides stay, for others name them."""
    if isinstance(value, dict):
        return {k: _thinned(draw, v, k) for k, v in value.items() if k in KEPT or draw(st.integers(0, 9)) > 1}
    if isinstance(value, list) and key not in ("sides", "rates", "links"):
        kept = [item for item in value if draw(st.integers(0, 9)) > 2] or value[:1]
        return [_thinned(draw, item) for item in kept[:8]]
    return value


@st.composite
def thinned_briefs(draw: st.DrawFn) -> str:
    """A valid brief as YAML text: one of the repository's, with fields of the whole and of its parts left out."""
    raw = _raw(draw(st.sampled_from(BRIEFS)))
    fields = {key: value for key, value in raw.items() if key in KEPT or key == "sides" or draw(st.booleans())}
    return yaml.safe_dump(_thinned(draw, fields), allow_unicode=True, sort_keys=False)


def _constituted(text: str) -> Constituted:
    try:
        read = brief(text)
    except BriefError:
        assume(False)
    return constitute(read, shelf(), as_of=TODAY)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a brief is long, and to shrink it takes longer than to read it
    suppress_health_check=list(HealthCheck),
)
@given(text=thinned_briefs())
def test_any_piece_of_a_brief_is_answered_in_full(text: str) -> None:
    done = _constituted(text)
    found = findings(done)
    assert {row for finding in found for row in finding.rows} == set(ALL_ROWS)
    assert [f.rows for f in found if f.code == "row.open"] == []
    assert [f.code for f in found if f.kind == "unknown" and not (f.ask and f.decision)] == []
    assert [f.code for f in found if f.kind in ("known", "conflicting") and not f.evidence] == []
    for names in (False, True):
        data = as_json(done, names=names)
        ids: dict[str, str] = {}
        for finding in data["findings"]:
            assert not re.search(r"\bNone\b(?! of| declared| in land)|\{|\}", finding["statement"]), finding["statement"]
            assert ids.setdefault(finding["id"], finding["statement"]) == finding["statement"]
    assert dossier_json(let_out(done, voice()), voice()) == dossier_json(let_out(_constituted(text), voice()), voice())
