"""The verbs of a record: begin it, open it, read it, check it, carry it to another laptop, back it up, destroy what has to go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table as Printed

from tracktwo.cli.sealing import credential, new_slots, own_credential, prepare
from tracktwo.cli.shared import AsJson, BadInput, BriefFile, KeyFile, out, print_json, print_table, remark
from tracktwo.cli.unlocking import Opened, given_passphrase, name_of, opened, records, unlock
from tracktwo.model.base import Noun
from tracktwo.record.backup import back_up
from tracktwo.record.backup import restore as restore_all
from tracktwo.record.bundle import bundle_of, keys_for_store, read_bundle
from tracktwo.record.destruction import destroy_notes, destroy_travel_papers, erase_person
from tracktwo.record.entries import Entry, entries_of
from tracktwo.record.home import inside, write_whole
from tracktwo.record.keeping import MemberIntroduced
from tracktwo.record.membership import accept, only_one_holder
from tracktwo.record.membership import rotate as rotate_rooms
from tracktwo.record.mentions import mentions
from tracktwo.record.merge import merge as merge_bundle
from tracktwo.record.merge import trial
from tracktwo.record.record import Reading, Record
from tracktwo.sources.brief import read_brief
from tracktwo.sources.countries import load_countries
from tracktwo.vault.identity import INVITATION, check_passphrase, passphrase_slot
from tracktwo.vault.primitives import Stretching

app = typer.Typer(
    help="The sealed record of an initiative. A passphrase comes from the prompt or TRACKTWO_PASSPHRASE_FD, never as an argument.",
    rich_markup_mode=None,
)

Which = Annotated[
    str | None, typer.Argument(help="The record, by the two words that 'record list' shows; may be left out if it is the only one.", metavar="RECORD")
]
BundleFile = Annotated[Path, typer.Argument(help="A bundle, such as initiative.t2.", metavar="BUNDLE")]


@app.command("list")
def list_records(as_json: AsJson = False) -> None:
    """List the records of this home. Without a key only their names by two words can be told."""
    place = records()
    with place.open() as store:
        found = store.initiatives()
    if as_json:
        print_json({"format": "records/1", "home": str(place.folder), "records": [{"name": name_of(i), "initiative": i.hex()} for i in found]})
        return
    for initiative in found:
        where = " (recovery code in a file of this home)" if place.code_file(initiative).exists() else ""
        out.print(f"{name_of(initiative)}{where}", markup=False)
    if not found:
        out.print("There is no record here yet.")


@app.command()
def new(brief_file: BriefFile, key_file: KeyFile = None, as_json: AsJson = False) -> None:
    """Begin a record with what a brief states, without making a dossier."""
    day = date.today()
    brief = read_brief(brief_file, load_countries().resolve)
    place = records()
    with place.open() as store:
        prepared = prepare(place, store, entries_of(brief, day), [], key_file, replacing=False)
        with prepared.keeping(brief.convenor.name if brief.convenor else "convenor", day, []) as kept:
            pass
    if as_json:
        code = kept.code_file and str(kept.code_file)
        print_json({"format": "record/1", "name": kept.name, "initiative": kept.initiative, "recovery_code_in": code})
        return
    for line in kept.lines(readable=False):
        out.print(line, markup=False)


@app.command("open")
def take_up(bundle_file: BundleFile, key_file: KeyFile = None) -> None:
    """Take up a record from a bundle on this laptop: by a recovery code, the bundle's passphrase, or an invitation.

    An invitation is used up by it: from then on your own passphrase or recovery code opens the record.
    """
    bundle = read_bundle(bundle_file)
    place = records()
    with place.open() as store:
        if bundle.initiative in store.initiatives():
            raise BadInput(f"the record '{name_of(bundle.initiative)}' is here already; 'tracktwo record merge' brings it up to date")
        unlocked = unlock(bundle.keys, None, place.folder, place.code_file(bundle.initiative), key_file)
        identity = unlocked.identity
        reading = trial(bundle.initiative, identity, [bundle])
        if reading.problems:
            raise BadInput(f"{bundle_file} does not verify, so it was not taken up: {reading.problems[0].sentence}")
        was_invited = unlocked.kind == INVITATION
        how = own_credential(unlocked)
        secret = place.secret.read()
        with store.transaction():
            store.merge(bundle.initiative, bundle.entries, keys_for_store(bundle, secret))
            record = Record(store, secret, identity, bundle.initiative, place.replica(bundle.initiative, identity.member))
            if was_invited:
                record = accept(record, date.today())
            code_file = new_slots(place, store, record, how)
        Opened(place, store, record).seen()
    out.print(f"The record '{name_of(bundle.initiative)}' is open here, with {len(reading.told)} entries that your keys open.", markup=False)
    if code_file is not None:
        out.print(f"It opens with the recovery code in {code_file}.", markup=False)
    if was_invited:
        out.print("The invitation is used up. Send a bundle back ('tracktwo record export'), so that the others see your key.")


@app.command()
def show(which: Which = None, key_file: KeyFile = None, as_json: AsJson = False) -> None:
    """Show a record: its rooms with the words to compare at the next session, how much is in it, and what needs care."""
    with opened(which, key_file) as found:
        reading = found.look()
        record = found.record
        rooms = [
            {
                "room": room.name,
                "readers": len(room.head.roster.readers),
                "key": room.head.epoch.number,
                "entries": sum(told.room == room.id for told in reading.told),
                "words": record.head_words(room.name),
            }
            for room in sorted(record.keyring.rooms.values(), key=lambda room: (room.box, room.name))
        ]
        lonely = only_one_holder(record)
    initiative = reading.initiative()
    if as_json:
        print_json(
            {
                "format": "record/1",
                "name": name_of(record.initiative),
                "title": initiative.opening.title,
                "rooms": rooms,
                "entries": len(reading.told),
                "hidden": reading.hidden,
                "unknown": len(reading.unknown),
                "problems": [problem.sentence for problem in reading.problems],
                "conflicts": [{"field": conflict.field, "entries": list(conflict.entries)} for conflict in initiative.conflicts],
                "one_holder": list(lonely),
            }
        )
        return
    out.print(f"{initiative.opening.title}, record '{name_of(record.initiative)}', {len(reading.told)} entries", markup=False)
    table = Printed("Room", "Readers", "Key", "Entries", "Words to compare", box=None, pad_edge=False)
    for row in rooms:
        table.add_row(str(row["room"]), str(row["readers"]), str(row["key"]), str(row["entries"]), str(row["words"]))
    print_table(table)
    if reading.hidden:
        out.print("There is more in this record than your keys open.")
    if lonely:
        out.print("Only one steward holds the key of: " + ", ".join(lonely) + ". Invite a second one ('tracktwo record invite').", markup=False)
    for conflict in initiative.conflicts:
        out.print(
            f"Changed twice without knowing of each other: {conflict.field}. Both stand in the log; state it once more to settle it.", markup=False
        )


@app.command()
def log(
    which: Which = None,
    key_file: KeyFile = None,
    room: Annotated[str | None, typer.Option("--room", help="Only the entries of one room.", metavar="ROOM")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell every entry that your keys open, in the order of the record. What it prints is not sealed."""
    with opened(which, key_file) as found:
        reading = found.look()
        if room is not None:
            found.record.room(room)
    names = names_in(reading)
    told = sorted(reading.told, key=lambda one: (one.entry.lamport, one.entry.on, one.entry.author, one.entry.id))
    chosen = [one for one in told if room in (None, one.entry.room)]
    if as_json:
        print_json(
            {
                "format": "log/1",
                "entries": [{"id": one.entry.id, "attested": one.attested, **one.entry.model_dump(mode="json", exclude_none=True)} for one in chosen],
            }
        )
        return
    table = Printed("Day", "Room", "By", "What", "", box=None, pad_edge=False)
    for one in chosen:
        who = names.get(one.entry.author, one.entry.author)
        table.add_row(
            one.entry.on.isoformat(), one.entry.room, who if one.attested else f"reported: {who}", type(one.entry).__name__, _words_of(one.entry)
        )
    print_table(table)


