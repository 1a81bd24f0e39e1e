"""Looking at a record on the machine where it lies: what it says, what is wrong with it, and whether it is older than what was seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tracktwo.record.home import Home
from tracktwo.record.record import Reading, Record, remark_on_clock


@dataclass(frozen=True)
class Looked:
    """A reading, and what a person should be told of it."""

    reading: Reading
    sentences: tuple[str, ...]


def look(home: Home, record: Record) -> Looked:
    """Read a record, say what is wrong or odd, and remember how far it goes. Raises StoreError, HomeError."""
    reading = record.read()
    older = home.older_than_seen(record.initiative, reading.chains.heads)
    sentences = [problem.sentence for problem in (*reading.problems, *older)]
    sentences += [unknown.sentence for unknown in reading.unknown]
    if older:  # whoever goes on writing under the old name would fork the copy that was seen
        record.replica = home.renew(record.initiative, record.identity.member)
    else:
        home.remember(record.initiative, reading.chains.heads)
    clock = remark_on_clock(reading.entries, datetime.now(UTC).date())
    return Looked(reading, (*sentences, clock) if clock else tuple(sentences))
