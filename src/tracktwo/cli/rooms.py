"""The verbs of who is in which room: members, invitations, cards, and rooms themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

import typer
from rich.table import Table as Printed

from tracktwo.cli.record import Which, member_named, names_in
from tracktwo.cli.shared import AsJson, BadInput, KeyFile, out, print_json, print_table
from tracktwo.cli.unlocking import opened
from tracktwo.record.mask import same
from tracktwo.record.membership import Admitted, invite, issue_card, open_room, remove
from tracktwo.record.record import Reading

INVITATION_HOURS = 72

Name = Annotated[str, typer.Option("--name", help="The name, which only the team's room keeps.", metavar="NAME")]
Rooms = Annotated[list[str] | None, typer.Option("--room", help="A room, again for several; those of the role if left out.", metavar="ROOM")]


def register(app: typer.Typer) -> None:
    """Add the verbs to those of the record."""
    for verb in (members, invite_member, card, remove_member, room):
        app.command({"invite_member": "invite", "remove_member": "remove"}.get(verb.__name__, verb.__name__))(verb)


def members(which: Which = None, key_file: KeyFile = None, as_json: AsJson = False) -> None:
    """List who holds keys, in which rooms and in which role, as far as your keys show it."""
    with opened(which, key_file) as found:
        reading = found.look()
        names = names_in(reading)
        rows: dict[str, dict[str, Any]] = {}
        for place in sorted(found.record.keyring.rooms.values(), key=lambda place: (place.box, place.name)):
            for reader in place.head.roster.readers:
                row = rows.setdefault(reader.member, {"member": reader.member, "role": reader.role, "side": reader.side, "rooms": []})
                row["rooms"].append(place.name)
    if as_json:
        print_json({"format": "members/1", "members": [{**row, "name": names.get(member)} for member, row in rows.items()]})
        return
    table = Printed("Member", "Name", "Role", "Side", "Rooms", box=None, pad_edge=False)
    for member, row in rows.items():
        table.add_row(member, names.get(member, "▮"), str(row["role"]), str(row["side"] or ""), ", ".join(row["rooms"]))
    print_table(table)


def invite_member(
    name: Name,
    which: Which = None,
    role: Annotated[Literal["convenor", "facilitator"], typer.Option("--role", help="What the person will be.")] = "facilitator",
    key_file: KeyFile = None,
) -> None:
    """Invite somebody into the team, with the keys of every room: words that work once, for 72 hours, with a bundle that is made after this."""
    with opened(which, key_file) as found:
        person = person_named(found.ready(), name)
        until = datetime.now(UTC) + timedelta(hours=INVITATION_HOURS)
        admitted = invite(found.record, name, role, date.today(), until, person=person)
        found.seen()
    _hand_over(name, admitted)
    out.print("Send a bundle ('tracktwo record export') by one way and these words by another; 'tracktwo record open BUNDLE' asks for them.")


def card(
    name: Name,
    which: Which = None,
    role: Annotated[
        Literal["participant", "evaluator", "interpreter", "logistics"], typer.Option("--role", help="What the person will be.")
    ] = "participant",
    side: Annotated[str | None, typer.Option("--side", help="The side whose caucus the person belongs to.", metavar="SIDE")] = None,
    room: Rooms = None,
    from_now: Annotated[bool, typer.Option("--from-now", help="Let the person read only what is written from now on.")] = False,
    key_file: KeyFile = None,
) -> None:
    """Let somebody in by a card: seven words that open the rooms of that person on this machine, until the card is voided by 'remove'."""
    with opened(which, key_file) as found:
        person = person_named(found.ready(), name)
        admitted = issue_card(found.record, name, role, side, date.today(), room or (), history=not from_now, person=person)
        found.seen()
    _hand_over(name, admitted)


def person_named(reading: Reading, name: str) -> str | None:
    """The code of the one person of that name in the record, so that to erase the person erases that he or she holds keys."""
    codes = [member.code for member in reading.initiative().members if same(member.person.name) == same(name)]
    return codes[0] if len(codes) == 1 else None


def _hand_over(name: str, admitted: Admitted) -> None:
    out.print(f"{name} is {admitted.member} here, in: {', '.join(sorted(admitted.rooms))}.", markup=False)
    out.print(f"Write these words down now; they are not shown again:\n  {admitted.words}", markup=False)


def remove_member(
    member: Annotated[str, typer.Option("--member", help="Whom, by name or pseudonym.", metavar="MEMBER")],
    which: Which = None,
    room: Annotated[list[str] | None, typer.Option("--room", help="Only from this room, again for several.", metavar="ROOM")] = None,
    key_file: KeyFile = None,
) -> None:
    """Let somebody out: new keys at once, so that nothing written from now on can be read with old ones. What was read stays read."""
    with opened(which, key_file) as found:
        reading = found.ready()
        names = remove(found.record, member_named(reading, found.record, member).hex(), date.today(), room or ())
        found.seen()
    out.print("New keys for: " + ", ".join(names) + ".", markup=False)


def room(
    name: Annotated[str, typer.Argument(help="The room: logistics, plenary, or caucus:SIDE.", metavar="ROOM")],
    which: Which = None,
    key_file: KeyFile = None,
) -> None:
    """Add a room with the stewards in it; others come by invitation or card."""
    if name not in ("logistics", "plenary") and not name.startswith("caucus:"):
        raise BadInput(f"a room is logistics, plenary or caucus:SIDE, not '{name}'")
    with opened(which, key_file) as found:
        found.ready()
        open_room(found.record, name, date.today())
        found.seen()
    out.print(f"The room '{name}' is open.", markup=False)
