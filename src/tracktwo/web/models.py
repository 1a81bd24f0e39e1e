"""The tables of the web beside the record's own: accounts, sessions and what holds a door shut. No name, word or title stands in any of them."""

from __future__ import annotations

from django.db import models

HEX = 64


class Account(models.Model):
    """Somebody of a team. Which initiatives are his stands in `held`, sealed under his own key."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=32)
    handle: models.CharField[str, str] = models.CharField(max_length=HEX, unique=True)
    """HMAC of the handle under the pepper."""
    slot: models.BinaryField[bytes, bytes] = models.BinaryField()
    """The account's root, sealed under the passphrase and the pepper."""
    recovery: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    """The same root, sealed under the recovery code."""
    totp: models.BinaryField[bytes | None, bytes | None] = models.BinaryField(null=True)
    """The secret of the second factor, sealed under the account's own key; None until it is enrolled."""
    totp_step: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)
    """The last step of time whose code was taken: none is taken twice."""
    held: models.BinaryField[bytes, bytes] = models.BinaryField()
    suspended: models.BooleanField[bool, bool] = models.BooleanField(default=False)


class Session(models.Model):
    """A visit. The cookie is not here: only what SHA-256 makes of it."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=HEX)
    content: models.BinaryField[bytes, bytes] = models.BinaryField()
    """Sealed under another derivation of the cookie."""
    owner: models.CharField[str, str] = models.CharField(max_length=HEX, db_index=True)
    """HMAC of whose visit it is under the pepper, to end it when he leaves."""
    board: models.CharField[str, str] = models.CharField(max_length=HEX, blank=True)
    begun: models.BigIntegerField[int, int] = models.BigIntegerField()
    """Minutes since 1970."""
    seen: models.BigIntegerField[int, int] = models.BigIntegerField()


class Belonging(models.Model):
    """Which members' visits end with a session: HMAC of initiative and member under the pepper."""

    session: models.ForeignKey[Session, Session] = models.ForeignKey(Session, on_delete=models.CASCADE)
    mark: models.CharField[str, str] = models.CharField(max_length=HEX, db_index=True)


class Board(models.Model):
    """How often something changed that the people of an initiative look at together."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=HEX)
    """HMAC of the initiative under the pepper."""
    version: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)


class Opening(models.Model):
    """An invitation to an account of one's own; whom it is for and what it lets him do is sealed."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=32)
    slot: models.BinaryField[bytes, bytes] = models.BinaryField()
    grants: models.BinaryField[bytes, bytes] = models.BinaryField()


class Attempt(models.Model):
    """Failures at a door: HMAC of whose or from where, how many, and since which minute."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=HEX)
    count: models.IntegerField[int, int] = models.IntegerField(default=0)
    since: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)


class Mark(models.Model):
    """What the whole server is: its name and icon at the entrance, whether it is a demonstration."""

    name: models.CharField[str, str] = models.CharField(primary_key=True, max_length=40)
    value: models.TextField[str, str] = models.TextField()


class Draft(models.Model):
    """A brief that is being written, sealed under the account's own key."""

    id: models.CharField[str, str] = models.CharField(primary_key=True, max_length=32)
    owner: models.CharField[str, str] = models.CharField(max_length=HEX, db_index=True)
    content: models.BinaryField[bytes, bytes] = models.BinaryField()
