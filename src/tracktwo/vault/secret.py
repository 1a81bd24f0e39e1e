"""The secret that stands in a file of its own, outside the database and its backups: the pepper and the erasure master.

Without the pepper a stolen database gives nothing to guess a passphrase against. Without the erasure master no body key in it opens; to destroy
keys for good, the master is changed, the survivors are wrapped anew, and the old master is forgotten: what old copies of the table and old
write-ahead logs hold is then noise. (The erasure master is our own construction; docs/explanation/confidentiality.md argues it.)
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from tracktwo.vault.primitives import KEY, CannotOpen, derive, key_id, random_key, seal, unseal

FORMAT = "secret/1"
_NAME = 4
"""Bytes of a master's name in front of what it wraps."""


class NotASecret(ValueError):
    """The file is no secret file of ours: one sentence."""


@dataclass(frozen=True, repr=False)
class Secret:
    """Pepper and erasure masters. More than one master stands here only while an erasure is under way."""

    pepper: bytes
    masters: tuple[bytes, ...]
    """Newest first."""

    @classmethod
    def fresh(cls) -> Secret:
        """A new secret from the system's random source."""
        return cls(random_key(), (random_key(),))

    @classmethod
    def from_json(cls, text: str) -> Secret:
        """Read what `to_json` wrote. Raises NotASecret."""
        try:
            data = json.loads(text)
            pepper, masters = bytes.fromhex(data["pepper"]), tuple(bytes.fromhex(master) for master in data["erasure"])
            if data["format"] != FORMAT or not masters or any(len(key) != KEY for key in (pepper, *masters)):
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise NotASecret(f"it is not a secret file of tracktwo ({FORMAT})") from error
        return cls(pepper, masters)

    def to_json(self) -> str:
        """One line of JSON."""
        return json.dumps({"format": FORMAT, "pepper": self.pepper.hex(), "erasure": [master.hex() for master in self.masters]}) + "\n"

    def with_new_master(self) -> Secret:
        """The same pepper, and a new master before the old ones."""
        return replace(self, masters=(random_key(), *self.masters))

    def settled(self) -> Secret:
        """The same with the newest master alone: what older ones wrapped is gone."""
        return replace(self, masters=self.masters[:1])

    def wrap(self, inner: bytes, aad: bytes) -> bytes:
        """Wrap under the newest master."""
        return self._name(self.masters[0]) + seal(derive(self.masters[0], "erasure"), inner, aad)

    def unwrap(self, wrapped: bytes, aad: bytes) -> bytes:
        """Open what any of the masters wrapped. Raises CannotOpen."""
        for master in self.masters:
            if wrapped[:_NAME] == self._name(master):
                return unseal(derive(master, "erasure"), wrapped[_NAME:], aad)
        raise CannotOpen("it was wrapped under an erasure master that is no longer there")

    @property
    def newest_name(self) -> bytes:
        """Four bytes that name the newest master; they begin whatever it wraps."""
        return self._name(self.masters[0])

    def newest(self, wrapped: bytes) -> bool:
        """True for what the newest master wrapped, and for its name."""
        return wrapped[:_NAME] == self.newest_name

    @staticmethod
    def _name(master: bytes) -> bytes:
        return key_id(master)[:_NAME]
