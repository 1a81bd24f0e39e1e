"""The life of rooms against a small model: whoever comes, goes, writes, merges or erases, each reads what the model says and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tests import recording as r
from tests.recording import TODAY, Machine, word
from tracktwo.record.membership import rekey_what_is_due, remove, rotate
from tracktwo.record.merge import merge
from tracktwo.vault.identity import Identity

ROOMS = ("team", "plenary", "caucus:north")
BOXES = ("sealed", "ballots")


@dataclass(frozen=True)
class Line:
    """An entry as the model knows it."""

    text: str
    room: str
    writer: bytes
    about: str | None


@dataclass
class Model:
    """One laptop: who is in which room, who was let out, and what was written. Whoever is in a room reads all of it; nobody else reads anything."""

    inside: dict[str, frozenset[bytes]] = field(default_factory=lambda: dict.fromkeys((*ROOMS, *BOXES), frozenset()))
    gone: frozenset[bytes] = frozenset()
    lines: frozenset[Line] = frozenset()

    def let_in(self, member: bytes, rooms: tuple[str, ...]) -> None:
        self.inside = {room: members | ({member} if room in rooms else set()) for room, members in self.inside.items()}

    def let_out(self, member: bytes) -> None:
        self.inside = {room: members - {member} for room, members in self.inside.items()}
        self.gone |= {member}

    def met(self, other: Model) -> Model:
        gone = self.gone | other.gone
        inside = {room: (self.inside[room] | other.inside[room]) - gone for room in self.inside}
        return Model(inside, gone, self.lines | other.lines)

    def reads(self, member: bytes) -> set[str]:
        if member in self.gone or not any(member in members for members in self.inside.values()):
            return set()
        return {line.text for line in self.lines if member in self.inside[line.room] or (line.room in BOXES and line.writer == member)}

    def copy(self) -> Model:
        return replace(self)


class RoomLife(RuleBasedStateMachine):
    """Two laptops of one team."""

    checks = 0

    @initialize()
    def found(self) -> None:
        first = r.machine(rooms=ROOMS)
        self.laptops: list[Machine] = [first, r.another_laptop(first)]
        self.convenor = first.identity
        model = Model()
        model.let_in(self.convenor.member, (*ROOMS, *BOXES))
        self.models = [model, model.copy()]
        self.people: dict[bytes, Identity] = {self.convenor.member: self.convenor}
        self.count = 0

    def _copy(self, laptop: int, who: Identity) -> bytes:
        return hashlib.sha256(self.laptops[laptop].replica + who.member).digest()[:16]

    def _member(self, pick: int) -> Identity:
        return self.people[sorted(self.people)[pick % len(self.people)]]

    @rule(laptop=st.integers(0, 1), pick=st.integers(0, 20), room=st.sampled_from((*ROOMS, *BOXES)), about=st.sampled_from([None, "A-01", "B-02"]))
    def write(self, laptop: int, pick: int, room: str, about: str | None) -> None:
        who, model = self._member(pick), self.models[laptop]
        self.count += 1
        text = f"line {self.count}"
        may = who.member not in model.gone and (who.member in model.inside[room] or (room in BOXES and bool(self._rooms(model, who.member))))
        try:
            self.laptops[laptop].record(who, self._copy(laptop, who)).append([word(text, room, about=about)])
        except ValueError:
            assert not may, f"{room} refused a member"
        else:
            assert may, f"{room} took the words of somebody who is not in it"
            model.lines |= {Line(text, room, who.member, about)}

    @staticmethod
    def _rooms(model: Model, member: bytes) -> list[str]:
        return [room for room in ROOMS if member in model.inside[room]]

    @precondition(lambda self: len(self.people) < 7)
    @rule(laptop=st.integers(0, 1), side=st.sampled_from(["north", "south"]))
    def card(self, laptop: int, side: str) -> None:
        who = r.card(self.laptops[laptop].record(), side)
        self.people[who.member] = who
        self.models[laptop].let_in(who.member, ("plenary", "caucus:north") if side == "north" else ("plenary",))

    @precondition(lambda self: len(self.people) < 7)
    @rule(laptop=st.integers(0, 1))
    def invite_and_accept(self, laptop: int) -> None:
        who = r.colleague(self.laptops[laptop].record()).identity
        self.people[who.member] = who
        self.models[laptop].let_in(who.member, (*ROOMS, *BOXES))

    @rule(laptop=st.integers(0, 1), pick=st.integers(0, 20))
    def let_out(self, laptop: int, pick: int) -> None:
        who, model = self._member(pick), self.models[laptop]
        if who is self.convenor or not any(who.member in members for members in model.inside.values()):
            return
        remove(self.laptops[laptop].record(), who.member.hex(), TODAY)
        model.let_out(who.member)

    @rule(laptop=st.integers(0, 1), room=st.sampled_from((*ROOMS, *BOXES)))
    def rotate(self, laptop: int, room: str) -> None:
        rotate(self.laptops[laptop].record(), [room], TODAY)

    @rule()
    def meet(self) -> None:
        one, other = self.laptops
        mine, theirs = one.bundle(), other.bundle()
        merge(one.record(), theirs)
        merge(other.record(), mine)
        rekey_what_is_due(one.record(), TODAY)
        merge(other.record(), one.bundle())
        rekey_what_is_due(other.record(), TODAY)
        merge(one.record(), other.bundle())
        met = self.models[0].met(self.models[1])
        self.models = [met, met.copy()]
        assert one.record().head_words("plenary") == other.record().head_words("plenary")

    @rule(code=st.sampled_from(["A-01", "B-02"]))
    def erase(self, code: str) -> None:
        self.meet()
        if any(line.about == code for line in self.models[0].lines):
            r.erase_person(self.laptops[0].record(), self.laptops[0].keeper, code, TODAY)
            for model in self.models:
                model.lines = frozenset(line for line in model.lines if line.about != code)
            merge(self.laptops[1].record(), self.laptops[0].bundle())

    @rule(laptop=st.integers(0, 1))
    def restore_from_the_others_bundle(self, laptop: int) -> None:
        self.laptops[laptop] = r.another_laptop(self.laptops[1 - laptop])
        self.models[laptop] = self.models[1 - laptop].copy()

    @rule()
    def look(self) -> None:
        for laptop, model in zip(self.laptops, self.models, strict=True):
            for who in self.people.values():
                record = laptop.record(who, bytes(16))
                reading = record.read()
                assert {text for text in map(r._text, reading.entries) if text} == model.reads(who.member)
                if who.member not in model.gone and record.keyring.rooms:
                    assert reading.problems == (), reading.problems
                RoomLife.checks += 1

    def teardown(self) -> None:
        if hasattr(self, "people"):
            self.look()


def live(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        RoomLife,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=examples < 100,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_everybody_reads_what_the_model_says_whatever_happens_to_the_rooms() -> None:
    live(6, 15)


@pytest.mark.gate
def test_500_lives_of_50_steps_hold_to_the_model(figure: Callable[[str], None]) -> None:
    RoomLife.checks = 0
    live(500, 50)
    figure(f"500 lives of up to 50 steps, two laptops, up to seven people: {RoomLife.checks:,} readings compared with the model, 0 divergences")
