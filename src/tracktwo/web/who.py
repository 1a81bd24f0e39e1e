"""Who is asking: nobody known, somebody with an account, somebody with a card; and what they hold, as it lies in a sealed visit."""

from __future__ import annotations

import hmac
from typing import Annotated, Literal

from pydantic import Field

from tracktwo.model.base import Noun
from tracktwo.vault.identity import Identity

Hex = Annotated[str, Field(pattern=r"^[0-9a-f]*$")]


class Membership(Noun):
    """What somebody holds of one initiative."""

    initiative: Hex
    member: Hex
    root: Hex

    @property
    def key(self) -> bytes:
        return bytes.fromhex(self.initiative)

    @property
    def tag(self) -> str:
        """What stands for the initiative in an address: 16 hexadecimal digits that say nothing."""
        return self.initiative[:16]

    def identity(self) -> Identity:
        """The member with his root."""
        return Identity(bytes.fromhex(self.member), bytes.fromhex(self.root))

    @classmethod
    def of(cls, initiative: bytes, identity: Identity) -> Membership:
        return cls(initiative=initiative.hex(), member=identity.member.hex(), root=identity.root.hex())


class Held(Noun):
    """What an account holds, sealed under its own key."""

    memberships: tuple[Membership, ...] = ()
    operator: bool = False
    """Whether he runs this server: he may suspend an account, and sees no initiative by it."""


Step = Literal["invited", "opening", "code", "enrol", "recovery", "full", "card", "resting"]
"""How far somebody has come: an invitation was typed in (to an initiative, or to an account), the passphrase was right and the code of the second
factor is due or is yet to be enrolled, the recovery code is to be written down, everything is open, a card was typed in, the screen rests behind
the neutral view."""

KEYED = frozenset({"enrol", "recovery", "full"})
"""Steps at which an account's keys are at hand. While the screen rests they are not even in the sealed visit."""


class Handing(Noun):
    """Words that were just made for somebody, until they are handed over: a page shows them, nothing else keeps them."""

    kind: Literal["card", "invitation"]
    words: str
    tag: str
    """Of the initiative."""
    code: str | None = None
    """Of the person, for the screen: it is not printed on a card."""


class Visit(Noun):
    """What a session seals."""

    step: Step
    account: str | None = None
    root: Hex = ""
    """Of the account."""
    membership: Membership | None = None
    """Of a card, or of an invitation that is yet to be accepted."""
    note: str = ""
    """What belongs to the step: the secret that is being enrolled, the recovery code until it is written down, the opening that was typed in."""
    handing: tuple[Handing, ...] = ()
    done: str = ""
    """The last form that made such words: sent again it makes no others."""
    view: str = ""
    """The role as which a steward is looking at an initiative."""


class Who:
    """Somebody who asks."""

    def __init__(self, cookie: bytes | None = None, visit: Visit | None = None, held: Held | None = None) -> None:
        self.cookie, self.visit, self._held = cookie, visit, held or Held()

    @property
    def step(self) -> Step | None:
        """How far he has come; None for somebody who is not known."""
        return self.visit.step if self.visit else None

    @property
    def operator(self) -> bool:
        return self.step == "full" and self._held.operator

    @property
    def held(self) -> Held:
        return self._held

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """The initiatives whose keys are at hand now."""
        if self.visit is None:
            return ()
        if self.visit.step == "card":
            return (self.visit.membership,) if self.visit.membership else ()
        return self._held.memberships if self.visit.step == "full" else ()

    def membership(self, tag: str) -> Membership | None:
        """What he holds of the initiative that stands under a tag."""
        return next((one for one in self.memberships if hmac.compare_digest(one.tag, tag)), None)

    def identity(self) -> Identity:
        """The account as a holder of keys. Only somebody with an account has one."""
        if self.visit is None or self.visit.account is None:
            raise LookupError("nobody with an account is asking")
        return Identity(bytes.fromhex(self.visit.account)[:8], bytes.fromhex(self.visit.root))
