-- Moments are microseconds since 1970 UTC. What has happened stays: triggers refuse to change or delete it.

CREATE TABLE trainees (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE, -- the name in lower case, by which it is found
    archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1))
) STRICT;

-- Scenario, rubric and the like as they were when an attempt started; once each, however many attempts use it.
CREATE TABLE contents (
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (kind, hash)
) STRICT;

CREATE TABLE attempts (
    id             INTEGER PRIMARY KEY,
    public_id      TEXT NOT NULL UNIQUE,
    trainee        INTEGER NOT NULL REFERENCES trainees (id),
    scenario_id    TEXT NOT NULL,
    scenario_path  TEXT,
    scenario_title TEXT NOT NULL,
    language       TEXT NOT NULL,
    mode           TEXT NOT NULL,
    seed           INTEGER NOT NULL, -- the bits of an unsigned number
    scenario_hash  TEXT NOT NULL,
    rubric_hash    TEXT NOT NULL,
    pack_hash      TEXT NOT NULL,
    moods_hash     TEXT NOT NULL,
    program        TEXT NOT NULL,
    started_at     INTEGER NOT NULL,
    state          TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'finished', 'abandoned')),
    ended_at       INTEGER,
    score          INTEGER CHECK (score BETWEEN 0 AND 100),
    outcome        TEXT,
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((state = 'finished') = (score IS NOT NULL))
) STRICT;

CREATE INDEX attempts_by_trainee ON attempts (trainee, started_at, id);
CREATE INDEX attempts_unfinished ON attempts (trainee, started_at, id) WHERE state = 'open';
CREATE INDEX attempts_finished ON attempts (trainee, scenario_id, ended_at, id, score) WHERE state = 'finished';
CREATE INDEX attempts_by_state ON attempts (trainee, state);

CREATE TABLE events (
    attempt INTEGER NOT NULL REFERENCES attempts (id),
    seq     INTEGER NOT NULL CHECK (seq >= 0),
    json    TEXT NOT NULL,
    PRIMARY KEY (attempt, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE scorecards (
    attempt INTEGER PRIMARY KEY REFERENCES attempts (id),
    json    TEXT NOT NULL
) STRICT;

CREATE TABLE rule_scores (
    attempt INTEGER NOT NULL REFERENCES attempts (id),
    rule    TEXT NOT NULL,
    verdict TEXT NOT NULL,
    score   INTEGER CHECK (score BETWEEN 0 AND 100),
    weight  INTEGER NOT NULL,
    PRIMARY KEY (attempt, rule)
) STRICT, WITHOUT ROWID;

-- The BEFORE INSERT triggers also stop INSERT OR REPLACE, which deletes without asking the DELETE triggers.

CREATE TRIGGER trainees_stay BEFORE DELETE ON trainees
BEGIN SELECT RAISE(ABORT, 'trainees are archived, never deleted'); END;

CREATE TRIGGER contents_are_frozen BEFORE UPDATE ON contents
BEGIN SELECT RAISE(ABORT, 'contents are frozen'); END;
CREATE TRIGGER contents_stay BEFORE DELETE ON contents
BEGIN SELECT RAISE(ABORT, 'contents are frozen'); END;
CREATE TRIGGER contents_come_once BEFORE INSERT ON contents
WHEN EXISTS (SELECT 1 FROM contents WHERE kind = NEW.kind AND hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'contents are frozen'); END;

CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are never deleted'); END;
CREATE TRIGGER attempts_come_once BEFORE INSERT ON attempts
WHEN EXISTS (SELECT 1 FROM attempts WHERE id = NEW.id OR public_id = NEW.public_id)
BEGIN SELECT RAISE(ABORT, 'attempts are never replaced'); END;
CREATE TRIGGER attempts_end_once BEFORE UPDATE ON attempts WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'an ended attempt is never changed'); END;
CREATE TRIGGER attempts_keep_their_start BEFORE UPDATE OF
    id, public_id, trainee, scenario_id, scenario_path, scenario_title, language, mode, seed,
    scenario_hash, rubric_hash, pack_hash, moods_hash, program, started_at ON attempts
BEGIN SELECT RAISE(ABORT, 'what an attempt started with is never changed'); END;

CREATE TRIGGER events_never_change BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_stay BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_follow_on BEFORE INSERT ON events
WHEN (SELECT state FROM attempts WHERE id = NEW.attempt) IS NOT 'open'
  OR NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM events WHERE attempt = NEW.attempt)
BEGIN SELECT RAISE(ABORT, 'events are appended in order while the attempt is open'); END;

CREATE TRIGGER scorecards_never_change BEFORE UPDATE ON scorecards
BEGIN SELECT RAISE(ABORT, 'scorecards are append-only'); END;
CREATE TRIGGER scorecards_stay BEFORE DELETE ON scorecards
BEGIN SELECT RAISE(ABORT, 'scorecards are append-only'); END;
CREATE TRIGGER scorecards_come_once BEFORE INSERT ON scorecards
WHEN (SELECT state FROM attempts WHERE id = NEW.attempt) IS NOT 'open'
  OR EXISTS (SELECT 1 FROM scorecards WHERE attempt = NEW.attempt)
BEGIN SELECT RAISE(ABORT, 'an attempt is scored once'); END;

CREATE TRIGGER rule_scores_never_change BEFORE UPDATE ON rule_scores
BEGIN SELECT RAISE(ABORT, 'rule scores are append-only'); END;
CREATE TRIGGER rule_scores_stay BEFORE DELETE ON rule_scores
BEGIN SELECT RAISE(ABORT, 'rule scores are append-only'); END;
CREATE TRIGGER rule_scores_come_once BEFORE INSERT ON rule_scores
WHEN (SELECT state FROM attempts WHERE id = NEW.attempt) IS NOT 'open'
  OR EXISTS (SELECT 1 FROM rule_scores WHERE attempt = NEW.attempt AND rule = NEW.rule)
BEGIN SELECT RAISE(ABORT, 'an attempt is scored once'); END;

PRAGMA user_version = 1;
