/**
 * `item` has what an outbox must deliver or has delivered. A correction is a new item that names the one that it
 * replaces; `current` is NULL once an item has been replaced. `run` is the latest run that had the item; its state at
 * the end of an earlier run is in `past`. `payload` is what is to be sent. It is deleted afterwards.
 *
 * `sighting` says which feeds had an item again after the line that created it. `overruled` says which content of which
 * line was overruled by a correction or a decision.
 *
 * `lane` repeats what `item` says, with one row per member: how many open items there are, how many of them block the
 * others, and when the queue may be touched again. Packing asks "which members are free, longest queue first" for every
 * request. Grouping a million items each time would make the time depend on the size of the feed.
 *
 * Members are compared without case, as in the org: `c7` and `C7` are one member with one queue.
 *
 * An item changes its state at least twice, in the order of the queues and not in that of the file. Therefore the
 * indexes that depend on states are partial, and the index by run does not include them, because every page that a
 * commit touches is written twice.
 */
export const outboxTables = `
  CREATE TABLE holder (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    token TEXT NOT NULL,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    started TEXT NOT NULL
  ) STRICT;

  CREATE TABLE owner (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    org_id TEXT NOT NULL,
    program_id TEXT NOT NULL,
    program TEXT NOT NULL,
    number_length INTEGER NOT NULL,
    changed_fields TEXT NOT NULL DEFAULT '[]'
  ) STRICT;

  CREATE TABLE run (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    ending TEXT,
    stopped TEXT,
    settings TEXT NOT NULL,
    notes TEXT NOT NULL DEFAULT '[]',
    results TEXT,
    used INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    superseded INTEGER NOT NULL DEFAULT 0,
    repeat_accepted INTEGER NOT NULL DEFAULT 0,
    forgotten INTEGER NOT NULL DEFAULT 0,
    open_before INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE source (
    name TEXT PRIMARY KEY,
    look_up_first INTEGER NOT NULL DEFAULT 0,
    window_passed INTEGER NOT NULL DEFAULT 0,
    counted_since INTEGER,
    counted_at INTEGER,
    counted INTEGER NOT NULL DEFAULT 0,
    brought INTEGER NOT NULL DEFAULT 0,
    owner_token TEXT,
    epoch INTEGER NOT NULL DEFAULT 0,
    clean_end TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    position TEXT,
    complete INTEGER NOT NULL DEFAULT 0,
    UNIQUE (run, name)
  ) STRICT;

  CREATE TABLE ended_group (
    feed INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (feed, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE line (
    seq INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    kind TEXT NOT NULL,
    feed TEXT NOT NULL,
    line INTEGER NOT NULL,
    column_name TEXT,
    value TEXT,
    key TEXT,
    member TEXT COLLATE NOCASE,
    content TEXT,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    raw TEXT,
    exported INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX line_run ON line (run, kind);
  CREATE INDEX line_conflict ON line (key) WHERE kind = 'conflict';

  CREATE TABLE item (
    seq INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    current INTEGER DEFAULT 1,
    replaces INTEGER,
    content TEXT NOT NULL,
    details TEXT NOT NULL,
    run INTEGER NOT NULL,
    origin TEXT NOT NULL,
    feed INTEGER NOT NULL,
    line INTEGER NOT NULL,
    member TEXT NOT NULL COLLATE NOCASE,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    mend INTEGER NOT NULL DEFAULT 0,
    counted INTEGER NOT NULL DEFAULT 0,
    kept_org INTEGER NOT NULL DEFAULT 0,
    request TEXT,
    until REAL,
    journal_id TEXT,
    found INTEGER NOT NULL DEFAULT 0,
    effect INTEGER,
    cancelled INTEGER NOT NULL DEFAULT 0,
    code TEXT,
    message TEXT
  ) STRICT;
  CREATE UNIQUE INDEX item_key ON item (key, current);
  CREATE INDEX item_ready ON item (member, seq) WHERE state = 'ready';
  CREATE INDEX item_held ON item (member, seq) WHERE state = 'held';
  CREATE INDEX item_unknown ON item (until, seq) WHERE state = 'unknown';
  CREATE INDEX item_unknown_member ON item (member, seq) WHERE state = 'unknown';
  CREATE INDEX item_parked ON item (member, seq) WHERE state = 'parked';
  CREATE INDEX item_person ON item (seq) WHERE state IN ('refused', 'parked', 'conflictInOrg', 'doubled');
  CREATE INDEX item_unnamed ON item (seq) WHERE state = 'done' AND journal_id IS NULL;
  CREATE INDEX item_run ON item (run);

  CREATE TABLE payload (
    item INTEGER PRIMARY KEY,
    journal TEXT NOT NULL
  ) STRICT;

  CREATE TABLE past (
    seq INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    item INTEGER NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    retries INTEGER NOT NULL,
    journal_id TEXT,
    found INTEGER NOT NULL,
    effect INTEGER,
    cancelled INTEGER NOT NULL,
    code TEXT,
    message TEXT,
    UNIQUE (run, item)
  ) STRICT;
  CREATE INDEX past_item ON past (item);

  CREATE TABLE sighting (
    item INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (item, feed, line)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE overruled (
    key TEXT NOT NULL,
    content TEXT NOT NULL,
    feed TEXT NOT NULL,
    line INTEGER NOT NULL,
    PRIMARY KEY (key, content, feed, line)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE lane (
    member TEXT COLLATE NOCASE PRIMARY KEY,
    open INTEGER NOT NULL,
    blocked INTEGER NOT NULL,
    until REAL NOT NULL DEFAULT 0,
    checked INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX lane_free ON lane (open DESC) WHERE blocked = 0 AND checked = 1 AND open > 0;
  CREATE INDEX lane_open ON lane (open DESC) WHERE open > 0;
  CREATE INDEX lane_unchecked ON lane (member) WHERE checked = 0 AND open > 0;

  CREATE TABLE keyed_call (
    key TEXT PRIMARY KEY,
    member TEXT COLLATE NOCASE,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    before TEXT,
    answer TEXT
  ) STRICT, WITHOUT ROWID;
`;
