-- What figures over many calls are counted from, and what others say of calls.

-- The sums of one call, once it is over: src/store/review/call_numbers.h. A year of calls is added up from
-- this without reading a call, its alerts and its cues. Voices that are not there count nothing:
-- what needs both is 0 where one is missing.
CREATE TABLE call_numbers (
  call_id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  duration_ms INTEGER NOT NULL,
  both_voices_ms INTEGER NOT NULL,  -- The length of a call with both voices.
  agent_talk_s REAL NOT NULL,
  customer_talk_s REAL NOT NULL,
  agent_interruptions INTEGER NOT NULL,
  customer_interruptions INTEGER NOT NULL,
  overtalk_s REAL NOT NULL,
  silence_s REAL NOT NULL,
  distress_s REAL NOT NULL,
  calm_s REAL,  -- NULL: nothing to calm from, or never calm.
  alerts INTEGER NOT NULL,  -- Delivered.
  helpful INTEGER NOT NULL,
  not_now INTEGER NOT NULL,
  wrong INTEGER NOT NULL
) STRICT;

-- calm_s: from the first distress (6) or raised voice (1) of the customer (1) since the recovery (7)
-- before the last one, to the last one.
CREATE VIEW numbers_of_calls AS
  WITH heard AS (
    SELECT calls.*, ifnull(a.present AND k.present, 0) AS both_voices,
      a.talk_s AS agent_s, k.talk_s AS customer_s,
      a.interruptions AS agent_cuts, k.interruptions AS customer_cuts,
      (SELECT max(start_ms) FROM cues
       WHERE call_id = calls.id AND party = 1 AND kind = 7) AS calm_ms
    FROM calls
    LEFT JOIN parties AS a ON a.call_id = calls.id AND a.party = 0
    LEFT JOIN parties AS k ON k.call_id = calls.id AND k.party = 1
    WHERE state <> 'open')
  SELECT id AS call_id, duration_ms, iif(both_voices, duration_ms, 0) AS both_voices_ms,
    iif(both_voices, agent_s, 0.0) AS agent_talk_s,
    iif(both_voices, customer_s, 0.0) AS customer_talk_s,
    iif(both_voices, agent_cuts, 0) AS agent_interruptions,
    iif(both_voices, customer_cuts, 0) AS customer_interruptions,
    iif(both_voices, both_s, 0.0) AS overtalk_s, iif(both_voices, non_talk_s, 0.0) AS silence_s,
    distressed_s AS distress_s,
    iif(recovered = 1, 0.001 * (calm_ms - (
      SELECT min(start_ms) FROM cues
      WHERE call_id = heard.id AND party = 1 AND kind IN (1, 6) AND start_ms <= calm_ms
        AND start_ms >= ifnull((SELECT max(start_ms) FROM cues
                                WHERE call_id = heard.id AND party = 1 AND kind = 7
                                  AND start_ms < calm_ms), 0))), NULL) AS calm_s,
    (SELECT count(*) FROM alerts WHERE call_id = heard.id AND delivery = 0) AS alerts,
    (SELECT count(*) FROM alerts WHERE call_id = heard.id AND delivery = 0 AND answer = 0)
      AS helpful,
    (SELECT count(*) FROM alerts WHERE call_id = heard.id AND delivery = 0 AND answer = 1)
      AS not_now,
    (SELECT count(*) FROM alerts WHERE call_id = heard.id AND delivery = 0 AND answer = 2) AS wrong
  FROM heard;

INSERT INTO call_numbers SELECT * FROM numbers_of_calls;

CREATE TABLE scores (  -- From outside: CSAT, QA, any word.
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  value REAL NOT NULL,
  at_ms INTEGER,  -- NULL: nobody said when it was given.
  PRIMARY KEY (call_id, kind)
) STRICT, WITHOUT ROWID;

-- Scores find their calls by the recording's name.
CREATE INDEX calls_by_source ON calls (source) WHERE source <> '';
