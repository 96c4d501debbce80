-- Who may sign in, who is signed in, and who did what. Times are unix ms, UTC.
CREATE TABLE people (
  id INTEGER PRIMARY KEY,
  login TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('agent', 'supervisor', 'admin')),
  agent TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1))
) STRICT;

-- An agent who can sign in sees their side of a call first.
CREATE INDEX people_agent ON people (agent) WHERE active = 1 AND agent <> '';

CREATE TABLE person_teams (
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  team TEXT NOT NULL,
  PRIMARY KEY (person_id, team)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  key_sha256 TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  began_ms INTEGER NOT NULL,
  used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_person ON sessions (person_id);

CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,  -- Never given twice: the audit log names tokens by it.
  key_sha256 TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  token_right TEXT NOT NULL CHECK (token_right IN ('upload', 'read')),
  created_ms INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  used_ms INTEGER
) STRICT;

CREATE TABLE token_teams (
  token_id INTEGER NOT NULL REFERENCES tokens (id) ON DELETE CASCADE,
  team TEXT NOT NULL,
  PRIMARY KEY (token_id, team)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  who TEXT NOT NULL,
  address TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;

-- The last entry that was forgotten when its time was over: the chain goes on from here. One row.
CREATE TABLE audit_start (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  number INTEGER NOT NULL,
  sha256 TEXT NOT NULL
) STRICT;
