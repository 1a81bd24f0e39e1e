"""Accounts: how a passphrase, a recovery code and the code of a telephone open one; how one is made; and what it holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction

from tracktwo.record.home import turn
from tracktwo.vault.identity import (
    RECOVERY_BYTES,
    TOKEN_BYTES,
    Identity,
    Slot,
    check_passphrase,
    invitation_slot,
    invited,
    new_member,
    new_secret_words,
    open_by_invitation,
    open_by_passphrase,
    open_by_recovery_code,
    passphrase_slot,
    recovery_slot,
    slot_from,
)
from tracktwo.vault.one_time import step_of
from tracktwo.vault.primitives import CannotOpen, random_key, seal, stretch, unseal
from tracktwo.vault.words import NotAWord
from tracktwo.web import clock, marks
from tracktwo.web.models import Account, Opening
from tracktwo.web.serving import serving
from tracktwo.web.sessions import open_held, seal_held
from tracktwo.web.who import Held, Membership, Visit, Who


class Taken(ValueError):
    """Somebody else has the handle."""


def sign_in(handle: str, passphrase: str) -> Visit | None:
    """Check a passphrase: one stretching, whether the handle is known or not. None for a wrong one, and for a handle that nobody has."""
    account = Account.objects.filter(handle=marks.of_handle(handle)).first()
    if account is None or account.suspended:
        with turn(serving().folder):
            stretch(passphrase, os.urandom(16), serving().cost)
        return None
    identity = _opened(account, passphrase)
    if identity is None:
        return None
    return Visit(step="code" if account.totp else "enrol", account=account.id, root=identity.root.hex())


def _opened(account: Account, passphrase: str) -> Identity | None:
    try:
        with turn(serving().folder):
            return open_by_passphrase(slot_from(bytes(account.slot)), passphrase, serving().home.secret.read().pepper)
    except CannotOpen:
        return None


def recover(handle: str, code: str) -> Visit | None:
    """Check a recovery code, which takes the place of passphrase and telephone. None for a wrong one, and for a handle that nobody has."""
    account = Account.objects.filter(handle=marks.of_handle(handle), suspended=False).first()
    if account is None or account.recovery is None:
        return None
    try:
        identity = open_by_recovery_code(slot_from(bytes(account.recovery)), code)
    except (CannotOpen, NotAWord):
        return None
    return Visit(step="enrol", account=account.id, root=identity.root.hex(), note="renew")


def make(handle: str, passphrase: str, held: Held) -> Visit:
    """Make an account. The second factor is to be enrolled next. Raises Taken, WeakPassphrase."""
    check_passphrase(passphrase)
    account, root = os.urandom(16).hex(), random_key()
    visit = Visit(step="enrol", account=account, root=root.hex())
    who = Who(b"", visit, held)
    slot = _slot(who, passphrase)
    try:
        with transaction.atomic():
            Account.objects.create(id=account, handle=marks.of_handle(handle), slot=slot, held=seal_held(account, who, held))
    except IntegrityError as error:
        raise Taken from error
    return visit


def _slot(who: Who, passphrase: str) -> bytes:
    with turn(serving().folder):
        return passphrase_slot(who.identity(), passphrase, serving().home.secret.read().pepper, serving().cost)


def change_passphrase(who: Who, passphrase: str) -> None:
    """Seal the account's root under another passphrase. Raises WeakPassphrase."""
    check_passphrase(passphrase)
    Account.objects.filter(pk=_account(who)).update(slot=_slot(who, passphrase))


def is_passphrase_of(account: str, passphrase: str) -> Identity | None:
    """The account's keys where the passphrase is the right one."""
    row = Account.objects.filter(pk=account, suspended=False).first()
    return _opened(row, passphrase) if row is not None else None


def new_recovery_code(who: Who) -> str:
    """Seal the account's root under a fresh recovery code, which is shown once. The one before opens nothing any more."""
    code = new_secret_words(RECOVERY_BYTES)
    Account.objects.filter(pk=_account(who)).update(recovery=recovery_slot(who.identity(), code))
    return code


def enrol(who: Who, secret: bytes, typed: str) -> bool:
    """Take up a second factor, if the code that was typed is one of it."""
    step = step_of(secret, typed, clock.now().timestamp(), after=0)
    if step is None:
        return False
    account = _account(who)
    Account.objects.filter(pk=account).update(totp=seal(who.identity().totp_key, secret, _place(account)), totp_step=step)
    return True


def has_second_factor(who: Who) -> bool:
    return Account.objects.filter(pk=_account(who), totp__isnull=False).exists()


def is_code_of(who: Who, typed: str) -> bool:
    """Check a code of the second factor; each is taken once."""
    account = _account(who)
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account)
        if row.totp is None:
            return False
        secret = unseal(who.identity().totp_key, bytes(row.totp), _place(account))
        step = step_of(secret, typed, clock.now().timestamp(), after=row.totp_step)
        if step is None:
            return False
        Account.objects.filter(pk=account).update(totp_step=step)
    return True


def _place(account: str) -> bytes:
    return b"tracktwo totp/1 " + account.encode()


def _account(who: Who) -> str:
    if who.visit is None or who.visit.account is None:
        raise LookupError("nobody with an account is asking")
    return who.visit.account


def hold(who: Who, changed: Callable[[Held], Held]) -> None:
    """Change what an account holds."""
    account = _account(who)
    with transaction.atomic():
        row = Account.objects.select_for_update().get(pk=account)
        Account.objects.filter(pk=account).update(held=seal_held(account, who, changed(open_held(row, who))))


def take_up(who: Who, membership: Membership) -> None:
    """Add an initiative to what an account holds, in place of what it held of the same one."""

    def with_it(held: Held) -> Held:
        others = tuple(one for one in held.memberships if one.initiative != membership.initiative)
        return held.model_copy(update={"memberships": (*others, membership)})

    hold(who, with_it)


# Invitations to an account


def invitation(*, operator: bool, hours: int = 72) -> str:
    """Words with which somebody makes an account of his own, once."""
    words, member = new_secret_words(TOKEN_BYTES), new_member()
    identity = invited(member, words)
    slot = invitation_slot(identity, clock.now() + timedelta(hours=hours))
    name = os.urandom(16).hex()
    granted = seal(identity.self_wrap, Held(operator=operator).model_dump_json().encode(), name.encode())
    Opening.objects.create(id=name, slot=slot, grants=granted)
    return words


def invited_by(words: str) -> tuple[str, Held] | None:
    """(id, what it grants) of the invitation that these words are; None for none, or one that is too old. Raises NotAWord."""
    for row in Opening.objects.all():
        slot: Slot = slot_from(bytes(row.slot))
        try:
            identity = open_by_invitation(slot, words, clock.now())
            return row.id, Held.model_validate_json(unseal(identity.self_wrap, bytes(row.grants), row.id.encode()))
        except CannotOpen:
            continue
    return None


def use_up(opening: str) -> bool:
    """Burn an invitation; False where somebody was quicker."""
    return Opening.objects.filter(pk=opening).delete()[0] > 0
