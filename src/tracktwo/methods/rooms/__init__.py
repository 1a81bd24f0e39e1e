"""Breakout rooms over several rounds: a plan, a check of one edited by hand, why somebody sits where he sits, and what changed.

`plan_rooms(request, effort)` plans, `check(request, rounds)` lists what a plan breaks, `why` and `difference` explain.
"""

from tracktwo.methods.rooms.bound import simple_bound, upper_bound
from tracktwo.methods.rooms.check import check, meetings, met, not_met
from tracktwo.methods.rooms.explain import Why, conflicts, difference, moved, told, why, why_not
from tracktwo.methods.rooms.planning import Earlier, Effort, judge, plan_rooms
from tracktwo.methods.rooms.seating import Cause, Infeasible, Move, Plan, Request, Violation
from tracktwo.model.seating import Helper, Pair, Pin, Round, Seat, pair

__all__ = [
    "Cause", "Earlier", "Effort", "Helper", "Infeasible", "Move", "Pair", "Pin", "Plan", "Request", "Round", "Seat", "Violation", "Why",
    "check", "conflicts", "difference", "judge", "meetings", "met", "moved", "not_met", "pair", "plan_rooms", "simple_bound", "told",
    "upper_bound", "why", "why_not",
]  # fmt: skip
