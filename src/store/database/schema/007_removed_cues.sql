-- A cue that was taken back is no longer what the list filters by, either.
CREATE TRIGGER cues_removed AFTER DELETE ON cues BEGIN
  UPDATE calls SET
    agent_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                  WHERE call_id = old.call_id AND party = 0),
    customer_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                     WHERE call_id = old.call_id AND party = 1)
  WHERE id = old.call_id;
END;
UPDATE calls SET
  agent_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                WHERE call_id = calls.id AND party = 0),
  customer_cues = (SELECT ifnull(sum(percent_and_1 << 8 * kind), 0) FROM surest_cues
                   WHERE call_id = calls.id AND party = 1);
