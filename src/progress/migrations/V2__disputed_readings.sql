-- A trainee may dispute how a reply was read; a trainer settles or rejects that. Both are further entries: no event, score or
-- earlier entry is touched. A later dispute of the same reply takes the place of an earlier one that is still open.

CREATE TABLE disputes (
    id        INTEGER PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    attempt   INTEGER NOT NULL,
    event     INTEGER NOT NULL, -- the event with which the reply was sent
    reply     INTEGER NOT NULL CHECK (reply >= 1), -- its number, as the trainee saw it
    language  TEXT NOT NULL,
    customer  TEXT NOT NULL, -- the customer's words before it
    text      TEXT NOT NULL, -- the reply
    moment    TEXT NOT NULL, -- the simulated moment of the reply, against which its promises were read
    recognised INTEGER NOT NULL CHECK (recognised IN (0, 1)), -- whether the reader could place it
    was_read  TEXT NOT NULL, -- the acts found, as JSON
    wanted    TEXT NOT NULL, -- the acts it should have been read as
    note      TEXT,
    made_at   INTEGER NOT NULL,
    FOREIGN KEY (attempt, event) REFERENCES events (attempt, seq)
) STRICT;

CREATE INDEX disputes_by_reply ON disputes (attempt, event, id);

CREATE TABLE settlements (
    dispute    INTEGER PRIMARY KEY REFERENCES disputes (id),
    acts       TEXT, -- the acts that the reply holds, as JSON; none where the dispute was rejected
    because    TEXT, -- why it was rejected
    settled_by TEXT NOT NULL,
    settled_at INTEGER NOT NULL,
    CHECK ((acts IS NULL) <> (because IS NULL))
) STRICT;

CREATE TRIGGER disputes_never_change BEFORE UPDATE ON disputes
BEGIN SELECT RAISE(ABORT, 'disputes are append-only'); END;
CREATE TRIGGER disputes_stay BEFORE DELETE ON disputes
BEGIN SELECT RAISE(ABORT, 'disputes are append-only'); END;
CREATE TRIGGER disputes_come_once BEFORE INSERT ON disputes
WHEN EXISTS (SELECT 1 FROM disputes WHERE id = NEW.id OR public_id = NEW.public_id)
BEGIN SELECT RAISE(ABORT, 'disputes are never replaced'); END;

CREATE TRIGGER settlements_never_change BEFORE UPDATE ON settlements
BEGIN SELECT RAISE(ABORT, 'settlements are append-only'); END;
CREATE TRIGGER settlements_stay BEFORE DELETE ON settlements
BEGIN SELECT RAISE(ABORT, 'settlements are append-only'); END;
CREATE TRIGGER settlements_come_once BEFORE INSERT ON settlements
WHEN EXISTS (SELECT 1 FROM settlements WHERE dispute = NEW.dispute)
BEGIN SELECT RAISE(ABORT, 'a dispute is settled once'); END;

-- The company pack that an attempt is played with, as a frozen content; none where there is none.
ALTER TABLE attempts ADD COLUMN company_hash TEXT;
DROP TRIGGER attempts_keep_their_start;
CREATE TRIGGER attempts_keep_their_start BEFORE UPDATE OF
    id, public_id, trainee, scenario_id, scenario_path, scenario_title, language, mode, seed,
    scenario_hash, rubric_hash, pack_hash, moods_hash, company_hash, program, started_at ON attempts
BEGIN SELECT RAISE(ABORT, 'what an attempt started with is never changed'); END;

PRAGMA user_version = 2;
