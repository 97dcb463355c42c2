-- Format 1.4: adoption and training. Days of use are packed by month, objects of the CRM have a table,
-- months past retention leave totals; features aim at profiles and show in objects; half-days,
-- waiting lists, evaluations and quizzes of training; objectives; thresholds of warnings.

ALTER TABLE login_fact RENAME TO old_login_fact;
DROP INDEX ix_action_fact_day;
ALTER TABLE action_fact RENAME TO old_action_fact;

CREATE TABLE crm_object (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL,
	kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_crm_object_kind CHECK ("kind" IN ('account', 'contact', 'lead', 'activity', 'opportunity', 'quote', 'case', 'dashboard', 'mailbox', 'other')),
	CONSTRAINT uq_crm_object_name UNIQUE (name)
) STRICT;

CREATE TABLE login_fact (
	batch_id INTEGER NOT NULL,
	month INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	days INTEGER NOT NULL,
	PRIMARY KEY (batch_id, month, account_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE action_fact (
	batch_id INTEGER NOT NULL,
	day INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	object_id INTEGER NOT NULL,
	created INTEGER NOT NULL,
	updated INTEGER NOT NULL,
	PRIMARY KEY (batch_id, day, account_id, object_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE acted_fact (
	batch_id INTEGER NOT NULL,
	month INTEGER NOT NULL,
	object_id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	days INTEGER NOT NULL,
	PRIMARY KEY (batch_id, month, object_id, account_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE owned_fact (
	batch_id INTEGER NOT NULL,
	month INTEGER NOT NULL,
	owner_id INTEGER NOT NULL,
	account_id INTEGER NOT NULL,
	created INTEGER NOT NULL,
	PRIMARY KEY (batch_id, month, owner_id, account_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE use_total (
	id INTEGER NOT NULL,
	month INTEGER NOT NULL CONSTRAINT ck_use_total_month CHECK ("month" >= 197001 AND "month" <= 999912),
	department_id INTEGER,
	profile_id INTEGER,
	accounts INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_use_total_accounts CHECK ("accounts" >= 0),
	active INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_use_total_active CHECK ("active" >= 0),
	login_days INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_use_total_login_days CHECK ("login_days" >= 0),
	working_days INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_use_total_working_days CHECK ("working_days" >= 0),
	PRIMARY KEY (id),
	CONSTRAINT uq_use_total_month_department_id_profile_id UNIQUE (month, department_id, profile_id),
	CONSTRAINT fk_use_total_department_id FOREIGN KEY(department_id) REFERENCES department (id) ON DELETE SET NULL,
	CONSTRAINT fk_use_total_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_use_total_department_id ON use_total (department_id);
CREATE INDEX ix_use_total_profile_id ON use_total (profile_id);

CREATE TABLE action_total (
	id INTEGER NOT NULL,
	month INTEGER NOT NULL CONSTRAINT ck_action_total_month CHECK ("month" >= 197001 AND "month" <= 999912),
	department_id INTEGER,
	profile_id INTEGER,
	object_id INTEGER NOT NULL,
	users INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_action_total_users CHECK ("users" >= 0),
	created INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_action_total_created CHECK ("created" >= 0),
	updated INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_action_total_updated CHECK ("updated" >= 0),
	PRIMARY KEY (id),
	CONSTRAINT uq_action_total_month_department_id_profile_id_object_id UNIQUE (month, department_id, profile_id, object_id),
	CONSTRAINT fk_action_total_department_id FOREIGN KEY(department_id) REFERENCES department (id) ON DELETE SET NULL,
	CONSTRAINT fk_action_total_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id) ON DELETE SET NULL,
	CONSTRAINT fk_action_total_object_id FOREIGN KEY(object_id) REFERENCES crm_object (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_action_total_department_id ON action_total (department_id);
CREATE INDEX ix_action_total_object_id ON action_total (object_id);
CREATE INDEX ix_action_total_profile_id ON action_total (profile_id);

CREATE TABLE login_rule (
	id INTEGER NOT NULL,
	aspect TEXT DEFAULT 'type' NOT NULL CONSTRAINT ck_login_rule_aspect CHECK ("aspect" IN ('status', 'type')),
	word TEXT NOT NULL CONSTRAINT ck_login_rule_word CHECK ("word" <> ''),
	counts INTEGER DEFAULT '1' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_login_rule_aspect_word UNIQUE (aspect, word)
) STRICT;

CREATE TABLE feature_object (
	id INTEGER NOT NULL,
	feature_id INTEGER NOT NULL,
	object_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_feature_object_feature_id_object_id UNIQUE (feature_id, object_id),
	CONSTRAINT fk_feature_object_feature_id FOREIGN KEY(feature_id) REFERENCES feature (id) ON DELETE CASCADE,
	CONSTRAINT fk_feature_object_object_id FOREIGN KEY(object_id) REFERENCES crm_object (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_feature_object_feature_id ON feature_object (feature_id);
CREATE INDEX ix_feature_object_object_id ON feature_object (object_id);

CREATE TABLE feature_profile (
	id INTEGER NOT NULL,
	feature_id INTEGER NOT NULL,
	profile_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_feature_profile_feature_id_profile_id UNIQUE (feature_id, profile_id),
	CONSTRAINT fk_feature_profile_feature_id FOREIGN KEY(feature_id) REFERENCES feature (id) ON DELETE CASCADE,
	CONSTRAINT fk_feature_profile_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_feature_profile_feature_id ON feature_profile (feature_id);
CREATE INDEX ix_feature_profile_profile_id ON feature_profile (profile_id);

CREATE TABLE passage (
	id INTEGER NOT NULL,
	profile_id INTEGER NOT NULL,
	title TEXT NOT NULL CONSTRAINT ck_passage_title CHECK ("title" <> ''),
	object_id INTEGER,
	target_percent INTEGER DEFAULT '80' NOT NULL CONSTRAINT ck_passage_target_percent CHECK ("target_percent" >= 0 AND "target_percent" <= 100),
	closed_on TEXT,
	note TEXT DEFAULT '' NOT NULL,
	position INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT fk_passage_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id) ON DELETE CASCADE,
	CONSTRAINT fk_passage_object_id FOREIGN KEY(object_id) REFERENCES crm_object (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_passage_object_id ON passage (object_id);
CREATE INDEX ix_passage_profile_id ON passage (profile_id);

CREATE TABLE completeness (
	id INTEGER NOT NULL,
	measured_on TEXT NOT NULL,
	object_id INTEGER NOT NULL,
	department_id INTEGER,
	field TEXT NOT NULL CONSTRAINT ck_completeness_field CHECK ("field" <> ''),
	records INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_completeness_records CHECK ("records" >= 0),
	filled INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_completeness_filled CHECK ("filled" >= 0),
	PRIMARY KEY (id),
	CONSTRAINT uq_completeness_measured_on_object_id_department_id_field UNIQUE (measured_on, object_id, department_id, field),
	CONSTRAINT ck_completeness_parts CHECK (filled <= records),
	CONSTRAINT fk_completeness_object_id FOREIGN KEY(object_id) REFERENCES crm_object (id) ON DELETE CASCADE,
	CONSTRAINT fk_completeness_department_id FOREIGN KEY(department_id) REFERENCES department (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_completeness_department_id ON completeness (department_id);
CREATE INDEX ix_completeness_object_id ON completeness (object_id);

CREATE TABLE support (
	id INTEGER NOT NULL,
	noted_on TEXT NOT NULL,
	cause TEXT DEFAULT 'question' NOT NULL CONSTRAINT ck_support_cause CHECK ("cause" IN ('question', 'not_mastered', 'complicated')),
	department_id INTEGER,
	person_id INTEGER,
	feature_id INTEGER,
	matter TEXT DEFAULT '' NOT NULL,
	answer TEXT DEFAULT '' NOT NULL,
	done_on TEXT,
	session_id INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT ck_support_done CHECK (done_on IS NULL OR done_on >= noted_on),
	CONSTRAINT fk_support_department_id FOREIGN KEY(department_id) REFERENCES department (id) ON DELETE SET NULL,
	CONSTRAINT fk_support_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL,
	CONSTRAINT fk_support_feature_id FOREIGN KEY(feature_id) REFERENCES feature (id) ON DELETE SET NULL,
	CONSTRAINT fk_support_session_id FOREIGN KEY(session_id) REFERENCES training_session (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_support_department_id ON support (department_id);
CREATE INDEX ix_support_feature_id ON support (feature_id);
CREATE INDEX ix_support_person_id ON support (person_id);
CREATE INDEX ix_support_session_id ON support (session_id);

CREATE TABLE threshold (
	id INTEGER NOT NULL,
	rule TEXT NOT NULL CONSTRAINT ck_threshold_rule CHECK ("rule" <> ''),
	name TEXT NOT NULL CONSTRAINT ck_threshold_name CHECK ("name" <> ''),
	value INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_threshold_value CHECK ("value" >= 0),
	PRIMARY KEY (id),
	CONSTRAINT uq_threshold_rule_name UNIQUE (rule, name)
) STRICT;

CREATE TABLE course_feature (
	id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	feature_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_course_feature_course_id_feature_id UNIQUE (course_id, feature_id),
	CONSTRAINT fk_course_feature_course_id FOREIGN KEY(course_id) REFERENCES course (id) ON DELETE CASCADE,
	CONSTRAINT fk_course_feature_feature_id FOREIGN KEY(feature_id) REFERENCES feature (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_course_feature_course_id ON course_feature (course_id);
CREATE INDEX ix_course_feature_feature_id ON course_feature (feature_id);

CREATE TABLE course_profile (
	id INTEGER NOT NULL,
	course_id INTEGER NOT NULL,
	profile_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_course_profile_course_id_profile_id UNIQUE (course_id, profile_id),
	CONSTRAINT fk_course_profile_course_id FOREIGN KEY(course_id) REFERENCES course (id) ON DELETE CASCADE,
	CONSTRAINT fk_course_profile_profile_id FOREIGN KEY(profile_id) REFERENCES profile (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_course_profile_course_id ON course_profile (course_id);
CREATE INDEX ix_course_profile_profile_id ON course_profile (profile_id);

CREATE TABLE session_half (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	day TEXT NOT NULL,
	part TEXT DEFAULT 'morning' NOT NULL CONSTRAINT ck_session_half_part CHECK ("part" IN ('morning', 'afternoon')),
	begins TEXT DEFAULT '09:00' NOT NULL,
	minutes INTEGER DEFAULT '210' NOT NULL CONSTRAINT ck_session_half_minutes CHECK ("minutes" >= 1),
	PRIMARY KEY (id),
	CONSTRAINT uq_session_half_session_id_day_part UNIQUE (session_id, day, part),
	CONSTRAINT fk_session_half_session_id FOREIGN KEY(session_id) REFERENCES training_session (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_session_half_session_id ON session_half (session_id);

CREATE TABLE half_presence (
	id INTEGER NOT NULL,
	attendance_id INTEGER NOT NULL,
	day TEXT NOT NULL,
	part TEXT DEFAULT 'morning' NOT NULL CONSTRAINT ck_half_presence_part CHECK ("part" IN ('morning', 'afternoon')),
	presence TEXT DEFAULT 'invited' NOT NULL CONSTRAINT ck_half_presence_presence CHECK ("presence" IN ('invited', 'present', 'absent', 'excused')),
	PRIMARY KEY (id),
	CONSTRAINT uq_half_presence_attendance_id_day_part UNIQUE (attendance_id, day, part),
	CONSTRAINT fk_half_presence_attendance_id FOREIGN KEY(attendance_id) REFERENCES attendance (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_half_presence_attendance_id ON half_presence (attendance_id);

CREATE TABLE waiting (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_waiting_session_id_person_id UNIQUE (session_id, person_id),
	CONSTRAINT fk_waiting_session_id FOREIGN KEY(session_id) REFERENCES training_session (id) ON DELETE CASCADE,
	CONSTRAINT fk_waiting_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_waiting_person_id ON waiting (person_id);
CREATE INDEX ix_waiting_session_id ON waiting (session_id);

CREATE TABLE evaluation (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	person_id INTEGER,
	kind TEXT DEFAULT 'hot' NOT NULL CONSTRAINT ck_evaluation_kind CHECK ("kind" IN ('hot', 'cold')),
	given_on TEXT NOT NULL,
	satisfaction INTEGER CONSTRAINT ck_evaluation_satisfaction CHECK ("satisfaction" >= 1 AND "satisfaction" <= 4),
	content INTEGER CONSTRAINT ck_evaluation_content CHECK ("content" >= 1 AND "content" <= 4),
	trainer INTEGER CONSTRAINT ck_evaluation_trainer CHECK ("trainer" >= 1 AND "trainer" <= 4),
	pace INTEGER CONSTRAINT ck_evaluation_pace CHECK ("pace" >= 1 AND "pace" <= 4),
	usefulness INTEGER CONSTRAINT ck_evaluation_usefulness CHECK ("usefulness" >= 1 AND "usefulness" <= 4),
	application INTEGER CONSTRAINT ck_evaluation_application CHECK ("application" >= 1 AND "application" <= 4),
	comment TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT fk_evaluation_session_id FOREIGN KEY(session_id) REFERENCES training_session (id) ON DELETE CASCADE,
	CONSTRAINT fk_evaluation_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_evaluation_person_id ON evaluation (person_id);
CREATE INDEX ix_evaluation_session_id ON evaluation (session_id);

CREATE TABLE quiz_result (
	id INTEGER NOT NULL,
	session_id INTEGER NOT NULL,
	person_id INTEGER NOT NULL,
	moment TEXT DEFAULT 'after' NOT NULL CONSTRAINT ck_quiz_result_moment CHECK ("moment" IN ('before', 'after')),
	points INTEGER DEFAULT '0' NOT NULL CONSTRAINT ck_quiz_result_points CHECK ("points" >= 0),
	out_of INTEGER DEFAULT '10' NOT NULL CONSTRAINT ck_quiz_result_out_of CHECK ("out_of" >= 1),
	PRIMARY KEY (id),
	CONSTRAINT uq_quiz_result_session_id_person_id_moment UNIQUE (session_id, person_id, moment),
	CONSTRAINT ck_quiz_result_scale CHECK (points <= out_of),
	CONSTRAINT fk_quiz_result_session_id FOREIGN KEY(session_id) REFERENCES training_session (id) ON DELETE CASCADE,
	CONSTRAINT fk_quiz_result_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_quiz_result_person_id ON quiz_result (person_id);
CREATE INDEX ix_quiz_result_session_id ON quiz_result (session_id);

CREATE TABLE sign_action (
	id INTEGER NOT NULL,
	rule TEXT NOT NULL CONSTRAINT ck_sign_action_rule CHECK ("rule" <> ''),
	subject TEXT DEFAULT '' NOT NULL,
	task_id INTEGER NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_sign_action_rule_subject_task_id UNIQUE (rule, subject, task_id),
	CONSTRAINT fk_sign_action_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_sign_action_task_id ON sign_action (task_id);

CREATE TABLE objective (
	id INTEGER NOT NULL,
	title TEXT NOT NULL CONSTRAINT ck_objective_title CHECK ("title" <> ''),
	unit TEXT DEFAULT '' NOT NULL,
	baseline INTEGER,
	target INTEGER,
	target_on TEXT,
	position INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id)
) STRICT;

CREATE TABLE objective_measure (
	id INTEGER NOT NULL,
	objective_id INTEGER NOT NULL,
	measured_on TEXT NOT NULL,
	value INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_objective_measure_objective_id_measured_on UNIQUE (objective_id, measured_on),
	CONSTRAINT fk_objective_measure_objective_id FOREIGN KEY(objective_id) REFERENCES objective (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_objective_measure_objective_id ON objective_measure (objective_id);

INSERT INTO crm_object (name, kind)
SELECT object, CASE
	WHEN lower(object) IN ('account', 'accounts', 'compte', 'comptes') THEN 'account'
	WHEN lower(object) IN ('contact', 'contacts') THEN 'contact'
	WHEN lower(object) IN ('lead', 'leads', 'piste', 'pistes', 'prospect', 'prospects') THEN 'lead'
	WHEN lower(object) IN ('activity', 'activities', 'activité', 'activités', 'task', 'tasks', 'event', 'events', 'phonecall', 'appointment') THEN 'activity'
	WHEN lower(object) IN ('opportunity', 'opportunities', 'opportunité', 'opportunités', 'deal', 'deals') THEN 'opportunity'
	WHEN lower(object) IN ('quote', 'quotes', 'devis') THEN 'quote'
	WHEN lower(object) IN ('case', 'cases', 'requête', 'requêtes', 'incident') THEN 'case'
	ELSE 'other' END
FROM (SELECT DISTINCT object FROM old_action_fact) ORDER BY object;

INSERT INTO login_fact (batch_id, month, account_id, days)
SELECT batch_id, CAST(substr(day, 1, 4) || substr(day, 6, 2) AS INTEGER), account_id,
	sum(1 << (CAST(substr(day, 9, 2) AS INTEGER) - 1))
FROM old_login_fact GROUP BY 1, 2, 3;
INSERT INTO action_fact (batch_id, day, account_id, object_id, created, updated)
SELECT f.batch_id, CAST(strftime('%s', f.day) AS INTEGER) / 86400, f.account_id, o.id, f.created, f.updated
FROM old_action_fact f JOIN crm_object o ON o.name = f.object;
INSERT INTO acted_fact (batch_id, month, object_id, account_id, days)
SELECT f.batch_id, CAST(substr(f.day, 1, 4) || substr(f.day, 6, 2) AS INTEGER), o.id, f.account_id,
	sum(1 << (CAST(substr(f.day, 9, 2) AS INTEGER) - 1))
FROM old_action_fact f JOIN crm_object o ON o.name = f.object
WHERE f.created + f.updated > 0 GROUP BY 1, 2, 3, 4;
DROP TABLE old_login_fact;
DROP TABLE old_action_fact;

ALTER TABLE feature ADD COLUMN major INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE profile ADD COLUMN kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_profile_kind CHECK ("kind" IN ('connected', 'field', 'manager', 'assistant', 'administrator', 'integration', 'other'));
UPDATE profile SET kind = CASE WHEN NOT measured THEN 'integration' WHEN expected_low >= 5 THEN 'connected' WHEN expected_low BETWEEN 2 AND 3 THEN 'field' ELSE 'other' END;
ALTER TABLE account ADD COLUMN email TEXT DEFAULT '' NOT NULL;
ALTER TABLE account ADD COLUMN full_name TEXT DEFAULT '' NOT NULL;
ALTER TABLE account ADD COLUMN licence TEXT DEFAULT '' NOT NULL;
ALTER TABLE account ADD COLUMN settled INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE wave ADD COLUMN pilot INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE project ADD COLUMN retention_months INTEGER DEFAULT '12' NOT NULL CONSTRAINT ck_project_retention_months CHECK ("retention_months" >= 1 AND "retention_months" <= 120);
ALTER TABLE project ADD COLUMN retention_reason TEXT DEFAULT '' NOT NULL;
ALTER TABLE project ADD COLUMN daily_from TEXT;
ALTER TABLE project ADD COLUMN time_zone TEXT DEFAULT '' NOT NULL;
ALTER TABLE project ADD COLUMN legacy_fed INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE project ADD COLUMN rival_bought INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE project ADD COLUMN sponsor_agreed INTEGER DEFAULT '0' NOT NULL;
ALTER TABLE course ADD COLUMN formal INTEGER DEFAULT '1' NOT NULL;
ALTER TABLE course ADD COLUMN valid_months INTEGER CONSTRAINT ck_course_valid_months CHECK ("valid_months" >= 1 AND "valid_months" <= 120);
ALTER TABLE training_session ADD COLUMN cost_cents INTEGER CONSTRAINT ck_training_session_cost_cents CHECK ("cost_cents" >= 0);
ALTER TABLE training_session ADD COLUMN trainer_id INTEGER CONSTRAINT fk_training_session_trainer_id REFERENCES person (id) ON DELETE SET NULL;
ALTER TABLE training_session ADD COLUMN makes_up_id INTEGER CONSTRAINT fk_training_session_makes_up_id REFERENCES training_session (id) ON DELETE SET NULL;
ALTER TABLE training_session ADD COLUMN cold_asked_on TEXT;
ALTER TABLE training_session ADD COLUMN cold_reminded_on TEXT;
CREATE INDEX ix_training_session_trainer_id ON training_session (trainer_id);
CREATE INDEX ix_training_session_makes_up_id ON training_session (makes_up_id);
ALTER TABLE attendance ADD COLUMN convened_on TEXT;
