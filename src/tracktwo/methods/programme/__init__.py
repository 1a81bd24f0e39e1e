"""Programmes: a plain one by the clock, which needs no solver, and beside it the exact one of `solve`, which loads CP-SAT.

Only what is plain is imported here: the solver takes longer to load than a dossier may wait for.
"""

from tracktwo.methods.programme.plain import ORDER, Needs, PlannedDay, PlannedSlot, SlotKind, plan_days, stages

__all__ = ["ORDER", "Needs", "PlannedDay", "PlannedSlot", "SlotKind", "plan_days", "stages"]
