-- Files of watched folders that were looked at, so that a restart reads none of them again.

CREATE TABLE watched_files (
  path TEXT NOT NULL PRIMARY KEY,  -- Absolute; the bytes of the name, UTF-8 or not.
  size_bytes INTEGER NOT NULL,
  written_ns INTEGER NOT NULL,  -- Unix time of its last change.
  content_sha256 TEXT NOT NULL,
  refusal TEXT NOT NULL,  -- Why it cannot be analysed; '': its call is, or was, stored.
  program TEXT NOT NULL   -- The version that looked at it.
) STRICT, WITHOUT ROWID;
