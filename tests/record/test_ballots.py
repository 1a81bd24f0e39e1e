"""Votes: sealed and without a name, changed by whoever cast them, and opened by nobody but the engine that will count them behind its gate."""

from __future__ import annotations

import ast
import os
import sqlite3
from pathlib import Path

import pytest

from tests import recording as r
from tests.storing import Database
from tracktwo.record.backup import back_up, restore
from tracktwo.record.ballot_file import NAME, from_file, to_file
from tracktwo.record.ballots import VOTES, Cast, Caster, Outdated, close, open_ballots
from tracktwo.record.bundle import NotABundle
from tracktwo.record.dialects import StoreError
from tracktwo.record.home import Home
from tracktwo.record.membership import found, remove, rotate
from tracktwo.record.record import MustBeRekeyed, NoSuchRoom, Record
from tracktwo.record.statements import Statement, StatementMade
from tracktwo.vault.ballots import SEALED
from tracktwo.vault.identity import Identity


def statement(team: r.Machine, text: str = "The bridge should open", room: str = "plenary", number: int = 1) -> str:
    """A statement that somebody can vote on; its id."""
    entry = StatementMade(room=room, on=r.TODAY, lamport=0, body=Statement(text=text, language="en", number=number))
    return team.record().append([entry])[0]


def caster(team: r.Machine, identity: Identity | None = None) -> Caster:
    return Caster.of(team.record(identity))


@pytest.fixture
def team() -> r.Machine:
    return r.machine()


def test_a_vote_is_read_again_by_whoever_cast_it_and_opened_by_a_steward(team: r.Machine) -> None:
    one, other = statement(team), statement(team, "The market should open", number=2)
    north = r.card(team.record(), "north")
    mine = caster(team, north)
    mine.cast(team.store, one, "plenary", "agree")
    mine.cast(team.store, other, "plenary", "pass")
    assert mine.own(team.store) == {one: "agree", other: "pass"}
    opened = open_ballots(team.record(), {one: "plenary", other: "plenary"})
    assert set(opened.votes) == {Cast(mine.pseudonym, one, "north", "agree"), Cast(mine.pseudonym, other, "north", "pass")}
    assert (opened.refused, opened.pseudonyms) == (0, {mine.pseudonym})


def test_a_vote_that_is_cast_again_or_changed_stands_once(team: r.Machine) -> None:
    one = statement(team)
    mine = caster(team, r.card(team.record()))
    for vote in ("agree", "agree", "disagree", "disagree"):
        mine.cast(team.store, one, "plenary", vote)
    assert mine.own(team.store) == {one: "disagree"}
    assert [vote.vote for vote in open_ballots(team.record(), {one: "plenary"}).votes] == ["disagree"]


def test_nobody_but_the_voter_and_the_stewards_can_open_a_vote(team: r.Machine) -> None:
    one = statement(team)
    north, south = r.card(team.record(), "north"), r.card(team.record(), "south")
    mine = caster(team, north)
    mine.cast(team.store, one, "plenary", "agree")
    assert mine.own(team.store) == {one: "agree"}  # the control
    assert caster(team, south).own(team.store) == {}
    with pytest.raises(NoSuchRoom):
        open_ballots(team.record(south), {one: "plenary"})


def test_what_is_stored_of_six_votes_has_one_size_and_shows_neither_vote_nor_side_nor_member(tmp_path: Path) -> None:
    database = Database("SQLite", str(tmp_path / "record.sqlite"))
    with database.store() as store:
        team = r.machine(store)
        numbered = [statement(team, number=number) for number in range(1, 4)]
        members = [r.card(team.record(), side) for side in ("north", "south")]
        for member in members:
            for one, vote in zip(numbered, VOTES, strict=True):
                caster(team, member).cast(store, one, "plenary", vote)
        rows = store.ballots(team.initiative)
        close(store, team.initiative)
        assert sorted(store.ballots(team.initiative)) == sorted(rows)
    assert {len(sealed) for _, _, sealed in rows} == {SEALED}
    assert len({pseudonym for pseudonym, _, _ in rows}) == 2
    there = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert rows[0][2] in there  # the control: that is where votes lie
    for word in (b"agree", b"disagree", b"pass", b"north", *(member.member for member in members)):
        assert not any(word in sealed for _, _, sealed in rows)
    assert b"disagree" not in there


