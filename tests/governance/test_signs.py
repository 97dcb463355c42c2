"""The warning signs on planted roll-outs: each trouble trips its own rule and no other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from crm_pilot.errors import UserError
from crm_pilot.governance import explained, warnings
from crm_pilot.governance.entry import Check, Verdict
from crm_pilot.governance.sign_actions import PlanAction, UnlinkAction
from crm_pilot.governance.signs import signs
from crm_pilot.governance.signs_terms import SIGNS
from crm_pilot.governance.snoozing import Snooze, WakeUp
from crm_pilot.governance.thresholds import DECLARED, ResetThreshold, SetThreshold, thresholds
from crm_pilot.governance.user_lock import DateWorksCouncil
from crm_pilot.i18n import Translator
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Project, SetField
from crm_pilot.why import from_to
from tests.adoption.facts import ACTION_DAY, LOGIN_DAY
from tests.governance.planted import TODAY, TROUBLES, plant

EN = Translator("en")
L28 = "BETWEEN '2026-10-24' AND '2026-11-20'"
D = dt.date.fromisoformat


@contextmanager
def planted(trouble: str = "", **values: dt.date) -> Iterator[Project]:
    with plant(trouble, **values) as project:
        yield project


def found(project: Project, today: dt.date = TODAY) -> dict[str, Check]:
    """The signs by rule; the first one where a rule has several."""
    made: dict[str, Check] = {}
    for check in signs(project.reader, today):
        made.setdefault(check.rule, check)
    return made


def verdicts(project: Project, today: dt.date = TODAY) -> dict[str, Verdict]:
    return {rule: check.verdict for rule, check in found(project, today).items()}


def data(project: Project, rule: str) -> str:
    return EN.show(found(project)[rule].data)


def tripped(project: Project) -> set[str]:
    return {c.rule for c in signs(project.reader, TODAY) if c.verdict is Verdict.WARN}


# planted -----------------------------------------------------------------------------------------


def test_the_healthy_roll_out_trips_no_rule_and_all_can_speak() -> None:
    with planted() as project:
        assert verdicts(project) == dict.fromkeys(SIGNS, Verdict.OK)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_planted_trouble_trips_exactly_its_rule(trouble: str) -> None:
    with planted(trouble) as project:
        assert tripped(project) == {trouble.split()[0]}
        known = {c.verdict for c in signs(project.reader, TODAY)}
        assert known == {Verdict.WARN, Verdict.OK} or trouble == "D14"


def test_each_says_rule_data_period_source_and_action_and_names_nobody() -> None:
    for trouble in ("", *TROUBLES):
        with planted(trouble) as project:
            for check in signs(project.reader, TODAY):
                assert check.period is not None
                texts = (
                    *(check.title, check.says, check.data, check.action),
                    *(check.period, check.source),
                )
                for language in ("en", "fr"):
                    shown = [Translator(language).show(text) for text in texts]
                    assert all(text.strip() and "{" not in text for text in shown), check.rule
                    assert "Secret" not in " ".join(shown)


def test_without_actions_what_needs_them_says_so() -> None:
    with planted("D14") as project:
        known = verdicts(project)
        assert [r for r in SIGNS if known[r] is Verdict.UNKNOWN] == ["D1", "D2", "D7", "D9"]
        assert data(project, "D2") == (
            "Not enough data: records created and updated are not imported"
        )


@pytest.mark.parametrize(("first", "enough"), [("2026-09-25", True), ("2026-09-28", False)])
def test_under_eight_weeks_of_data_the_signs_of_use_do_not_speak(first: str, enough: bool) -> None:
    with planted("D2", first=D(first)) as project:  # 28 Sept to 20 Nov are 54 days
        known = verdicts(project)
        assert (known["D2"] is Verdict.WARN) is enough
        if not enough:
            short = "Not enough data: 7 weeks of data; 8 are needed"
            assert {data(project, rule) for rule in ("D1", "D2", "D3", "D6", "D7", "D9")} == {short}
            assert known["D5"] is known["D8"] is known["D14"] is Verdict.OK
            project.execute(SetThreshold("any", "weeks", 7))
            assert verdicts(project)["D2"] is Verdict.WARN


def test_an_empty_project_knows_nothing_and_warns_of_nothing() -> None:
    with Project.create(name="Empty") as project:
        known = verdicts(project)
        assert set(known.values()) == {Verdict.UNKNOWN}
        for check in signs(project.reader, TODAY):
            assert EN.show(check.data).startswith("Not enough data: ")


# recomputed in plain SQL -------------------------------------------------------------------------


def test_d1_counts_what_sql_counts() -> None:
    with planted("D1") as project:
        total, contacts = project.reader.one(
            "SELECT sum(f.created + f.updated),"
            " sum(CASE WHEN o.kind = 'contact' THEN f.created + f.updated END)"
            f" FROM action_fact f JOIN crm_object o ON o.id = f.object_id"
            f" WHERE date(f.day * 86400, 'unixepoch') {L28}"
        ) or (0, 0)
        active = project.reader.value(
            f"SELECT count(DISTINCT account_id) FROM {ACTION_DAY} WHERE day {L28}"
        )
        acting = project.reader.value(
            f"SELECT count(DISTINCT account_id) FROM {ACTION_DAY} d JOIN crm_object o"
            f" ON o.id = d.object_id WHERE day {L28} AND o.kind IN ('activity', 'opportunity')"
        )
        assert data(project, "D1").startswith(
            f"{round(contacts / total * 100)}% of {total} actions on contacts,"
            f" {acting} of {active} active users on activities or opportunities"
        )
        assert contacts / total >= 0.8
        assert acting / active <= 0.2


def test_d1_takes_the_median_of_the_days_since_the_last_login() -> None:
    with planted("D1 quiet") as project:
        days = project.reader.select(
            "SELECT julianday('2026-11-20') - julianday(max(day))"
            f" FROM {LOGIN_DAY} GROUP BY account_id ORDER BY 1"
        )
        median = int(days[len(days) // 2][0])
        assert len(days) % 2 == 1
        assert median >= 21
        assert f"median of {median} d since the last login" in data(project, "D1")


def test_d2_and_d7_count_distinct_users_of_the_objects() -> None:
    used = (
        f"SELECT count(DISTINCT d.account_id) FROM {ACTION_DAY} d JOIN account a"
        f" ON a.id = d.account_id JOIN crm_object o ON o.id = d.object_id WHERE day {L28}"
    )
    with planted() as project:
        users = project.reader.value(used + " AND o.name = 'quote'")
        assert data(project, "D2") == f"“Quotes”: {users} of 71 users"
    with planted("D7") as project:
        new, old = (
            project.reader.value(
                f"{used} AND o.name = 'mailbox' AND a.opened_on {sign} '2026-06-15'"
            )
            for sign in (">", "<=")
        )
        assert (new, old) == (0, 63)
        assert data(project, "D7") == "100% of 63 veterans and 0% of 8 newcomers use it"


def regularity(project: Project, department: str) -> float:
    """Of a department in L28, whose twenty days have one public holiday (11 November)."""
    logins, users = project.reader.one(
        f"SELECT count(*), count(DISTINCT d.account_id) FROM {LOGIN_DAY} d JOIN account a"
        " ON a.id = d.account_id JOIN person p ON p.id = a.person_id JOIN department u"
        f" ON u.id = p.department_id WHERE u.name = ? AND day {L28}",
        department,
    ) or (0, 0)
    return float(logins / (users * 19))


def test_d3_finds_the_departments_apart_and_their_licences() -> None:
    with planted("D3") as project:
        assert regularity(project, "Sud") <= 0.25 < regularity(project, "Siège")
        pilot = round(regularity(project, "Nord") * 100)
        assert data(project, "D3") == (
            f"Pilot at {pilot}% of working days;"
            f" 1 department at 25% or less holds {round(32 / 71 * 100)}% of the licences; Sud"
        )
        assert not found(project)["D3"].grave
        project.execute(SetField("project", 1, "legacy_fed", True))
        assert found(project)["D3"].grave
        assert data(project, "D3").endswith("; the old tool is still fed")


def test_d5_counts_minutes_and_sessions_of_newcomers() -> None:
    with planted("D5 minutes") as project:
        per_head = project.reader.select(
            "SELECT a.opened_on > '2026-06-22', avg(s.minutes) FROM account a"
            " JOIN attendance t ON t.person_id = a.person_id JOIN training_session s"
            " ON s.id = t.session_id GROUP BY 1 ORDER BY 1"
        )
        assert per_head == [(0, 420.0), (1, 60.0)]
        assert data(project, "D5") == (
            "60 min per newcomer, 420 at the start; 0 of 8 newcomers without formal session at"
            " 30 d; features: 2 → 3"
        )


def test_d6_is_login_days_over_working_days_month_by_month() -> None:
    working = {"07": 22, "08": 21, "09": 22, "10": 22}  # 14 July is a public holiday
    with planted("D6") as project:
        shares = []
        for month, days in working.items():
            logins = project.reader.value(
                f"SELECT count(*) FROM {LOGIN_DAY} WHERE strftime('%m', day) = ?", month
            )
            users = 63 if month < "09" else 71  # all of them open on 1 September
            shares.append(round(logins / (users * days) * 100))
        said = " → ".join(f"{share}%" for share in shares)
        assert data(project, "D6").startswith(f"Regularity month by month: {said}; ")
        assert found(project)["D6"].period == from_to(D("2026-07-01"), D("2026-10-31"))


def test_d8_compares_the_sponsor_only_when_allowed_and_never_tells_the_days() -> None:
    with planted("D8 sponsor") as project:
        boss = project.reader.value("SELECT person_id FROM role WHERE kind = 'sponsor'")
        days = project.reader.select(
            f"SELECT a.person_id = ?, count(*) FROM {LOGIN_DAY} d JOIN account a"
            " ON a.id = d.account_id JOIN person p ON p.id = a.person_id JOIN department u"
            f" ON u.id = p.department_id WHERE u.name = 'Siège' AND day {L28}"
            " GROUP BY a.person_id ORDER BY 2",
            boss,
        )
        assert days[0] == (1, 4)
        assert days[3][1] == 16  # the median of six
        said = "the sponsor logs in under 50% of the median"
        assert data(project, "D8") == f"Last steering decision on 5\xa0Nov; {said}"
        project.execute(DateWorksCouncil(D("2027-01-11"), TODAY))
        assert verdicts(project)["D8"] is Verdict.OK
        project.undo()
        assert verdicts(project)["D8"] is Verdict.WARN
        project.execute(SetField("project", 1, "sponsor_agreed", False))
        assert verdicts(project)["D8"] is Verdict.OK
        assert data(project, "D8") == "Last steering decision on 5\xa0Nov"


def test_d9_is_told_in_sums_and_never_who() -> None:
    with planted("D9") as project:
        own = project.reader.value(
            "SELECT sum(f.created) FROM action_fact f JOIN account a ON a.id = f.account_id"
            " JOIN profile p ON p.id = a.profile_id WHERE p.kind = 'field'"
            " AND date(f.day * 86400, 'unixepoch') LIKE '2026-10-%'"
        )
        typed = project.reader.value("SELECT sum(created) FROM owned_fact WHERE month = 202610")
        total = own + typed
        assert data(project, "D9") == (
            "32 of 66 salespeople in 1 department have 50% or more typed by assistants;"
            f" {round(typed / total * 100)}% of the {total} records created by assistants"
        )


def test_d12_compares_quarters_and_the_trained_share() -> None:
    with planted("D12") as project:
        dates = project.reader.select("SELECT delivered_on FROM feature")
        last = sum(day > "2026-08-24" for (day,) in dates)
        before = sum("2026-05-25" < day <= "2026-08-24" for (day,) in dates)
        assert data(project, "D12") == (
            f"{before} → {last} features delivered by quarter;"
            " 20% of their users trained on average; 4 features under 50%"
        )


# thresholds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trouble", "name", "value"),
    [
        ("D1", "contacts", 90),
        ("D1", "acting", 5),
        ("D1 quiet", "quiet", 40),
        ("D2", "days", 200),
        ("D3", "licences", 60),
        ("D3", "low", 10),
        ("D3", "pilot", 90),
        ("D5 minutes", "minutes", 10),
        ("D6", "drop", 50),
        ("D6", "months", 4),
        ("D8", "days", 90),
        ("D8 sponsor", "logins", 10),
        ("D9", "share", 95),
        ("D12", "trained", 10),
    ],
)
def test_a_threshold_changes_the_verdict_and_undo_gives_it_back(
    trouble: str, name: str, value: int
) -> None:
    with planted(trouble) as project:
        rule = trouble.split()[0]
        assert not found(project)[rule].changed
        project.execute(SetThreshold(rule, name, value))
        check = found(project)[rule]
        assert check.verdict is not Verdict.WARN
        assert check.changed
        assert str(value) in EN.show(check.says)
        project.undo()
        assert found(project)[rule].verdict is Verdict.WARN
        project.redo()
        project.execute(ResetThreshold(rule, name))
        assert found(project)[rule].verdict is Verdict.WARN


def test_every_threshold_is_declared_once_within_its_range_and_said_in_its_rule() -> None:
    assert len({(one.rule, one.name) for one in DECLARED}) == len(DECLARED)
    with planted() as project:
        for one in DECLARED:
            assert one.low <= one.default <= one.high
            if one.rule != "any":
                assert str(one.default) in EN.show(found(project)[one.rule].says), one


def test_a_value_out_of_range_is_refused_and_the_default_is_not_stored() -> None:
    with planted() as project:
        with pytest.raises(UserError, match="from 1 to 100"):
            project.execute(SetThreshold("D2", "used", 101))
        with pytest.raises(UserError, match="no threshold"):
            project.execute(SetThreshold("D2", "nothing", 5))
        project.execute(SetThreshold("D2", "used", 20))
        project.execute(SetThreshold("D2", "used", 25))
        assert project.reader.select("SELECT rule, name, value FROM threshold") == [
            ("D2", "used", 25)
        ]
        project.execute(SetThreshold("D2", "used", 15))
        assert not project.reader.select("SELECT * FROM threshold")
        assert not any(row.changed for row in thresholds(project.reader))


# what one can do ---------------------------------------------------------------------------------


def test_a_sign_put_aside_leaves_the_warnings_until_it_is_woken() -> None:
    with planted("D2") as project:
        check = found(project)["D2"]
        with pytest.raises(UserError):
            project.execute(Snooze(check.rule, check.subject, "  ", TODAY))
        assert "D2" in {w.rule for w in warnings.warnings(project.reader, TODAY)}
        project.execute(Snooze(check.rule, check.subject, "A new version in May", TODAY, TODAY))
        quiet = found(project)["D2"]
        assert quiet.verdict is Verdict.SNOOZED
        assert quiet.snooze is not None
        assert quiet.snooze.reason == "A new version in May"
        assert "D2" not in {w.rule for w in warnings.warnings(project.reader, TODAY)}
        assert verdicts(project, TODAY + dt.timedelta(days=1))["D2"] is Verdict.WARN
        project.execute(WakeUp(quiet.snooze.id))
        assert found(project)["D2"].verdict is Verdict.WARN


def plan(check: Check, title: str) -> PlanAction:
    return PlanAction(
        check.rule, check.subject, title, TODAY, "Answers to warnings", start=D("2026-12-01")
    )


def test_an_action_becomes_a_task_of_the_plan_and_undo_takes_both_back() -> None:
    with planted("D2") as project:
        check = found(project)["D2"]
        before = project.reader.value("SELECT count(*) FROM task")
        task = project.execute(plan(check, "Show the quotes"))
        row = project.reader.one("SELECT title, parent_id, start FROM task WHERE id = ?", task)
        assert row is not None
        assert (row[0], row[2]) == ("Show the quotes", "2026-12-01")
        phase = project.reader.one("SELECT kind, pillar, title FROM task WHERE id = ?", row[1])
        assert phase == (TaskKind.PHASE, Pillar.ADOPTION, "Answers to warnings")
        (planned,) = found(project)["D2"].tasks
        assert (planned.id, planned.title) == (task, "Show the quotes")
        second = project.execute(plan(check, "Ask the users"))
        parents = project.reader.select(
            "SELECT DISTINCT parent_id FROM task WHERE id IN (?, ?)", task, second
        )
        assert parents == [(row[1],)]
        assert len(found(project)["D2"].tasks) == 2
        project.undo()
        project.undo()
        assert project.reader.value("SELECT count(*) FROM task") == before
        assert not found(project)["D2"].tasks
        assert not project.reader.select("SELECT * FROM sign_action")


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"start": D("2026-12-05"), "finish": D("2026-12-01")}],
)
def test_an_action_without_title_or_ending_before_it_starts_is_refused(
    wrong: dict[str, object],
) -> None:
    with planted() as project:
        values = {"title": "Help", **wrong}
        before = project.reader.value("SELECT count(*) FROM task")
        with pytest.raises(UserError):
            project.execute(PlanAction("D2", "", today=TODAY, phase_title="Answers", **values))  # type: ignore[arg-type]
        assert project.reader.value("SELECT count(*) FROM task") == before


def test_a_task_taken_off_a_warning_stays_in_the_plan() -> None:
    with planted("D2") as project:
        check = found(project)["D2"]
        task = project.execute(plan(check, "Show the quotes"))
        project.execute(UnlinkAction(check.rule, check.subject, task))
        assert not found(project)["D2"].tasks
        assert project.reader.value("SELECT title FROM task WHERE id = ?", task)


def test_warnings_and_whys_tell_the_same_as_the_sign() -> None:
    with planted("D3") as project:
        check = found(project)["D3"]
        (told,) = [w for w in warnings.warnings(project.reader, TODAY) if w.rule == "D3"]
        assert (told.title, told.data, told.screen) == (check.title, check.data, "adoption")
        whys = explained.explained(project.reader, TODAY)
        assert whys["warning.D3"].rule == check.says
        assert whys["warning.D3"].period == check.period
        assert whys["check.D3"].data == check.data
        assert "signs" in whys


REMEMBERED: list[tuple[str, Callable[[Project], object]]] = [
    ("project", lambda p: p.execute(SetField("project", 1, "rival_bought", True))),
    ("threshold", lambda p: p.execute(SetThreshold("D3", "low", 10))),
    ("wave", lambda p: p.execute(SetField("wave", 1, "pilot", False))),
]


@pytest.mark.parametrize(("table", "edit"), REMEMBERED, ids=[name for name, _ in REMEMBERED])
def test_an_edit_of_what_a_sign_reads_is_seen(
    table: str, edit: Callable[[Project], object]
) -> None:
    with planted("D3") as project:
        before = found(project)["D3"]
        edit(project)
        assert found(project)["D3"] != before
