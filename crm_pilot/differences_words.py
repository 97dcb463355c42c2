"""How many rows of each table were added, changed and removed, in words; what came by import."""

from __future__ import annotations

from crm_pilot.i18n import Message, nmsg

Words = tuple[Message, Message, Message]  # added, changed, removed
WORDS: dict[str, Words] = {  # tables in the order in which they are told
    "task": (
        nmsg("{n} task added", "{n} tasks added", 0),
        nmsg("{n} task changed", "{n} tasks changed", 0),
        nmsg("{n} task removed", "{n} tasks removed", 0),
    ),
    "link": (
        nmsg("{n} link between tasks added", "{n} links between tasks added", 0),
        nmsg("{n} link between tasks changed", "{n} links between tasks changed", 0),
        nmsg("{n} link between tasks removed", "{n} links between tasks removed", 0),
    ),
    "baseline": (
        nmsg("{n} reference plan added", "{n} reference plans added", 0),
        nmsg("{n} reference plan changed", "{n} reference plans changed", 0),
        nmsg("{n} reference plan removed", "{n} reference plans removed", 0),
    ),
    "baseline_task": (
        nmsg("{n} reference date added", "{n} reference dates added", 0),
        nmsg("{n} reference date changed", "{n} reference dates changed", 0),
        nmsg("{n} reference date removed", "{n} reference dates removed", 0),
    ),
    "forecast": (
        nmsg("{n} milestone forecast added", "{n} milestone forecasts added", 0),
        nmsg("{n} milestone forecast changed", "{n} milestone forecasts changed", 0),
        nmsg("{n} milestone forecast removed", "{n} milestone forecasts removed", 0),
    ),
    "wave": (
        nmsg("{n} wave added", "{n} waves added", 0),
        nmsg("{n} wave changed", "{n} waves changed", 0),
        nmsg("{n} wave removed", "{n} waves removed", 0),
    ),
    "assignment": (
        nmsg("{n} assignment added", "{n} assignments added", 0),
        nmsg("{n} assignment changed", "{n} assignments changed", 0),
        nmsg("{n} assignment removed", "{n} assignments removed", 0),
    ),
    "calendar": (
        nmsg("{n} calendar added", "{n} calendars added", 0),
        nmsg("{n} calendar changed", "{n} calendars changed", 0),
        nmsg("{n} calendar removed", "{n} calendars removed", 0),
    ),
    "calendar_exception": (
        nmsg("{n} exception of a calendar added", "{n} exceptions of calendars added", 0),
        nmsg("{n} exception of a calendar changed", "{n} exceptions of calendars changed", 0),
        nmsg("{n} exception of a calendar removed", "{n} exceptions of calendars removed", 0),
    ),
    "absence": (
        nmsg("{n} absence added", "{n} absences added", 0),
        nmsg("{n} absence changed", "{n} absences changed", 0),
        nmsg("{n} absence removed", "{n} absences removed", 0),
    ),
    "plan_part": (
        nmsg("{n} kept part of a plan file added", "{n} kept parts of plan files added", 0),
        nmsg("{n} kept part of a plan file changed", "{n} kept parts of plan files changed", 0),
        nmsg("{n} kept part of a plan file removed", "{n} kept parts of plan files removed", 0),
    ),
    "stakeholder": (
        nmsg("{n} stakeholder added", "{n} stakeholders added", 0),
        nmsg("{n} stakeholder changed", "{n} stakeholders changed", 0),
        nmsg("{n} stakeholder removed", "{n} stakeholders removed", 0),
    ),
    "rating": (
        nmsg("{n} rating added", "{n} ratings added", 0),
        nmsg("{n} rating changed", "{n} ratings changed", 0),
        nmsg("{n} rating removed", "{n} ratings removed", 0),
    ),
    "zone_cell": (
        nmsg("{n} cell of the map added", "{n} cells of the map added", 0),
        nmsg("{n} cell of the map changed", "{n} cells of the map changed", 0),
        nmsg("{n} cell of the map removed", "{n} cells of the map removed", 0),
    ),
    "stakeholder_tie": (
        nmsg("{n} tie between units added", "{n} ties between units added", 0),
        nmsg("{n} tie between units changed", "{n} ties between units changed", 0),
        nmsg("{n} tie between units removed", "{n} ties between units removed", 0),
    ),
    "zone_advice": (
        nmsg("{n} advice on a zone added", "{n} advices on zones added", 0),
        nmsg("{n} advice on a zone changed", "{n} advices on zones changed", 0),
        nmsg("{n} advice on a zone removed", "{n} advices on zones removed", 0),
    ),
    "lateral_project": (
        nmsg("{n} lateral project added", "{n} lateral projects added", 0),
        nmsg("{n} lateral project changed", "{n} lateral projects changed", 0),
        nmsg("{n} lateral project removed", "{n} lateral projects removed", 0),
    ),
    "influence": (
        nmsg("{n} influence action added", "{n} influence actions added", 0),
        nmsg("{n} influence action changed", "{n} influence actions changed", 0),
        nmsg("{n} influence action removed", "{n} influence actions removed", 0),
    ),
    "position_count": (
        nmsg("{n} anonymous count added", "{n} anonymous counts added", 0),
        nmsg("{n} anonymous count changed", "{n} anonymous counts changed", 0),
        nmsg("{n} anonymous count removed", "{n} anonymous counts removed", 0),
    ),
    "snooze": (
        nmsg("{n} warning put aside", "{n} warnings put aside", 0),
        nmsg("{n} put-aside warning changed", "{n} put-aside warnings changed", 0),
        nmsg("{n} put-aside warning taken up again", "{n} put-aside warnings taken up again", 0),
    ),
    "course": (
        nmsg("{n} course added", "{n} courses added", 0),
        nmsg("{n} course changed", "{n} courses changed", 0),
        nmsg("{n} course removed", "{n} courses removed", 0),
    ),
    "training_session": (
        nmsg("{n} training session added", "{n} training sessions added", 0),
        nmsg("{n} training session changed", "{n} training sessions changed", 0),
        nmsg("{n} training session removed", "{n} training sessions removed", 0),
    ),
    "attendance": (
        nmsg("{n} attendance added", "{n} attendances added", 0),
        nmsg("{n} attendance changed", "{n} attendances changed", 0),
        nmsg("{n} attendance removed", "{n} attendances removed", 0),
    ),
    "department": (
        nmsg("{n} department added", "{n} departments added", 0),
        nmsg("{n} department changed", "{n} departments changed", 0),
        nmsg("{n} department removed", "{n} departments removed", 0),
    ),
    "profile": (
        nmsg("{n} profile added", "{n} profiles added", 0),
        nmsg("{n} profile changed", "{n} profiles changed", 0),
        nmsg("{n} profile removed", "{n} profiles removed", 0),
    ),
    "person": (
        nmsg("{n} person added", "{n} persons added", 0),
        nmsg("{n} person changed", "{n} persons changed", 0),
        nmsg("{n} person removed", "{n} persons removed", 0),
    ),
    "account": (
        nmsg("{n} account added", "{n} accounts added", 0),
        nmsg("{n} account changed", "{n} accounts changed", 0),
        nmsg("{n} account removed", "{n} accounts removed", 0),
    ),
    "role": (
        nmsg("{n} role added", "{n} roles added", 0),
        nmsg("{n} role changed", "{n} roles changed", 0),
        nmsg("{n} role removed", "{n} roles removed", 0),
    ),
    "feature": (
        nmsg("{n} feature added", "{n} features added", 0),
        nmsg("{n} feature changed", "{n} features changed", 0),
        nmsg("{n} feature removed", "{n} features removed", 0),
    ),
    "crm_object": (
        nmsg("{n} object of the CRM added", "{n} objects of the CRM added", 0),
        nmsg("{n} object of the CRM changed", "{n} objects of the CRM changed", 0),
        nmsg("{n} object of the CRM removed", "{n} objects of the CRM removed", 0),
    ),
    "feature_object": (
        nmsg("{n} object of a feature added", "{n} objects of features added", 0),
        nmsg("{n} object of a feature changed", "{n} objects of features changed", 0),
        nmsg("{n} object of a feature removed", "{n} objects of features removed", 0),
    ),
    "feature_profile": (
        nmsg("{n} profile of a feature added", "{n} profiles of features added", 0),
        nmsg("{n} profile of a feature changed", "{n} profiles of features changed", 0),
        nmsg("{n} profile of a feature removed", "{n} profiles of features removed", 0),
    ),
    "passage": (
        nmsg("{n} mandatory passage added", "{n} mandatory passages added", 0),
        nmsg("{n} mandatory passage changed", "{n} mandatory passages changed", 0),
        nmsg("{n} mandatory passage removed", "{n} mandatory passages removed", 0),
    ),
    "completeness": (
        nmsg("{n} measure of completeness added", "{n} measures of completeness added", 0),
        nmsg("{n} measure of completeness changed", "{n} measures of completeness changed", 0),
        nmsg("{n} measure of completeness removed", "{n} measures of completeness removed", 0),
    ),
    "support": (
        nmsg("{n} support case added", "{n} support cases added", 0),
        nmsg("{n} support case changed", "{n} support cases changed", 0),
        nmsg("{n} support case removed", "{n} support cases removed", 0),
    ),
    "login_rule": (
        nmsg("{n} rule about logins added", "{n} rules about logins added", 0),
        nmsg("{n} rule about logins changed", "{n} rules about logins changed", 0),
        nmsg("{n} rule about logins removed", "{n} rules about logins removed", 0),
    ),
    "use_total": (
        nmsg("{n} monthly total of use added", "{n} monthly totals of use added", 0),
        nmsg("{n} monthly total of use changed", "{n} monthly totals of use changed", 0),
        nmsg("{n} monthly total of use removed", "{n} monthly totals of use removed", 0),
    ),
    "action_total": (
        nmsg("{n} monthly total of records added", "{n} monthly totals of records added", 0),
        nmsg("{n} monthly total of records changed", "{n} monthly totals of records changed", 0),
        nmsg("{n} monthly total of records removed", "{n} monthly totals of records removed", 0),
    ),
    "threshold": (
        nmsg("{n} threshold added", "{n} thresholds added", 0),
        nmsg("{n} threshold changed", "{n} thresholds changed", 0),
        nmsg("{n} threshold removed", "{n} thresholds removed", 0),
    ),
    "sign_action": (
        nmsg("{n} answer to a warning added", "{n} answers to warnings added", 0),
        nmsg("{n} answer to a warning changed", "{n} answers to warnings changed", 0),
        nmsg("{n} answer to a warning removed", "{n} answers to warnings removed", 0),
    ),
    "course_feature": (
        nmsg("{n} feature of a course added", "{n} features of courses added", 0),
        nmsg("{n} feature of a course changed", "{n} features of courses changed", 0),
        nmsg("{n} feature of a course removed", "{n} features of courses removed", 0),
    ),
    "course_profile": (
        nmsg("{n} profile of a course added", "{n} profiles of courses added", 0),
        nmsg("{n} profile of a course changed", "{n} profiles of courses changed", 0),
        nmsg("{n} profile of a course removed", "{n} profiles of courses removed", 0),
    ),
    "session_half": (
        nmsg("{n} half-day added", "{n} half-days added", 0),
        nmsg("{n} half-day changed", "{n} half-days changed", 0),
        nmsg("{n} half-day removed", "{n} half-days removed", 0),
    ),
    "half_presence": (
        nmsg("{n} presence on a half-day added", "{n} presences on half-days added", 0),
        nmsg("{n} presence on a half-day changed", "{n} presences on half-days changed", 0),
        nmsg("{n} presence on a half-day removed", "{n} presences on half-days removed", 0),
    ),
    "waiting": (
        nmsg("{n} place on a waiting list added", "{n} places on waiting lists added", 0),
        nmsg("{n} place on a waiting list changed", "{n} places on waiting lists changed", 0),
        nmsg("{n} place on a waiting list removed", "{n} places on waiting lists removed", 0),
    ),
    "evaluation": (
        nmsg("{n} evaluation added", "{n} evaluations added", 0),
        nmsg("{n} evaluation changed", "{n} evaluations changed", 0),
        nmsg("{n} evaluation removed", "{n} evaluations removed", 0),
    ),
    "quiz_result": (
        nmsg("{n} quiz result added", "{n} quiz results added", 0),
        nmsg("{n} quiz result changed", "{n} quiz results changed", 0),
        nmsg("{n} quiz result removed", "{n} quiz results removed", 0),
    ),
    "objective": (
        nmsg("{n} objective added", "{n} objectives added", 0),
        nmsg("{n} objective changed", "{n} objectives changed", 0),
        nmsg("{n} objective removed", "{n} objectives removed", 0),
    ),
    "objective_measure": (
        nmsg("{n} measure of an objective added", "{n} measures of objectives added", 0),
        nmsg("{n} measure of an objective changed", "{n} measures of objectives changed", 0),
        nmsg("{n} measure of an objective removed", "{n} measures of objectives removed", 0),
    ),
    "ticket": (
        nmsg("{n} ticket added", "{n} tickets added", 0),
        nmsg("{n} ticket changed", "{n} tickets changed", 0),
        nmsg("{n} ticket removed", "{n} tickets removed", 0),
    ),
    "ticket_event": (
        nmsg("{n} step of a ticket added", "{n} steps of tickets added", 0),
        nmsg("{n} step of a ticket changed", "{n} steps of tickets changed", 0),
        nmsg("{n} step of a ticket removed", "{n} steps of tickets removed", 0),
    ),
    "priority_cell": (
        nmsg("{n} priority rule added", "{n} priority rules added", 0),
        nmsg("{n} priority rule changed", "{n} priority rules changed", 0),
        nmsg("{n} priority rule removed", "{n} priority rules removed", 0),
    ),
    "committee": (
        nmsg("{n} committee added", "{n} committees added", 0),
        nmsg("{n} committee changed", "{n} committees changed", 0),
        nmsg("{n} committee removed", "{n} committees removed", 0),
    ),
    "weather_record": (
        nmsg("{n} weather added", "{n} weathers added", 0),
        nmsg("{n} weather changed", "{n} weathers changed", 0),
        nmsg("{n} weather removed", "{n} weathers removed", 0),
    ),
    "decision": (
        nmsg("{n} decision added", "{n} decisions added", 0),
        nmsg("{n} decision changed", "{n} decisions changed", 0),
        nmsg("{n} decision removed", "{n} decisions removed", 0),
    ),
    "risk": (
        nmsg("{n} risk added", "{n} risks added", 0),
        nmsg("{n} risk changed", "{n} risks changed", 0),
        nmsg("{n} risk removed", "{n} risks removed", 0),
    ),
    "highlight": (
        nmsg("{n} highlight added", "{n} highlights added", 0),
        nmsg("{n} highlight changed", "{n} highlights changed", 0),
        nmsg("{n} highlight removed", "{n} highlights removed", 0),
    ),
    "budget_line": (
        nmsg("{n} budget line added", "{n} budget lines added", 0),
        nmsg("{n} budget line changed", "{n} budget lines changed", 0),
        nmsg("{n} budget line removed", "{n} budget lines removed", 0),
    ),
    "agenda_item": (
        nmsg("{n} point of an agenda added", "{n} points of agendas added", 0),
        nmsg("{n} point of an agenda changed", "{n} points of agendas changed", 0),
        nmsg("{n} point of an agenda removed", "{n} points of agendas removed", 0),
    ),
    "participant": (
        nmsg("{n} participant of a committee added", "{n} participants of committees added", 0),
        nmsg("{n} participant of a committee changed", "{n} participants of committees changed", 0),
        nmsg("{n} participant of a committee removed", "{n} participants of committees removed", 0),
    ),
    "committee_action": (
        nmsg("{n} action of a committee added", "{n} actions of committees added", 0),
        nmsg("{n} action of a committee changed", "{n} actions of committees changed", 0),
        nmsg("{n} action of a committee removed", "{n} actions of committees removed", 0),
    ),
    "risk_rating": (
        nmsg("{n} rating of a risk added", "{n} ratings of risks added", 0),
        nmsg("{n} rating of a risk changed", "{n} ratings of risks changed", 0),
        nmsg("{n} rating of a risk removed", "{n} ratings of risks removed", 0),
    ),
    "problem": (
        nmsg("{n} problem added", "{n} problems added", 0),
        nmsg("{n} problem changed", "{n} problems changed", 0),
        nmsg("{n} problem removed", "{n} problems removed", 0),
    ),
    "raci_item": (
        nmsg("{n} line of the RACI added", "{n} lines of the RACI added", 0),
        nmsg("{n} line of the RACI changed", "{n} lines of the RACI changed", 0),
        nmsg("{n} line of the RACI removed", "{n} lines of the RACI removed", 0),
    ),
    "raci_actor": (
        nmsg("{n} column of the RACI added", "{n} columns of the RACI added", 0),
        nmsg("{n} column of the RACI changed", "{n} columns of the RACI changed", 0),
        nmsg("{n} column of the RACI removed", "{n} columns of the RACI removed", 0),
    ),
    "raci_cell": (
        nmsg("{n} letter of the RACI added", "{n} letters of the RACI added", 0),
        nmsg("{n} letter of the RACI changed", "{n} letters of the RACI changed", 0),
        nmsg("{n} letter of the RACI removed", "{n} letters of the RACI removed", 0),
    ),
    "budget_estimate": (
        nmsg("{n} estimate of a budget line added", "{n} estimates of budget lines added", 0),
        nmsg("{n} estimate of a budget line changed", "{n} estimates of budget lines changed", 0),
        nmsg("{n} estimate of a budget line removed", "{n} estimates of budget lines removed", 0),
    ),
    "budget_plan": (
        nmsg("{n} planned month of the budget added", "{n} planned months of the budget added", 0),
        nmsg(
            "{n} planned month of the budget changed", "{n} planned months of the budget changed", 0
        ),
        nmsg(
            "{n} planned month of the budget removed", "{n} planned months of the budget removed", 0
        ),
    ),
    "report_section": (
        nmsg("{n} choice of a section added", "{n} choices of sections added", 0),
        nmsg("{n} choice of a section changed", "{n} choices of sections changed", 0),
        nmsg("{n} choice of a section removed", "{n} choices of sections removed", 0),
    ),
    "report_look": (
        nmsg("{n} look of the documents added", "{n} looks of the documents added", 0),
        nmsg("{n} look of the documents changed", "{n} looks of the documents changed", 0),
        nmsg("{n} look of the documents removed", "{n} looks of the documents removed", 0),
    ),
    "report_issue": (
        nmsg("{n} report issued", "{n} reports issued", 0),
        nmsg("{n} issued report withdrawn", "{n} issued reports withdrawn", 0),
        nmsg("{n} issued report removed", "{n} issued reports removed", 0),
    ),
    "report_file": (
        nmsg("{n} file of an issued report added", "{n} files of issued reports added", 0),
        nmsg("{n} file of an issued report changed", "{n} files of issued reports changed", 0),
        nmsg("{n} file of an issued report removed", "{n} files of issued reports removed", 0),
    ),
    "headline": (
        nmsg("{n} sentence of a screen added", "{n} sentences of screens added", 0),
        nmsg("{n} sentence of a screen changed", "{n} sentences of screens changed", 0),
        nmsg("{n} sentence of a screen removed", "{n} sentences of screens removed", 0),
    ),
    "import_batch": (
        nmsg("{n} import added", "{n} imports added", 0),
        nmsg("{n} import changed", "{n} imports changed", 0),
        nmsg("{n} import removed", "{n} imports removed", 0),
    ),
    "login_fact": (
        nmsg("{n} login day added", "{n} login days added", 0),
        nmsg("{n} login day changed", "{n} login days changed", 0),
        nmsg("{n} login day removed", "{n} login days removed", 0),
    ),
    "action_fact": (
        nmsg("{n} record of use added", "{n} records of use added", 0),
        nmsg("{n} record of use changed", "{n} records of use changed", 0),
        nmsg("{n} record of use removed", "{n} records of use removed", 0),
    ),
}
IMPORTED = {  # by table, when a batch of one of these kinds was added
    "ticket": (("tickets",), nmsg("{n} ticket imported", "{n} tickets imported", 0)),
    "login_fact": (
        ("logins", "actions"),
        nmsg("{n} login day imported", "{n} login days imported", 0),
    ),
    "action_fact": (
        ("logins", "actions"),
        nmsg("{n} record of use imported", "{n} records of use imported", 0),
    ),
    "person": (("people",), nmsg("{n} person imported", "{n} persons imported", 0)),
}
FOLLOWERS = {  # said only when what they belong to is not
    "baseline_task": ("baseline",),
    "ticket_event": ("ticket",),
    "half_presence": ("attendance",),
    "risk_rating": ("risk",),
    "raci_cell": ("raci_item", "raci_actor"),
    "budget_estimate": ("budget_line",),
    "budget_plan": ("budget_line",),
    "report_file": ("report_issue",),
}
