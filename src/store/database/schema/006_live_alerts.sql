-- Alerts of a recording are what an agent would have been told; somebody was told only in a live call.
-- Figures of alerts count live calls alone.
ALTER TABLE call_numbers ADD COLUMN live INTEGER NOT NULL DEFAULT 0;
UPDATE call_numbers SET live = 1 WHERE call_id IN (SELECT id FROM calls WHERE origin = 'live');

-- As before, and whether it was live.
DROP VIEW numbers_of_calls;
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
    (SELECT count(*) FROM alerts WHERE call_id = heard.id AND delivery = 0 AND answer = 2) AS wrong,
    origin = 'live' AS live
  FROM heard;