def names_in(reading: Reading) -> dict[str, str]:
    """Pseudonym → name, as far as this reader may know."""
    return {entry.body.member: entry.body.name for entry in reading.entries if isinstance(entry, MemberIntroduced)}


def _words_of(entry: Entry, length: int = 60) -> str:
    """The first words of an entry's body, for a line of the log."""
    body = entry.body
    for field in ("title", "name", "what", "text", "statement", "question", "member", "purpose"):
        value = getattr(body, field, None)
        if isinstance(value, str) and value:
            return value[:length]
    first = next((str(value) for value in body.model_dump(exclude_none=True).values() if value), "") if isinstance(body, Noun) else ""
    return first[:length]


@app.command()
def verify(
    which: Annotated[str | None, typer.Argument(help="A bundle file, or a record of this home.", metavar="[BUNDLE|RECORD]")] = None,
    key_file: KeyFile = None,
    as_json: AsJson = False,
) -> None:
    """Check a bundle without any key, or a record of this home with yours. Anything wrong is a sentence, and the exit code 2."""
    if which is not None and (Path(which).suffix or Path(which).exists()):
        _verify_bundle(Path(which), as_json)
        return
    with opened(which, key_file) as found:
        reading = found.record.read()
        older = found.home.older_than_seen(found.record.initiative, reading.chains.heads)
        if not reading.problems and not older:
            found.home.remember(found.record.initiative, reading.chains.heads)
    problems = [problem.sentence for problem in (*reading.problems, *older)]
    counts = Counter(told.attested for told in reading.told)
    if as_json:
        print_json({"format": "verified/1", "entries": len(reading.told), "reported": counts[False], "problems": problems})
    else:
        out.print(
            f"{len(reading.told)} entries open, {counts[True]} vouched for by their authors to you, {counts[False]} from before you came;"
            f" {len(reading.chains.heads)} chains.",
            markup=False,
        )
    if problems:
        raise BadInput(_all(problems))
    if not as_json:
        out.print("Every chain is whole, every entry is its author's, every key comes from who may give it.")


