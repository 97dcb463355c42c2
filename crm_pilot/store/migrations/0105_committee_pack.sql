-- Format 1.5: committees of several kinds with agenda and participants, actions of committees,
-- ratings of risks, problems, RACI, budget re-estimated by period and in person-days, and reports
-- issued for good.

CREATE TABLE new_committee (
	id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	held_on TEXT NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	kind TEXT DEFAULT 'steering' NOT NULL CONSTRAINT ck_committee_kind CHECK ("kind" IN ('steering', 'project', 'technical', 'users')),
	starts_minute INTEGER CONSTRAINT ck_committee_starts_minute CHECK ("starts_minute" >= 0 AND "starts_minute" <= 1439),
	minutes INTEGER CONSTRAINT ck_committee_minutes CHECK ("minutes" >= 1 AND "minutes" <= 1440),
	place TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_committee_kind_number UNIQUE (kind, number)
) STRICT;
INSERT INTO new_committee (id, number, held_on, note) SELECT id, number, held_on, note FROM committee;
DROP TABLE committee;
ALTER TABLE new_committee RENAME TO committee;

ALTER TABLE decision ADD COLUMN context TEXT DEFAULT '' NOT NULL;
ALTER TABLE decision ADD COLUMN evidence TEXT DEFAULT '' NOT NULL;
ALTER TABLE decision ADD COLUMN decided_on TEXT;
ALTER TABLE decision ADD COLUMN closed_on TEXT;
ALTER TABLE risk ADD COLUMN response_kind TEXT CONSTRAINT ck_risk_response_kind CHECK ("response_kind" IN ('avoid', 'reduce', 'transfer', 'accept'));
ALTER TABLE risk ADD COLUMN noted_on TEXT;
ALTER TABLE risk ADD COLUMN due_on TEXT;
ALTER TABLE risk ADD COLUMN closed_on TEXT;
ALTER TABLE budget_line ADD COLUMN kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_budget_line_kind CHECK ("kind" IN ('licences', 'integrator', 'internal', 'training', 'maintenance', 'other'));
ALTER TABLE budget_line ADD COLUMN effort TEXT CONSTRAINT ck_budget_line_effort CHECK ("effort" IN ('technology', 'process', 'people'));
ALTER TABLE budget_line ADD COLUMN starts_on TEXT;
ALTER TABLE budget_line ADD COLUMN ends_on TEXT;
ALTER TABLE budget_line ADD COLUMN baseline_days INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE budget_line ADD COLUMN spent_days INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE budget_line ADD COLUMN remaining_days INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE budget_line ADD COLUMN done_percent INTEGER CONSTRAINT ck_budget_line_done_percent CHECK ("done_percent" >= 0 AND "done_percent" <= 100);

