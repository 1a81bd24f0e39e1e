"""A second opinion on hits of screening: nomenklatura's logic-v2, asked in a process of its own, which the extra `screening` installs."""

from tracktwo.second_opinion.asking import NoSecondOpinion, Opinion, second_opinions

__all__ = ["NoSecondOpinion", "Opinion", "second_opinions"]
