"""What the evaluation forms ask: on paper and where they are typed back, in the same order.

Marks are 1 to 4, without a middle; each statement is a column of `evaluation`.
"""

from __future__ import annotations

from crm_pilot.i18n import N_
from crm_pilot.training.terms import Evaluated

SCALE = (N_("Not at all"), N_("Rather not"), N_("Rather"), N_("Entirely"))
HOT = (  # column of `evaluation`, statement
    ("satisfaction", N_("I am satisfied with this session.")),
    ("content", N_("The content is what I need for my work.")),
    ("trainer", N_("The trainer explained clearly and answered the questions.")),
    ("pace", N_("The pace and the exercises suited me.")),
    ("usefulness", N_("I can do in the CRM what the session was about.")),
)
COLD = (
    ("application", N_("I use what I learnt in my daily work.")),
    ("usefulness", N_("What I learnt makes my work easier.")),
    ("content", N_("Nothing important was missing in the session.")),
    ("satisfaction", N_("Looking back, I am satisfied with this session.")),
)
STATEMENTS = {Evaluated.HOT: HOT, Evaluated.COLD: COLD}
