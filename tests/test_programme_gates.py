"""Programmes in full size: sixty sessions proven best, a week with three observances, and no more people without a seat than the peer leaves."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import programme as protocol
from tracktwo.methods.programme.check import violations
from tracktwo.methods.programme.solve import plan_programme
from tracktwo.sources.schedule import read_schedule

pytestmark = pytest.mark.gate
Figure = Callable[[str], None]


@pytest.mark.alone
@pytest.mark.parametrize("seed", [1, 3])
def test_sixty_sessions_in_four_rooms_over_three_days_are_proven_best(seed: int, figure: Figure) -> None:
    spec = protocol.sixty(seed)
    began = time.perf_counter()
    plan = plan_programme(spec, seconds=60)
    took = time.perf_counter() - began
    levels = ", ".join(f"{level.what} {level.value} (bound {level.bound})" for level in plan.objective)
    figure(f"{plan.status} in {took:.1f} s on one thread; {levels}")
    assert plan.status == "optimal"
    assert violations(spec, plan) == ()
    assert took <= 10


@pytest.mark.alone
def test_a_week_for_sixteen_people_with_three_observances_is_planned(root: Path, figure: Figure) -> None:
    spec = read_schedule(root / "examples" / "programme" / "three-observances.yaml")
    began = time.perf_counter()
    plan = plan_programme(spec, seconds=60)
    took = time.perf_counter() - began
    figure(f"{len(spec.people)} people, {len(plan.items)} items over {len(spec.days)} days: {plan.status} in {took:.1f} s on one thread")
    assert plan.status == "optimal"
    assert violations(spec, plan) == ()
    assert took <= 5


@pytest.mark.parametrize("many", [protocol.SMALL, protocol.LARGE], ids=["20 events", "60 events"])
def test_nobody_stands_who_need_not(many: tuple[protocol.Conference, ...], figure: Figure) -> None:
    answers = [protocol.ours(asked) for asked in many]
    figure(
        f"{many[0].size}, by seed: {', '.join(str(answer.overflow) for answer in answers)} without a seat; proven {sum(a.proven for a in answers)}"
    )
    assert all(answer.proven and answer.broken == 0 for answer in answers)


def test_the_peer_leaves_no_fewer_without_a_seat(tmp_path: Path, figure: Figure, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
    python = protocol.interpreter_with_peer(tmp_path / "peer")
    monkeypatch.setenv("PYTHONPATH", str(root))
    shown = []
    for asked in (*protocol.SMALL[:2], *protocol.LARGE[:2]):
        own, other = protocol.ours(asked), protocol.peer(python, asked)
        assert other.overflow is not None
        assert own.overflow is not None
        assert own.overflow <= other.overflow
        shown.append(f"{own.overflow} and {other.overflow}")
    figure(f"ours and {protocol.PEER}, of 20, 20, 60 and 60 events: {'; '.join(shown)} without a seat")