def test_the_same_person_has_another_pseudonym_in_another_initiative() -> None:
    here, there = r.machine(), r.machine()
    member = r.card(here.record())
    assert member.ballot_pseudonym(here.initiative) != member.ballot_pseudonym(there.initiative)


def test_votes_from_paper_stand_under_their_paper_and_are_put_right_by_typing_it_again(team: r.Machine) -> None:
    one = statement(team)
    steward = caster(team)
    for paper, vote in (("p1", "agree"), ("p2", "agree"), ("p2", "disagree")):
        steward.for_paper(paper, "south").cast(team.store, one, "plenary", vote)
    opened = open_ballots(team.record(), {one: "plenary"})
    assert sorted((vote.side, vote.vote) for vote in opened.votes) == [("south", "agree"), ("south", "disagree")]
    assert steward.own(team.store) == {}
    assert steward.for_paper("p2").own(team.store) == {one: "disagree"}


@pytest.mark.parametrize("column", ["sealed", "pseudonym", "statement"])
def test_a_ballot_that_somebody_changed_or_moved_in_the_database_is_refused(tmp_path: Path, column: str) -> None:
    database = Database("SQLite", str(tmp_path / "record.sqlite"))
    with database.store() as store:
        team = r.machine(store)
        one, other = statement(team), statement(team, number=2)
        caster(team, r.card(team.record())).cast(store, one, "plenary", "agree")
        places = {one: "plenary", other: "plenary"}
        assert len(open_ballots(team.record(), places).votes) == 1
        value = {"sealed": store.ballots(team.initiative)[0][2][:-200] + bytes(200), "pseudonym": b"p" * 16, "statement": bytes.fromhex(other)}
        with sqlite3.connect(database.address) as raw:
            raw.execute(f"UPDATE tracktwo_ballots SET {column} = ?", (value[column],))
        opened = open_ballots(team.record(), places)
    assert (opened.votes, opened.refused) == ((), 1)


def test_a_ballot_that_nobody_of_the_room_vouched_for_is_refused(team: r.Machine) -> None:
    north, south = statement(team, room="caucus:north"), statement(team, room="plenary")
    outside = caster(team, r.card(team.record(), "south"))
    with pytest.raises(NoSuchRoom):
        outside.cast(team.store, north, "caucus:north", "agree")
    outside.cast(team.store, north, "plenary", "agree")  # as if it had been forced past the check, under the only key at hand
    outside.cast(team.store, south, "plenary", "agree")
    opened = open_ballots(team.record(), {north: "caucus:north", south: "plenary"})
    assert ([vote.statement for vote in opened.votes], opened.refused) == ([south], 1)


def test_votes_of_before_a_room_had_a_new_key_count_and_are_still_read_by_the_voter(team: r.Machine) -> None:
    one = statement(team)
    member = r.card(team.record())
    before = caster(team, member)
    before.cast(team.store, one, "plenary", "agree")
    rotate(team.record(), ["plenary", "ballots"], r.TODAY)
    with pytest.raises(Outdated):
        before.cast(team.store, one, "plenary", "pass")
    again = caster(team, member)
    assert again.own(team.store) == {one: "agree"}
    assert len(open_ballots(team.record(), {one: "plenary"}).votes) == 1
    again.cast(team.store, one, "plenary", "pass")
    assert [vote.vote for vote in open_ballots(team.record(), {one: "plenary"}).votes] == ["pass"]


def test_a_steward_who_was_let_out_opens_no_vote_that_was_cast_later(team: r.Machine) -> None:
    one = statement(team)
    gone = r.colleague(team.record())
    member = r.card(team.record())
    caster(team, member).cast(team.store, one, "plenary", "agree")
    gone.reload()
    assert len(open_ballots(gone, {one: "plenary"}).votes) == 1  # the control
    remove(team.record(), gone.me, r.TODAY)
    caster(team, member).cast(team.store, one, "plenary", "disagree")
    assert open_ballots(gone, {one: "plenary"}).votes == ()  # with all the keys that he ever held
    assert len(open_ballots(team.record(), {one: "plenary"}).votes) == 1


