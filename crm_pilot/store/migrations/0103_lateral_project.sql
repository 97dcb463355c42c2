-- Format 1.3: the lateral project. Ties between units, the order of entry, advice the lead wrote,
-- lateral projects, influence actions (tasks that aim at a unit), warnings put aside.

CREATE TABLE stakeholder_tie (
	id INTEGER NOT NULL,
	from_id INTEGER NOT NULL,
	to_id INTEGER NOT NULL,
	kind TEXT DEFAULT 'influences' NOT NULL CONSTRAINT ck_stakeholder_tie_kind CHECK ("kind" IN ('influences', 'reports_to')),
	PRIMARY KEY (id),
	CONSTRAINT uq_stakeholder_tie_from_id_to_id_kind UNIQUE (from_id, to_id, kind),
	CONSTRAINT ck_stakeholder_tie_ends CHECK (from_id <> to_id),
	CONSTRAINT fk_stakeholder_tie_from_id FOREIGN KEY(from_id) REFERENCES stakeholder (id) ON DELETE CASCADE,
	CONSTRAINT fk_stakeholder_tie_to_id FOREIGN KEY(to_id) REFERENCES stakeholder (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX ix_stakeholder_tie_from_id ON stakeholder_tie (from_id);
CREATE INDEX ix_stakeholder_tie_to_id ON stakeholder_tie (to_id);

CREATE TABLE zone_advice (
	id INTEGER NOT NULL,
	zone TEXT NOT NULL CONSTRAINT ck_zone_advice_zone CHECK (zone IN ('zealot', 'golden_triangle', 'hesitant', 'passive', 'grumbler', 'opponent', 'rebel', 'torn')),
	style TEXT CONSTRAINT ck_zone_advice_style CHECK ("style" IN ('animate', 'negotiate', 'direct')),
	handling_en TEXT DEFAULT '' NOT NULL,
	handling_fr TEXT DEFAULT '' NOT NULL,
	role_en TEXT DEFAULT '' NOT NULL,
	role_fr TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT uq_zone_advice_zone UNIQUE (zone)
) STRICT;

CREATE TABLE lateral_project (
	id INTEGER NOT NULL,
	title TEXT NOT NULL CONSTRAINT ck_lateral_project_title CHECK ("title" <> ''),
	stakeholder_id INTEGER,
	concern TEXT DEFAULT '' NOT NULL,
	offer TEXT DEFAULT '' NOT NULL,
	goal TEXT DEFAULT '' NOT NULL,
	pilot_id INTEGER,
	status TEXT DEFAULT 'idea' NOT NULL CONSTRAINT ck_lateral_project_status CHECK ("status" IN ('idea', 'offered', 'agreed', 'running', 'done', 'dropped')),
	noted_on TEXT NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT fk_lateral_project_stakeholder_id FOREIGN KEY(stakeholder_id) REFERENCES stakeholder (id) ON DELETE SET NULL,
	CONSTRAINT fk_lateral_project_pilot_id FOREIGN KEY(pilot_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_lateral_project_pilot_id ON lateral_project (pilot_id);
CREATE INDEX ix_lateral_project_stakeholder_id ON lateral_project (stakeholder_id);

CREATE TABLE influence (
	id INTEGER NOT NULL,
	task_id INTEGER NOT NULL,
	stakeholder_id INTEGER NOT NULL,
	kind TEXT DEFAULT 'meeting' NOT NULL CONSTRAINT ck_influence_kind CHECK ("kind" IN ('meeting', 'workshop', 'pairing', 'field', 'demonstration', 'negotiation', 'irritant', 'information', 'other')),
	ally_id INTEGER,
	lateral_id INTEGER,
	PRIMARY KEY (id),
	CONSTRAINT uq_influence_task_id UNIQUE (task_id),
	CONSTRAINT fk_influence_task_id FOREIGN KEY(task_id) REFERENCES task (id) ON DELETE CASCADE,
	CONSTRAINT fk_influence_stakeholder_id FOREIGN KEY(stakeholder_id) REFERENCES stakeholder (id) ON DELETE CASCADE,
	CONSTRAINT fk_influence_ally_id FOREIGN KEY(ally_id) REFERENCES stakeholder (id) ON DELETE SET NULL,
	CONSTRAINT fk_influence_lateral_id FOREIGN KEY(lateral_id) REFERENCES lateral_project (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_influence_ally_id ON influence (ally_id);
CREATE INDEX ix_influence_lateral_id ON influence (lateral_id);
CREATE INDEX ix_influence_stakeholder_id ON influence (stakeholder_id);
CREATE INDEX ix_influence_task_id ON influence (task_id);

CREATE TABLE position_count (
	id INTEGER NOT NULL,
	counted_on TEXT NOT NULL,
	zone TEXT NOT NULL CONSTRAINT ck_position_count_zone CHECK ("zone" IN ('zealot', 'golden_triangle', 'hesitant', 'passive', 'grumbler', 'opponent', 'rebel', 'torn')),
	persons INTEGER NOT NULL CONSTRAINT ck_position_count_persons CHECK ("persons" >= 1),
	PRIMARY KEY (id),
	CONSTRAINT uq_position_count_counted_on_zone UNIQUE (counted_on, zone)
) STRICT;

CREATE TABLE snooze (
	id INTEGER NOT NULL,
	rule TEXT NOT NULL CONSTRAINT ck_snooze_rule CHECK ("rule" <> ''),
	subject TEXT DEFAULT '' NOT NULL,
	reason TEXT NOT NULL CONSTRAINT ck_snooze_reason CHECK ("reason" <> ''),
	set_on TEXT NOT NULL,
	until TEXT,
	PRIMARY KEY (id),
	CONSTRAINT uq_snooze_rule_subject UNIQUE (rule, subject)
) STRICT;

ALTER TABLE stakeholder ADD COLUMN profile_id INTEGER CONSTRAINT fk_stakeholder_profile_id REFERENCES profile (id) ON DELETE SET NULL;
ALTER TABLE stakeholder ADD COLUMN stage INTEGER CONSTRAINT ck_stakeholder_stage CHECK ("stage" >= 1 AND "stage" <= 7);
ALTER TABLE stakeholder ADD COLUMN enters_on TEXT;
ALTER TABLE stakeholder ADD COLUMN role TEXT DEFAULT '' NOT NULL;
CREATE INDEX ix_stakeholder_profile_id ON stakeholder (profile_id);

ALTER TABLE zone_cell ADD COLUMN source TEXT DEFAULT '' NOT NULL;

ALTER TABLE project ADD COLUMN rerate_days INTEGER DEFAULT '60' NOT NULL CONSTRAINT ck_project_rerate_days CHECK ("rerate_days" >= 1 AND "rerate_days" <= 730);
ALTER TABLE project ADD COLUMN ally_hours_percent INTEGER CONSTRAINT ck_project_ally_hours_percent CHECK ("ally_hours_percent" >= 0 AND "ally_hours_percent" <= 100);
ALTER TABLE project ADD COLUMN ally_ratio_percent INTEGER CONSTRAINT ck_project_ally_ratio_percent CHECK ("ally_ratio_percent" >= 0);
