"""Every type of entry that an initiative needs once it lives: its sessions, statements, what people send in, care for them, and the hub beside it."""

from __future__ import annotations

from tracktwo.record.care import (
    CARE,
    ContactMade,
    DecisionSigned,
    LeakPlanAgreed,
    NeutralAgreed,
    PublishingFrozen,
    PublishingResumed,
    ReentryAgreed,
    SnapshotTaken,
    SomethingHappened,
    TravelNoted,
)
from tracktwo.record.entry import BaseEntry
from tracktwo.record.hub import HUB, AvailabilityTold, HubOpened, InvitationAnswered, InvitationSent, RequestReceived, RosterEntered, TeamProposed
from tracktwo.record.returned import RETURNED, NamesRefused, RulesAnswered, SurveyAnswered, SurveyAsked, WorryTold
from tracktwo.record.sessions import SESSIONS, ProgrammeEntered, SessionPlanned
from tracktwo.record.statements import STATEMENTS, StatementMade, StatementProposed, TranslationOffered, VotingClosed, VotingOpened

LIVING: tuple[type[BaseEntry], ...] = (*SESSIONS, *STATEMENTS, *RETURNED, *CARE, *HUB)

__all__ = [
    "LIVING",
    "AvailabilityTold",
    "ContactMade",
    "DecisionSigned",
    "HubOpened",
    "InvitationAnswered",
    "InvitationSent",
    "LeakPlanAgreed",
    "NamesRefused",
    "NeutralAgreed",
    "ProgrammeEntered",
    "PublishingFrozen",
    "PublishingResumed",
    "ReentryAgreed",
    "RequestReceived",
    "RosterEntered",
    "RulesAnswered",
    "SessionPlanned",
    "SnapshotTaken",
    "SomethingHappened",
    "StatementMade",
    "StatementProposed",
    "SurveyAnswered",
    "SurveyAsked",
    "TeamProposed",
    "TranslationOffered",
    "TravelNoted",
    "VotingClosed",
    "VotingOpened",
    "WorryTold",
]
