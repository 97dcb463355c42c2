-- Version 1.1: roles of the project, its motivation, and what a milestone stands for.

CREATE TABLE role (
	id INTEGER NOT NULL,
	name TEXT NOT NULL CONSTRAINT ck_role_name CHECK ("name" <> ''),
	duty TEXT DEFAULT '' NOT NULL,
	kind TEXT DEFAULT 'other' NOT NULL CONSTRAINT ck_role_kind CHECK ("kind" IN ('sponsor', 'lead', 'integrator', 'administrator', 'champion', 'other')),
	person_id INTEGER,
	position INTEGER DEFAULT '0' NOT NULL,
	PRIMARY KEY (id),
	CONSTRAINT fk_role_person_id FOREIGN KEY(person_id) REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX ix_role_person_id ON role (person_id);

ALTER TABLE project ADD COLUMN motivation TEXT CONSTRAINT ck_project_motivation CHECK ("motivation" IN ('first_crm', 'replacement', 'new_stage', 'rescue'));

ALTER TABLE task ADD COLUMN mark TEXT CONSTRAINT ck_task_mark CHECK ("mark" IN ('works_council', 'go_live', 'checkpoint_30', 'checkpoint_60'));

-- Until 1.0 the rules knew the works council by the title, and a go-live by its wave.
UPDATE task SET mark = 'works_council' WHERE kind = 'milestone' AND (title LIKE '%CSE%' OR title LIKE '%works council%');
UPDATE task SET mark = 'go_live' WHERE kind = 'milestone' AND id IN (SELECT milestone_id FROM wave);

-- The template of 1.0 named its checkpoints so, one of each by wave.
UPDATE task SET mark = 'checkpoint_30' WHERE mark IS NULL AND kind = 'milestone' AND wave_id IS NOT NULL AND (title LIKE 'Bilan J+30%' OR title LIKE '30-day review%');
UPDATE task SET mark = 'checkpoint_60' WHERE mark IS NULL AND kind = 'milestone' AND wave_id IS NOT NULL AND (title LIKE 'Bilan J+60%' OR title LIKE '60-day review%');