def _verify_bundle(path: Path, as_json: bool) -> None:
    bundle = read_bundle(path)
    problems = [problem.sentence for problem in bundle.problems()]
    chains = len({(entry.room, entry.replica) for entry in bundle.entries})
    if as_json:
        print_json({"format": "verified/1", "entries": len(bundle.entries), "chains": chains, "problems": problems})
    if problems:
        raise BadInput(f"{path}: {_all(problems)}")
    if not as_json:
        out.print(
            f"{path}: {len(bundle.entries)} entries in {chains} chains of the record '{name_of(bundle.initiative)}'; checksum, sizes and",
            markup=False,
        )
        out.print("chains fit. Not checked without a key: whether the words are genuine and stand at their place, whether each author vouches for")
        out.print("his entries, whether somebody planted a key or a reader, and whether keys that are gone were destroyed on record.")


def _all(problems: list[str]) -> str:
    return problems[0] + (f" (and {len(problems) - 1} more: see --json)" if len(problems) > 1 else "")


@app.command()
def export(
    which: Which = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The bundle to write.", metavar="FILE")] = Path("initiative.t2"),
    recipient: Annotated[
        list[str] | None, typer.Option("--for", help="A member by name or pseudonym, again for several; everybody if left out.", metavar="MEMBER")
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Let your passphrase open the bundle too; it must be one of at least four words.")
    ] = False,
    key_file: KeyFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a bundle that is there.")] = False,
) -> None:
    """Write a sealed bundle for another laptop or for safe-keeping. Copies of it are beyond what can be destroyed later."""
    if output.exists() and not replace:
        raise BadInput(f"{output} is there already; choose another name, or say --replace")
    with opened(which, key_file) as found:
        reading = found.look()
        record = found.record
        slots = []
        if passphrase:
            words = given_passphrase()
            if words is None:
                raise BadInput("--passphrase needs the passphrase by TRACKTWO_PASSPHRASE_FD")
            check_passphrase(words)
            slots.append(passphrase_slot(record.identity, words, None, Stretching()))
        members = {member_named(reading, record, who) for who in recipient or []} | {record.identity.member} if recipient else None
        bundle = bundle_of(found.store, record.secret, record.initiative, recipients=members, slots=slots)
        write_whole(output, bundle.to_bytes())
    out.print(f"{output}: {len(bundle.entries)} entries, sealed for {'everybody in the record' if members is None else len(members)}.", markup=False)


def member_named(reading: Reading, record: Record, who: str) -> bytes:
    names = names_in(reading)
    known = {reader.member for room in record.keyring.rooms.values() for reader in room.head.roster.readers}
    found = [member for member in known if who in (member, names.get(member))]
    if len(found) != 1:
        raise BadInput(
            f"'{who}' is {'no member' if not found else 'the name of several members'} of this record; 'tracktwo record members' lists them"
        )
    return bytes.fromhex(found[0])


@app.command()
def merge(bundle_file: BundleFile, which: Which = None, key_file: KeyFile = None) -> None:
    """Bring in what a bundle from another laptop has and this one has not. It is checked first; what does not verify changes nothing."""
    bundle = read_bundle(bundle_file)
    name = which or (name_of(bundle.initiative) if _is_here(bundle.initiative) else None)
    with opened(name, key_file) as found:
        found.look()
        joined = merge_bundle(found.record, bundle)
        if joined.renew:
            found.record.replica = found.home.renew(found.record.initiative, found.record.identity.member)
            remark("the bundle holds entries of this very copy that it had lost; it goes on under a new name")
        found.ready()
        found.seen()
    out.print(f"{joined.entries} entries came in.", markup=False)
    if joined.emptied:
        out.print(f"{joined.emptied} entries were emptied here because their words had been destroyed elsewhere.", markup=False)
    for problem in joined.problems:
        remark(problem.sentence)


def _is_here(initiative: bytes) -> bool:
    with records().open() as store:
        return initiative in store.initiatives()


