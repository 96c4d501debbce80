-- Calls, and what was heard in them. Times are unix time or call time in ms, by their names;
-- unknown texts are ''. Numbers of kinds and states: src/store/database/stored_values.h.

CREATE TABLE settings (  -- Whole configurations, each once.
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  toml TEXT NOT NULL
) STRICT;

CREATE TABLE calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- Never given twice: the audit log names calls by it.
  started_ms INTEGER NOT NULL,
  duration_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'cut_short')),
  agent TEXT NOT NULL,
  team TEXT NOT NULL,
  queue TEXT NOT NULL,
  caller_ref TEXT NOT NULL,
  consent_ref TEXT NOT NULL,
  origin TEXT NOT NULL,
  source TEXT NOT NULL,
  content_sha256 TEXT UNIQUE,  -- NULL of a live call.
  file TEXT NOT NULL,
  sample_rate_hz INTEGER NOT NULL,
  line_delay_ms INTEGER NOT NULL,

  -- With what it was judged.
  settings_id INTEGER NOT NULL REFERENCES settings (id),
  program TEXT NOT NULL,
  model TEXT NOT NULL,
  model_sha256 TEXT NOT NULL,  -- Its first digits.
  site_calibrated INTEGER NOT NULL,

  -- What the distress model heard.
  distressed_s REAL NOT NULL,
  judged_s REAL NOT NULL,
  unknown_s REAL NOT NULL,
  unknown_baseline_forming_s REAL NOT NULL,
  unknown_too_little_voice_s REAL NOT NULL,
  unknown_noisy_s REAL NOT NULL,
  unknown_bleed_s REAL NOT NULL,
  unknown_out_of_range_s REAL NOT NULL,
  peak_distress REAL,  -- NULL: never judged.
  recovered INTEGER,   -- NULL: nothing to recover from.

  -- How both shared the time.
  either_s REAL NOT NULL,
  sum_s REAL NOT NULL,
  both_s REAL NOT NULL,
  overtalk_ratio REAL NOT NULL,
  overtalk_incidents INTEGER NOT NULL,
  agent_overtalk_incidents INTEGER NOT NULL,
  non_talk_s REAL NOT NULL,
  non_talk_incidents INTEGER NOT NULL,

  decision_median_ms INTEGER,  -- NULL of a recording.
  decision_p99_ms INTEGER,

  need_customer REAL NOT NULL,
  need_agent REAL NOT NULL,
  agent_seen INTEGER NOT NULL DEFAULT 0,
  written_ms INTEGER NOT NULL  -- When anything of it was last heard and stored.
) STRICT;

CREATE INDEX calls_by_caller ON calls (caller_ref) WHERE caller_ref <> '';
CREATE INDEX calls_open ON calls (written_ms) WHERE state = 'open';
CREATE INDEX calls_by_settings ON calls (settings_id);

CREATE TABLE parties (
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  party INTEGER NOT NULL,
  present INTEGER NOT NULL,
  talk_s REAL NOT NULL,
  talk_share REAL NOT NULL,
  syllables INTEGER NOT NULL,
  speech_rate_syl_per_s REAL,
  articulation_rate_syl_per_s REAL,
  f0_median_hz REAL,
  f0_range_st REAL,
  level_dbfs REAL,
  interruptions INTEGER NOT NULL,
  interruptions_per_hour REAL,
  given_back INTEGER NOT NULL,
  given_back_median_s REAL,
  backchannels INTEGER NOT NULL,
  longest_turn_s REAL NOT NULL,
  response_gap_p10_ms REAL,
  response_gap_median_ms REAL,
  response_gap_p90_ms REAL,
  bleed INTEGER NOT NULL,
  baseline_ready INTEGER NOT NULL,
  usual_ready_ms INTEGER,
  usual_f0_hz REAL,
  usual_level_dbfs REAL,
  usual_rate_syl_per_s REAL,
  PRIMARY KEY (call_id, party)
) STRICT, WITHOUT ROWID;

CREATE TABLE cues (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- Never given twice: pages and exports name cues by it.
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  kind INTEGER NOT NULL,
  party INTEGER NOT NULL,
  start_ms INTEGER NOT NULL,
  end_ms INTEGER NOT NULL,
  raised_ms INTEGER NOT NULL,
  confidence REAL NOT NULL,
  evidence TEXT NOT NULL  -- A JSON object of numbers.
) STRICT;

CREATE INDEX cues_by_call ON cues (call_id);

CREATE TABLE alerts (
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,  -- In the order of the call, from 0.
  at_ms INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  party INTEGER NOT NULL,
  text TEXT NOT NULL,
  delivery INTEGER NOT NULL,
  alert_id INTEGER NOT NULL,
  escalation INTEGER NOT NULL,
  answer INTEGER,  -- NULL: the agent said nothing of it.
  snooze_min INTEGER NOT NULL,
  answered_ms INTEGER NOT NULL,
  raised_ms INTEGER NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (call_id, number)
) STRICT, WITHOUT ROWID;

-- With a rowid: without one, rows of over a quarter of a page take another page each.

CREATE TABLE traces (  -- Both voices for drawing, a minute each: src/store/codec/trace_codec.h.
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  party INTEGER NOT NULL,
  chunk INTEGER NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (call_id, party, chunk)
) STRICT;

CREATE TABLE stretches (  -- Who spoke when, ten minutes each: src/store/codec/stretch_codec.h.
  id INTEGER PRIMARY KEY,
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  chunk INTEGER NOT NULL,
  segments BLOB NOT NULL,
  overlaps BLOB NOT NULL,
  UNIQUE (call_id, chunk)
) STRICT;

CREATE TABLE devices (  -- Of a live call.
  call_id INTEGER NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  agent INTEGER NOT NULL,
  customer INTEGER NOT NULL,
  sample_rate_hz INTEGER NOT NULL,
  drift_ppm REAL NOT NULL,
  wrong_rate INTEGER NOT NULL,
  times_lost INTEGER NOT NULL,
  gaps INTEGER NOT NULL,
  gap_ms INTEGER NOT NULL,
  dropped_ms INTEGER NOT NULL,
  overruns INTEGER NOT NULL,
  bad_samples INTEGER NOT NULL,
  PRIMARY KEY (call_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE recordings (
  call_id INTEGER PRIMARY KEY REFERENCES calls (id) ON DELETE CASCADE,
  path TEXT NOT NULL UNIQUE,
  sha256 TEXT NOT NULL,
  size_bytes INTEGER NOT NULL
) STRICT;
