"""How an invitation to the team of an initiative is taken up."""

from __future__ import annotations

from tracktwo.record.membership import NotPossible, accept
from tracktwo.record.slots import still_invited
from tracktwo.web import accounts, clock
from tracktwo.web.desk import record_of, store, touch
from tracktwo.web.who import Membership, Who


def accept_invitation(who: Who, invitation: Membership) -> Membership:
    """Take keys of one's own in place of those of an invitation, and hold them in the account. Raises NotPossible where it was used already."""
    if not still_invited(store(), invitation.key, bytes.fromhex(invitation.member)):
        raise NotPossible("the invitation was used already; if it was not you, tell whoever invited you")
    record = accept(record_of(invitation), clock.today())
    taken = Membership.of(invitation.key, record.identity)
    accounts.take_up(who, taken)
    touch(invitation.key)
    return taken
