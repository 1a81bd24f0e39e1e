"""Screening: who of a roster may be on a list, by name across scripts, birth, nationality and affiliation; it finds and explains, people decide."""

from tracktwo.methods.screening.clues import CLUES
from tracktwo.methods.screening.screening import compare, screen
from tracktwo.methods.screening.unread import Unread, is_unread, may_be_several, unread

__all__ = ["CLUES", "Unread", "compare", "is_unread", "may_be_several", "screen", "unread"]
