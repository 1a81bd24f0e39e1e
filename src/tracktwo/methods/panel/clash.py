"""What is said where no panel keeps the rules: which of them clash, and how they would have to give way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Bound = Literal["min", "max", "apart", "size", "must", "needs"]


@dataclass(frozen=True)
class Clash:
    """One rule of a conflict. `relax_to` is the number to which the least relaxation moves it, its own where it can stay as it is."""

    category: str
    value: str
    bound: Bound
    now: int
    relax_to: int
    in_conflict: bool
    """False of a rule outside the smallest set that has to give way as well, for another conflict."""

    @property
    def sentence(self) -> str:
        """The rule in words, and what to do."""
        kinds = {
            "min": f"at least {self.now} with {self.category} '{self.value}'",
            "max": f"at most {self.now} with {self.category} '{self.value}'",
            "apart": f"{self.value} not together ({self.category})",
            "size": f"{self.now} people in all",
            "must": f"{self.value} in any case",
            "needs": self.value,
        }
        if self.relax_to == self.now:
            return kinds[self.bound]
        return f"{kinds[self.bound]}: would be possible with {self.relax_to}"


class Impossible(Exception):
    """No panel keeps the rules; `conflict` says which of them, and how they would have to give way."""

    def __init__(self, conflict: Sequence[Clash]) -> None:
        self.conflict = tuple(conflict)
        among = "; ".join(clash.sentence for clash in self.conflict if clash.in_conflict)
        super().__init__(f"no panel keeps these rules together: {among}")
