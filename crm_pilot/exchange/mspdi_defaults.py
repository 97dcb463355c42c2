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
# the line that sums up the project; what it repeats of the project is left out too
WHOLE = {
    **TASK,
    "Type": ("1",),
    "IsNull": ("0",),
    "OutlineNumber": ("0",),
    "OutlineLevel": ("0",),
    "WBS": ("0",),
    "Priority": ("500",),
    "Active": ("1",),
    "Manual": ("0",),
    "Milestone": ("0",),
    "EffortDriven": ("0",),
    "ConstraintType": ("0",),
    "CalendarUID": ("-1",),
    "IgnoreResourceCalendar": ("0",),
    "ExternalTask": ("0",),
    "LevelingDelay": ("0",),
}
CALENDAR: Mapping[str, tuple[str, ...]] = {"IsBaselineCalendar": ("0",)}
PROJECT: Mapping[str, tuple[str, ...]] = {"SaveVersion": ("14",), "HonorConstraints": ("0",)}
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