@app.command()
def erase(
    which: Which = None,
    person: Annotated[
        str | None, typer.Option("--person", help="The code of a person, such as A-03: every entry about him or her.", metavar="CODE")
    ] = None,
    session: Annotated[str | None, typer.Option("--session", help="A session: its notes.", metavar="NAME")] = None,
    part: Annotated[str | None, typer.Option("--part", help="Only the notes of one part of the session.", metavar="NAME")] = None,
    travel_papers: Annotated[
        bool, typer.Option("--travel-papers", help="What is kept of everybody's journeys: documents, flights, needs, diets.")
    ] = False,
    key_file: KeyFile = None,
) -> None:
    """Destroy the words about a person, the notes of a session, or travel papers, for good: here, in the write-ahead log, and in key backups.

    Bundles that were handed out are not reached; laptops follow at their next merge.
    """
    if [person is not None, session is not None, travel_papers].count(True) != 1 or (part is not None and session is None):
        raise BadInput("say one of --person CODE, --travel-papers, or --session NAME with or without --part NAME")
    with opened(which, key_file) as found:
        reading = found.ready()
        mentioned = mentions_of(reading, person) if person else []
        if person:
            done = erase_person(found.record, found.keeper, person, date.today())
        elif travel_papers:
            done = destroy_travel_papers(found.record, found.keeper, date.today())
        else:
            done = destroy_notes(found.record, found.keeper, session or "", part, date.today())
        found.seen()
    out.print(
        f"{done.entries} entries under {done.keys} keys are destroyed, in: {', '.join(done.rooms)}. That this was done stays on record.", markup=False
    )
    if done.closed:
        remark(f"{done.closed} rooms are not open to you; what is in them stays")
    for line in mentioned:
        out.print(line, markup=False)


def mentions_of(reading: Reading, code: str) -> list[str]:
    """Where other entries seem to mention somebody who is to be erased: for a person to find and take back."""
    initiative = reading.initiative()
    lines = []
    for told in reading.told:
        if told.entry.about == code:
            continue
        for text in _texts(told.entry.body.model_dump(mode="json")):
            for mention in mentions(text, initiative):
                if code in mention.codes:
                    lines.append(
                        f"Mentioned in {type(told.entry).__name__} of {told.entry.on} ({told.entry.room}): '{mention.words}'; take it back if it is."
                    )
    return list(dict.fromkeys(lines))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


@app.command()
def backup(folder: Annotated[Path, typer.Argument(help="Where the backups lie; best on another disk.", metavar="DIR")]) -> None:
    """Back up every record of this home: new entries are added, keys replaced (three are kept, for at most thirty days). Needs no passphrase."""
    place = records()
    if inside(folder / "x", [place.keys]):
        raise BadInput(f"{folder} lies among the keys of this home; a backup belongs elsewhere")
    with place.open() as store:
        done = back_up(store, folder, date.today())
    for one in done:
        out.print(
            f"{name_of(one.initiative)}: {one.entries} new entries, keys of today; {len(one.dropped)} old backups of keys dropped", markup=False
        )
    if not done:
        out.print("There is no record here to back up.")
    remark(f"{place.secret.path} is not part of the backup, and without it the backup opens nothing: keep a copy of it somewhere else")


@app.command()
def restore(folder: Annotated[Path, typer.Argument(help="The folder of backups.", metavar="DIR")]) -> None:
    """Restore the records of a backup that this home does not have. Put the secret file that belongs to it into place first."""
    place = records()
    with place.open() as store:
        done = restore_all(place, store, folder)
    for one in done:
        out.print(f"{name_of(one.initiative)}: {one.entries} entries, keys of {one.keys_of}", markup=False)
        if one.without_key:
            remark(f"{one.without_key} keys of '{name_of(one.initiative)}' open nothing any more: what they opened was destroyed since")


@app.command()
def passphrase(which: Which = None, key_file: KeyFile = None) -> None:
    """Set a passphrase for a record that a recovery code opens; the code goes on opening it."""
    with opened(which, key_file) as found:
        how = credential(None, [])
        if how.passphrase is None:
            raise BadInput("no passphrase was given, so nothing was changed")
        new_slots(found.home, found.store, found.record, how)
    out.print("The passphrase opens the record from now on.")


@app.command()
def rotate(
    which: Which = None,
    room: Annotated[list[str] | None, typer.Option("--room", help="A room, again for several; every room if left out.", metavar="ROOM")] = None,
    key_file: KeyFile = None,
) -> None:
    """Give rooms new keys, for instance after a laptop was lost. Who is in them stays."""
    with opened(which, key_file) as found:
        found.ready()
        every = [one.name for one in found.record.keyring.rooms.values()]
        names = rotate_rooms(found.record, room or every, date.today())
        found.seen()
    out.print("New keys for: " + ", ".join(names) + ".", markup=False)
