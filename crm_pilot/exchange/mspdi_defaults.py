"""Values of MS Project XML that say nothing: what MS Project takes anyway when they are absent.

Left out of what is kept of a file, because a plan repeats sixty of them for every task.
"""

from __future__ import annotations

from collections.abc import Mapping

_ZERO = ("0", "0.00", "0.0", "false", "PT0H0M0S", "PT0S")
_MONEY = (
    "Cost FixedCost OvertimeCost ActualCost ActualOvertimeCost RemainingCost"
    " RemainingOvertimeCost CostVariance CostPerUse StandardRate OvertimeRate ACWP BCWS BCWP CV SV"
    " VAC BudgetCost"
)
_WORK = (
    "OvertimeWork ActualOvertimeWork RegularWork RemainingOvertimeWork ActualWorkProtected"
    " ActualOvertimeWorkProtected BudgetWork WorkVariance StartVariance FinishVariance"
)


def _saying_nothing(names: str, **others: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {**dict.fromkeys(f"{_MONEY} {_WORK} {names}".split(), _ZERO), **others}


TASK = _saying_nothing(
    "ResumeValid Recurring OverAllocated IsSubproject IsSubprojectReadOnly HideBar Rollup"
    " PhysicalPercentComplete EarnedValueMethod CommitmentType DisplayAsSummary"
    " BoardStatusColumnOrderingID NextAvailableBoardStatusColumnOrderingID"
    " NextAvailableSprintOrderingID SprintColumnOrderingID",
    LevelAssignments=("1", "true"),
    LevelingCanSplit=("1", "true"),
    LevelingDelayFormat=("7", "8"),
    FixedCostAccrual=("3",),
    StartText=(),
    FinishText=(),
    DurationText=(),
    Contact=(),
    HyperlinkAddress=(),
)
RESOURCE = _saying_nothing(
    "WorkGroup OverAllocated PeakUnits PercentWorkComplete Work ActualWork RemainingWork IsGeneric"
    " IsInactive IsEnterprise BookingType IsBudget IsCostResource",
    CanLevel=("1", "true"),
    AccrueAt=("3",),
    StandardRateFormat=("2",),
    OvertimeRateFormat=("2",),
)
ASSIGNMENT = _saying_nothing(
    "PercentWorkComplete Confirmed CostRateTable FixedMaterial LevelingDelay LinkedFields Milestone"
    " Overallocated ResponsePending UpdateNeeded WorkContour BookingType RateScale",
    HasFixedRateUnits=("1", "true"),
    LevelingDelayFormat=("7", "8"),
)
