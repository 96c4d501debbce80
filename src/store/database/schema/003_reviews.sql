-- What people say of calls, and what the list of calls filters by.

CREATE TABLE verdicts (
  cue_id INTEGER NOT NULL REFERENCES cues (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id),
  verdict INTEGER NOT NULL CHECK (verdict BETWEEN 0 AND 2),  -- 0 right, 1 wrong, 2 unsure
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (cue_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- A removed note's address never leads to another.
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id),
  written_ms INTEGER NOT NULL,
  at_ms INTEGER,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX notes_of_call ON notes (call_id);

-- Words of notes, folded: case and Latin diacritics do not matter. Only the index is kept, the text
-- stands in `notes`. What is taken out of it would stay in the file, marked as removed, until its
-- parts are merged; `optimize` merges them, so that a word that is removed is gone.
CREATE VIRTUAL TABLE note_words USING fts5(
  text, content='notes', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER notes_added AFTER INSERT ON notes BEGIN
  INSERT INTO note_words(rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER notes_changed AFTER UPDATE OF text ON notes BEGIN
  INSERT INTO note_words(note_words, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO note_words(rowid, text) VALUES (new.id, new.text);
  INSERT INTO note_words(note_words) VALUES ('optimize');
END;
CREATE TRIGGER notes_removed AFTER DELETE ON notes BEGIN
  INSERT INTO note_words(note_words, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO note_words(note_words) VALUES ('optimize');
END;

CREATE TABLE reviews (
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  person_id INTEGER NOT NULL REFERENCES people (id),
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (call_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE views (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person_id INTEGER NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  UNIQUE (person_id, name)
) STRICT;

-- What the list filters by stands in the call itself, so that one index answers every question of
-- it (docs/review.md). `agent_cues` and `customer_cues` hold a byte for each of the eight kinds of
-- cue, the first kind lowest: 1 + the highest confidence of this party's cues of the kind, in
-- whole percents; 0: there is none.
ALTER TABLE calls ADD COLUMN reviewed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN agent_cues INTEGER NOT NULL DEFAULT 0;
ALTER TABLE calls ADD COLUMN customer_cues INTEGER NOT NULL DEFAULT 0;

-- 0.001: a confidence of 0.7 may be kept as 0.69999999.
CREATE VIEW surest_cues AS
  SELECT call_id, party, kind, 1 + CAST(max(confidence) * 100 + 0.001 AS INTEGER) AS percent_and_1
  FROM cues GROUP BY call_id, party, kind;

CREATE TRIGGER cues_added AFTER INSERT ON cues BEGIN
  UPDATE calls SET
    agent_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                  WHERE call_id = new.call_id AND party = 0),
    customer_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                     WHERE call_id = new.call_id AND party = 1)
  WHERE id = new.call_id;
END;
CREATE TRIGGER cues_changed AFTER UPDATE OF call_id, kind, party, confidence ON cues
WHEN old.confidence <> new.confidence OR old.kind <> new.kind OR old.party <> new.party BEGIN
  UPDATE calls SET
    agent_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                  WHERE call_id = new.call_id AND party = 0),
    customer_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                     WHERE call_id = new.call_id AND party = 1)
  WHERE id = new.call_id;
END;

UPDATE calls SET
  agent_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                WHERE call_id = calls.id AND party = 0),
  customer_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                   WHERE call_id = calls.id AND party = 1);

CREATE TRIGGER reviews_added AFTER INSERT ON reviews BEGIN
  UPDATE calls SET reviewed = 1 WHERE id = new.call_id;
END;
CREATE TRIGGER reviews_removed AFTER DELETE ON reviews BEGIN
  UPDATE calls SET reviewed = EXISTS (SELECT 1 FROM reviews WHERE call_id = old.call_id)
  WHERE id = old.call_id;
END;

-- All that filters and orders: a year of calls is looked through without reading a call. Texts
-- last, as what stands behind them is found more slowly.
CREATE INDEX calls_by_start ON calls (
  started_ms, reviewed, need_customer, need_agent, agent_seen, recovered, written_ms, agent_cues,
  customer_cues, team, queue, agent);

-- What a person may choose among, without looking through the calls.
CREATE TABLE call_groups (
  team TEXT NOT NULL,
  queue TEXT NOT NULL,
  agent TEXT NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (team, queue, agent)
) STRICT, WITHOUT ROWID;
INSERT INTO call_groups SELECT team, queue, agent, count(*) FROM calls GROUP BY 1, 2, 3;

CREATE TRIGGER calls_grouped AFTER INSERT ON calls BEGIN
  INSERT INTO call_groups VALUES (new.team, new.queue, new.agent, 1)
    ON CONFLICT DO UPDATE SET calls = calls + 1;
END;
CREATE TRIGGER calls_regrouped AFTER UPDATE OF team, queue, agent ON calls BEGIN
  INSERT INTO call_groups VALUES (new.team, new.queue, new.agent, 1)
    ON CONFLICT DO UPDATE SET calls = calls + 1;
  UPDATE call_groups SET calls = calls - 1
    WHERE team = old.team AND queue = old.queue AND agent = old.agent;
  DELETE FROM call_groups
    WHERE team = old.team AND queue = old.queue AND agent = old.agent AND calls = 0;
END;
CREATE TRIGGER calls_ungrouped AFTER DELETE ON calls BEGIN
  UPDATE call_groups SET calls = calls - 1
    WHERE team = old.team AND queue = old.queue AND agent = old.agent;
  DELETE FROM call_groups
    WHERE team = old.team AND queue = old.queue AND agent = old.agent AND calls = 0;
END;
