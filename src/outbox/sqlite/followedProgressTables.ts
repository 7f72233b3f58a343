/**
 * Tables of {@link FollowedProgress}. A row of `known_progress` with an empty promotion says that the member was read,
 * so that a promotion without a row was not begun.
 *
 * The format number counts the tables without these. They are added to an outbox that was made before they existed.
 */
export const followedProgressTables = `
  CREATE TABLE touched_member (
    member TEXT COLLATE NOCASE PRIMARY KEY,
    touches INTEGER NOT NULL,
    reads INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX touched_due ON touched_member (due);

  CREATE TABLE known_progress (
    member TEXT NOT NULL COLLATE NOCASE,
    promotion TEXT NOT NULL,
    attribute TEXT NOT NULL,
    record TEXT NOT NULL,
    restarts INTEGER NOT NULL,
    completed REAL NOT NULL,
    peak REAL NOT NULL,
    PRIMARY KEY (member, promotion, attribute)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE crossed_threshold (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL,
    member TEXT NOT NULL COLLATE NOCASE,
    event TEXT NOT NULL,
    told INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX threshold_untold ON crossed_threshold (seq) WHERE told = 0;
  CREATE INDEX threshold_run ON crossed_threshold (run);
`;