CREATE TABLE agenda_item (
	id INTEGER NOT NULL,
	committee_id INTEGER NOT NULL,
	position INTEGER DEFAULT '0' NOT NULL,
	title TEXT NOT NULL CONSTRAINT ck_agenda_item_title CHECK ("title" <> ''),
	presenter TEXT DEFAULT '' NOT NULL,
	minutes INTEGER CONSTRAINT ck_agenda_item_minutes CHECK ("minutes" >= 1 AND "minutes" <= 1440),
	outcome TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT fk_agenda_item_committee_id FOREIGN KEY(committee_id) REFERENCES committee (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_agenda_item_committee_id ON agenda_item (committee_id);

CREATE TABLE participant (
	id INTEGER NOT NULL,
	committee_id INTEGER NOT NULL,
	person_id INTEGER,
	position INTEGER DEFAULT '0' NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_participant_name CHECK ("name" <> ''),
	role TEXT DEFAULT '' NOT NULL,
	presence TEXT DEFAULT 'invited' NOT NULL CONSTRAINT ck_participant_presence CHECK ("presence" IN ('invited', 'present', 'represented', 'excused', 'absent')),
	PRIMARY KEY (id),
	CONSTRAINT fk_participant_committee_id FOREIGN KEY(committee_id) REFERENCES committee (id) ON DELETE CASCADE,
	CONSTRAINT fk_participant_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_participant_committee_id ON participant (committee_id);
CREATE INDEX ix_participant_person_id ON participant (person_id);

CREATE TABLE committee_action (
	id INTEGER NOT NULL,
	code TEXT NOT NULL,
	task_id INTEGER NOT NULL,
	committee_id INTEGER,
	decision_id INTEGER,
	risk_id INTEGER,
	problem_id INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT uq_committee_action_code UNIQUE (code),
	CONSTRAINT fk_committee_action_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE,
	CONSTRAINT fk_committee_action_committee_id FOREIGN KEY(committee_id) REFERENCES committee (id) ON DELETE SET NULL,
	CONSTRAINT fk_committee_action_decision_id FOREIGN KEY(decision_id) REFERENCES decision (id) ON DELETE SET NULL,
	CONSTRAINT fk_committee_action_risk_id FOREIGN KEY(risk_id) REFERENCES risk (id) ON DELETE SET NULL,
	CONSTRAINT fk_committee_action_problem_id FOREIGN KEY(problem_id) REFERENCES problem (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_committee_action_committee_id ON committee_action (committee_id);
CREATE INDEX ix_committee_action_decision_id ON committee_action (decision_id);
CREATE INDEX ix_committee_action_problem_id ON committee_action (problem_id);
CREATE INDEX ix_committee_action_risk_id ON committee_action (risk_id);
CREATE INDEX ix_committee_action_task_id ON committee_action (task_id);

CREATE TABLE risk_rating (
	id INTEGER NOT NULL,
	risk_id INTEGER NOT NULL,
	rated_on TEXT NOT NULL,
	probability INTEGER NOT NULL CONSTRAINT ck_risk_rating_probability CHECK ("probability" >= 1 AND "probability" <= 4),
	impact INTEGER NOT NULL CONSTRAINT ck_risk_rating_impact CHECK ("impact" >= 1 AND "impact" <= 4),
	PRIMARY KEY (id),
	CONSTRAINT uq_risk_rating_risk_id_rated_on UNIQUE (risk_id, rated_on),
	CONSTRAINT fk_risk_rating_risk_id FOREIGN KEY(risk_id) REFERENCES risk (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_risk_rating_risk_id ON risk_rating (risk_id);

CREATE TABLE problem (
	id INTEGER NOT NULL,
	code TEXT NOT NULL,
	title TEXT NOT NULL CONSTRAINT ck_problem_title CHECK ("title" <> ''),
	response TEXT DEFAULT '' NOT NULL,
	severity INTEGER DEFAULT '2' NOT NULL CONSTRAINT ck_problem_severity CHECK ("severity" >= 1 AND "severity" <= 4),
	owner TEXT DEFAULT '' NOT NULL,
	raised_on TEXT NOT NULL,
	due_on TEXT,
	closed_on TEXT,
	status TEXT DEFAULT 'open' NOT NULL CONSTRAINT ck_problem_status CHECK ("status" IN ('open', 'in_progress', 'closed')),
	risk_id INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT uq_problem_code UNIQUE (code),
	CONSTRAINT fk_problem_risk_id FOREIGN KEY(risk_id) REFERENCES risk (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_problem_risk_id ON problem (risk_id);

CREATE TABLE raci_item (
	id INTEGER NOT NULL,
	position INTEGER DEFAULT '0' NOT NULL,
	title TEXT NOT NULL CONSTRAINT ck_raci_item_title CHECK ("title" <> ''),
	task_id INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT fk_raci_item_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_raci_item_task_id ON raci_item (task_id);

CREATE TABLE raci_actor (
	id INTEGER NOT NULL,
	position INTEGER DEFAULT '0' NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_raci_actor_name CHECK ("name" <> ''),
	person_id INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT fk_raci_actor_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_raci_actor_person_id ON raci_actor (person_id);

CREATE TABLE raci_cell (
	id INTEGER NOT NULL,
	item_id INTEGER NOT NULL,
	actor_id INTEGER NOT NULL,
	letter TEXT NOT NULL CONSTRAINT ck_raci_cell_letter CHECK ("letter" IN ('R', 'A', 'AR', 'C', 'I')),
	PRIMARY KEY (id),
	CONSTRAINT uq_raci_cell_item_id_actor_id UNIQUE (item_id, actor_id),
	CONSTRAINT fk_raci_cell_item_id FOREIGN KEY(item_id) REFERENCES raci_item (id) ON DELETE CASCADE,
	CONSTRAINT fk_raci_cell_actor_id FOREIGN KEY(actor_id) REFERENCES raci_actor (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_raci_cell_actor_id ON raci_cell (actor_id);
CREATE INDEX ix_raci_cell_item_id ON raci_cell (item_id);

CREATE TABLE budget_estimate (
	id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	as_of TEXT NOT NULL,
	spent_cents INTEGER DEFAULT '0' NOT NULL,
	remaining_cents INTEGER DEFAULT '0' NOT NULL,
	spent_days INTEGER DEFAULT '0' NOT NULL,
	remaining_days INTEGER DEFAULT '0' NOT NULL,
	done_percent INTEGER CONSTRAINT ck_budget_estimate_done_percent CHECK ("done_percent" >= 0 AND "done_percent" <= 100),
	reason TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_budget_estimate_line_id_as_of UNIQUE (line_id, as_of),
	CONSTRAINT fk_budget_estimate_line_id FOREIGN KEY(line_id) REFERENCES budget_line (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_budget_estimate_line_id ON budget_estimate (line_id);

CREATE TABLE budget_plan (
	id INTEGER NOT NULL,
	line_id INTEGER NOT NULL,
	month INTEGER NOT NULL CONSTRAINT ck_budget_plan_month CHECK ("month" >= 197001 AND "month" <= 999912),
	planned_cents INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_budget_plan_line_id_month UNIQUE (line_id, month),
	CONSTRAINT fk_budget_plan_line_id FOREIGN KEY(line_id) REFERENCES budget_line (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_budget_plan_line_id ON budget_plan (line_id);

CREATE TABLE report_section (
	id INTEGER NOT NULL,
	document TEXT NOT NULL CONSTRAINT ck_report_section_document CHECK ("document" IN ('flash', 'committee', 'minutes', 'risks', 'actions')),
	section TEXT NOT NULL CONSTRAINT ck_report_section_section CHECK ("section" <> ''),
	position INTEGER DEFAULT '0' NOT NULL,
	shown INTEGER DEFAULT '1' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_report_section_document_section UNIQUE (document, section)
) STRICT;

CREATE TABLE report_look (
	id INTEGER NOT NULL,
	logo BLOB,
	accent TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id)
) STRICT;

CREATE TABLE report_issue (
	id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	document TEXT NOT NULL CONSTRAINT ck_report_issue_document CHECK ("document" IN ('flash', 'committee', 'minutes', 'risks', 'actions')),
	issued_at TEXT NOT NULL,
	as_of TEXT NOT NULL,
	committee INTEGER,
	title TEXT DEFAULT '' NOT NULL,
	sentence TEXT DEFAULT '' NOT NULL,
	corrects_id INTEGER,
	reason TEXT DEFAULT '' NOT NULL,
	fingerprint TEXT NOT NULL CONSTRAINT ck_report_issue_fingerprint CHECK ("fingerprint" <> ''),
	figures TEXT NOT NULL CONSTRAINT ck_report_issue_figures CHECK ("figures" <> ''),
	withdrawn_on TEXT,
	PRIMARY KEY (id),
	CONSTRAINT uq_report_issue_number UNIQUE (number),
	CONSTRAINT fk_report_issue_corrects_id FOREIGN KEY(corrects_id) REFERENCES report_issue (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_report_issue_corrects_id ON report_issue (corrects_id);

CREATE TABLE report_file (
	id INTEGER NOT NULL,
	issue_id INTEGER NOT NULL,
	language TEXT NOT NULL CONSTRAINT ck_report_file_language CHECK ("language" <> ''),
	format TEXT NOT NULL CONSTRAINT ck_report_file_format CHECK ("format" <> ''),
	pages INTEGER DEFAULT '0' NOT NULL,
	digest TEXT NOT NULL CONSTRAINT ck_report_file_digest CHECK ("digest" <> ''),
	content BLOB NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_report_file_issue_id_language_format UNIQUE (issue_id, language, format),
	CONSTRAINT fk_report_file_issue_id FOREIGN KEY(issue_id) REFERENCES report_issue (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_report_file_issue_id ON report_file (issue_id);

-- what stands in the file is the first estimate and the first rating
INSERT INTO budget_estimate (line_id, as_of, spent_cents, remaining_cents, reason)
SELECT id, coalesce((SELECT status_date FROM project), date('now', 'localtime')), spent_cents,
remaining_cents, reason FROM budget_line WHERE spent_cents <> 0 OR remaining_cents <> 0;
INSERT INTO risk_rating (risk_id, rated_on, probability, impact)
SELECT id, coalesce((SELECT status_date FROM project), date('now', 'localtime')), probability, impact
FROM risk;
