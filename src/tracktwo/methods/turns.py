"""Who hosts how often, how long and in which language: the ledger of turns over the rounds, and whether it is even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

THIRD_PARTY = "third party"


@dataclass(frozen=True)
class Turn:
    """One evening or meal that somebody hosts: a side id or `third party`, and how many minutes it lasts."""

    host: str
    minutes: int


@dataclass(frozen=True)
class Account:
    """What one host gives: evenings and minutes of the first round, and evenings of all rounds."""

    host: str
    turns: int
    minutes: int
    over_all: int


@dataclass(frozen=True)
class Ledger:
    """The accounts, the third party's last, and how far the sides are apart."""

    accounts: tuple[Account, ...]
    sides: tuple[str, ...]

    def of(self, host: str) -> Account:
        return next(account for account in self.accounts if account.host == host)

    @property
    def apart(self) -> int:
        """The most evenings of a side less the fewest, over all rounds; 0 where no side hosts at all."""
        turns = [self.of(side).over_all for side in self.sides]
        return max(turns, default=0) - min(turns, default=0)

    @property
    def even(self) -> bool:
        """True where no side hosts more than one evening more than another over all rounds."""
        return self.apart <= 1


def ledger(first: Sequence[Turn], sides: Sequence[str], hosts: Sequence[str], rounds: int) -> Ledger:
    """Count the turns of the first round, and of all `rounds` if each has as many and the turns of `hosts` go on where the round before ended.

    What the third party hosts in the first round it hosts in each.
    """
    own = [turn for turn in first if turn.host != THIRD_PARTY]
    over_all = dict.fromkeys(sides, 0) | {THIRD_PARTY: (len(first) - len(own)) * rounds}
    for number in range(len(own) * rounds if hosts else 0):
        over_all[hosts[number % len(hosts)]] = over_all.get(hosts[number % len(hosts)], 0) + 1
    accounts = tuple(
        Account(host, sum(t.host == host for t in first), sum(t.minutes for t in first if t.host == host), over_all[host])
        for host in (*sides, THIRD_PARTY)
    )
    return Ledger(accounts, tuple(sides))
