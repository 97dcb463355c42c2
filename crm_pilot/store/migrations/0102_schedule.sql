-- Version 1.2: the scheduling engine: durations, constraints, kinds of links, calendars, absences,
-- who works on what, reasons of forecasts, and parts of foreign plan files.

CREATE TABLE calendar (
	id INTEGER NOT NULL,
	name TEXT NOT NULL,
	base_id INTEGER,
	country TEXT DEFAULT '' NOT NULL,
	week TEXT DEFAULT '{}' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_calendar_name UNIQUE (name),
	CONSTRAINT fk_calendar_base_id FOREIGN KEY(base_id) REFERENCES calendar (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_calendar_base_id ON calendar (base_id);

CREATE TABLE calendar_exception (
	id INTEGER NOT NULL,
	calendar_id INTEGER NOT NULL,
	name TEXT DEFAULT '' NOT NULL,
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	shifts TEXT DEFAULT '[]' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT ck_calendar_exception_days CHECK (last >= first),
	CONSTRAINT fk_calendar_exception_calendar_id FOREIGN KEY(calendar_id) REFERENCES calendar (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_calendar_exception_calendar_id ON calendar_exception (calendar_id);

CREATE TABLE absence (
	id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	first TEXT NOT NULL,
	last TEXT NOT NULL,
	part TEXT DEFAULT 'day' NOT NULL CONSTRAINT ck_absence_part CHECK ("part" IN ('day', 'morning', 'afternoon')),
	PRIMARY KEY (id),
	CONSTRAINT ck_absence_days CHECK (last >= first),
	CONSTRAINT fk_absence_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_absence_person_id ON absence (person_id);

CREATE TABLE assignment (
	id INTEGER NOT NULL,
	task_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	units INTEGER DEFAULT '100' NOT NULL CONSTRAINT ck_assignment_units CHECK ("units" >= 0 AND "units" <= 1000),
	work INTEGER CONSTRAINT ck_assignment_work CHECK ("work" >= 0),
	remaining INTEGER CONSTRAINT ck_assignment_remaining CHECK ("remaining" >= 0),
	PRIMARY KEY (id),
	CONSTRAINT uq_assignment_task_id_person_id UNIQUE (task_id, person_id),
	CONSTRAINT fk_assignment_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE,
	CONSTRAINT fk_assignment_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_assignment_person_id ON assignment (person_id);
CREATE INDEX ix_assignment_task_id ON assignment (task_id);

CREATE TABLE plan_part (
	id INTEGER NOT NULL,
	task_id INTEGER,
	person_id INTEGER,
	calendar_id INTEGER,
	content TEXT NOT NULL CONSTRAINT ck_plan_part_content CHECK ("content" <> ''),
	PRIMARY KEY (id),
	CONSTRAINT fk_plan_part_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE,
	CONSTRAINT fk_plan_part_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE,
	CONSTRAINT fk_plan_part_calendar_id FOREIGN KEY(calendar_id) REFERENCES calendar (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_plan_part_calendar_id ON plan_part (calendar_id);
CREATE INDEX ix_plan_part_person_id ON plan_part (person_id);
CREATE INDEX ix_plan_part_task_id ON plan_part (task_id);

ALTER TABLE project ADD COLUMN calendar_id INTEGER CONSTRAINT fk_project_calendar_id REFERENCES calendar (id) ON DELETE SET NULL;
ALTER TABLE project ADD COLUMN day_minutes INTEGER DEFAULT '480' NOT NULL CONSTRAINT ck_project_day_minutes CHECK ("day_minutes" >= 1 AND "day_minutes" <= 1440);
ALTER TABLE project ADD COLUMN week_minutes INTEGER DEFAULT '2400' NOT NULL CONSTRAINT ck_project_week_minutes CHECK ("week_minutes" >= 1 AND "week_minutes" <= 10080);
ALTER TABLE project ADD COLUMN critical_slack INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE project ADD COLUMN near_slack INTEGER DEFAULT '960' NOT NULL;
ALTER TABLE project ADD COLUMN honours_constraints INTEGER DEFAULT '1' NOT NULL;
CREATE INDEX ix_project_calendar_id ON project (calendar_id);

ALTER TABLE person ADD COLUMN calendar_id INTEGER CONSTRAINT fk_person_calendar_id REFERENCES calendar (id) ON DELETE SET NULL;
ALTER TABLE person ADD COLUMN units INTEGER DEFAULT '100' NOT NULL CONSTRAINT ck_person_units CHECK ("units" >= 0 AND "units" <= 1000);
CREATE INDEX ix_person_calendar_id ON person (calendar_id);

ALTER TABLE task ADD COLUMN deliverable INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE task ADD COLUMN mode TEXT DEFAULT 'auto' NOT NULL CONSTRAINT ck_task_mode CHECK ("mode" IN ('auto', 'manual'));
ALTER TABLE task ADD COLUMN active INTEGER DEFAULT '1' NOT NULL;
ALTER TABLE task ADD COLUMN duration INTEGER CONSTRAINT ck_task_duration CHECK ("duration" >= 0);
ALTER TABLE task ADD COLUMN elapsed INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE task ADD COLUMN start_minute INTEGER CONSTRAINT ck_task_start_minute CHECK ("start_minute" >= 0 AND "start_minute" <= 1440);
ALTER TABLE task ADD COLUMN finish_minute INTEGER CONSTRAINT ck_task_finish_minute CHECK ("finish_minute" >= 0 AND "finish_minute" <= 1440);
ALTER TABLE task ADD COLUMN constraint_kind TEXT DEFAULT 'asap' NOT NULL CONSTRAINT ck_task_constraint_kind CHECK ("constraint_kind" IN ('asap', 'alap', 'mso', 'mfo', 'snet', 'snlt', 'fnet', 'fnlt'));
ALTER TABLE task ADD COLUMN constraint_at TEXT;
ALTER TABLE task ADD COLUMN deadline_at TEXT;
ALTER TABLE task ADD COLUMN calendar_id INTEGER CONSTRAINT fk_task_calendar_id REFERENCES calendar (id) ON DELETE SET NULL;
ALTER TABLE task ADD COLUMN ignores_people INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE task ADD COLUMN actual_start TEXT;
ALTER TABLE task ADD COLUMN actual_finish TEXT;
ALTER TABLE task ADD COLUMN work INTEGER CONSTRAINT ck_task_work CHECK ("work" >= 0);
ALTER TABLE task ADD COLUMN remaining INTEGER CONSTRAINT ck_task_remaining CHECK ("remaining" >= 0);
CREATE INDEX ix_task_calendar_id ON task (calendar_id);

ALTER TABLE link ADD COLUMN kind TEXT DEFAULT 'fs' NOT NULL CONSTRAINT ck_link_kind CHECK ("kind" IN ('fs', 'ss', 'ff', 'sf'));
ALTER TABLE link ADD COLUMN lag INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE link ADD COLUMN lag_unit TEXT DEFAULT 'working' NOT NULL CONSTRAINT ck_link_lag_unit CHECK ("lag_unit" IN ('working', 'elapsed', 'percent', 'elapsed_percent'));

ALTER TABLE baseline_task ADD COLUMN start_minute INTEGER CONSTRAINT ck_baseline_task_start_minute CHECK ("start_minute" >= 0 AND "start_minute" <= 1440);
ALTER TABLE baseline_task ADD COLUMN finish_minute INTEGER CONSTRAINT ck_baseline_task_finish_minute CHECK ("finish_minute" >= 0 AND "finish_minute" <= 1440);
ALTER TABLE baseline_task ADD COLUMN duration INTEGER CONSTRAINT ck_baseline_task_duration CHECK ("duration" >= 0);
ALTER TABLE baseline_task ADD COLUMN work INTEGER CONSTRAINT ck_baseline_task_work CHECK ("work" >= 0);

ALTER TABLE forecast ADD COLUMN reason_code TEXT CONSTRAINT ck_forecast_reason_code CHECK ("reason_code" IN ('data_not_clean', 'missing_function', 'business_busy', 'gateway_late', 'integrator_late', 'decision_pending', 'training_late', 'absence', 'scope_added', 'other'));