def test_nobody_votes_while_a_room_waits_for_a_new_key(team: r.Machine) -> None:
    one = statement(team)
    mine = caster(team, r.card(team.record()))
    team.store.mark(team.initiative, team.record().room("plenary").id, stale=True)
    with pytest.raises(MustBeRekeyed, match="new key"):
        mine.cast(team.store, one, "plenary", "agree")
    assert mine.own(team.store) == {}


def test_a_word_that_is_no_vote_is_refused_by_a_sentence(team: r.Machine) -> None:
    one = statement(team)
    with pytest.raises(ValueError, match=r"^a vote is agree, disagree or pass$"):
        caster(team).cast(team.store, one, "plenary", "perhaps")  # type: ignore[arg-type]


def test_votes_are_kept_by_both_databases(database: Database) -> None:
    with database.store() as store:
        team = r.machine(store)
        one = statement(team)
        mine = caster(team, r.card(team.record()))
        mine.cast(store, one, "plenary", "agree")
        mine.cast(store, one, "plenary", "disagree")
        try:
            close(store, team.initiative)
        except StoreError:
            pytest.fail("nobody else has the database open")
        assert mine.own(store) == {one: "disagree"}


def test_no_part_of_the_program_opens_ballots_before_there_is_a_privacy_gate(root: Path) -> None:
    for path in sorted((root / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            used = node.attr if isinstance(node, ast.Attribute) else ""
            assert "open_ballots" not in named | {used}, f"{path} opens ballots"


def test_votes_come_back_with_a_backup_and_the_last_one_counts(tmp_path: Path) -> None:
    home, elsewhere, folder = Home(tmp_path / "home"), Home(tmp_path / "elsewhere"), tmp_path / "backup"
    with home.open() as store:
        record = found(store, home.secret.read(), os.urandom(16), ("team", "plenary"), name="Convenor", on=r.TODAY)
        one = record.append([StatementMade(on=r.TODAY, lamport=0, body=Statement(text="The bridge", language="en", number=1))])[0]
        back_up(store, folder, r.TODAY)
        assert not list(folder.rglob(NAME))  # there was no vote
        for vote in ("agree", "disagree"):
            Caster.of(record).cast(store, one, "plenary", vote)
            back_up(store, folder, r.TODAY)
        identity, initiative = record.identity, record.initiative
    elsewhere.secret.write(home.secret.read())
    with elsewhere.open() as store:
        restore(elsewhere, store, folder)
        again = Caster.of(Record(store, elsewhere.secret.read(), identity, initiative, os.urandom(16)))
        assert again.own(store) == {one: "disagree"}
        assert len(store.ballots(initiative)) == 1


BALLOTS = ((b"p" * 16, b"s" * 16, b"sealed"), (b"q" * 16, b"s" * 16, b"other"))


def test_a_file_of_votes_tells_no_order() -> None:
    assert to_file(b"i" * 16, BALLOTS) == to_file(b"i" * 16, BALLOTS[::-1])
    assert from_file(to_file(b"i" * 16, BALLOTS), b"i" * 16) == BALLOTS


@pytest.mark.parametrize("at", [0, 30, 60, -1])
def test_a_file_of_votes_that_was_changed_is_refused_by_a_sentence(at: int) -> None:
    whole = bytearray(to_file(b"i" * 16, BALLOTS))
    whole[at] ^= 1
    for broken in (bytes(whole), bytes(whole)[:-1], b""):
        with pytest.raises(NotABundle, match="damaged"):
            from_file(broken, b"i" * 16)


def test_votes_of_another_record_are_refused() -> None:
    with pytest.raises(NotABundle, match="another record"):
        from_file(to_file(b"j" * 16, BALLOTS), b"i" * 16)
