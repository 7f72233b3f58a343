/**
 * The outbox is a log. `item` and `payload` are written once, when a line is read; `batch` says what was sent together
 * and what the org answered. Nearly every item needs nothing else: it is ready while no batch has it, sent while its
 * batch has no answer, and done afterwards.
 *
 * An item whose life is different has a row in `item_state`, which then holds everything that changes: its state, the
 * run that it belongs to, how often it was sent, the org's last words. It is in no batch from then on, so that each
 * item has its state in exactly one place. An item without such a row is called plain.
 *
 * `at` is when an item was stored, in milliseconds since the epoch; 0 for a key that was only imported from the org.
 *
 * `payload` is what is to be sent. Payloads of done items are dropped, many at a time: those of the batches up to
 * `payload_mark` are gone. So the items with a payload are those that are open, refused, or just done. `kept_payload` has
 * what was sent, if the outbox is told to keep it.
 *
 * `bulk_job` has the ingest jobs of the org that may still write rows, with the positions of their items.
 *
 * `increment` has the progress of a member before an item that is an increment was sent, and how often the member had
 * reached the target. The numbers stay: they say nothing about anybody.
 *
 * A correction is a new item that names the one that it replaces. `past` has the state of an item at the end of an
 * earlier run that had it. `sighting` says which feeds had an item again after the line that created it. `overruled`
 * says which content of which line was overruled by a correction or a decision.
 *
 * `group_edge` has the keys of the first and the last group of rows of each feed: see `edgeKeys.ts`.
 *
 * `ended_group` and `key_count` have hashes of what the numbers in later keys of a feed depend on. New groups are in
 * `ended_group_chunk` first: see `endedGroupTables.ts`. Counts go when their feed has been read to its end.
 *
 * `member_detail` holds the details for enrolling unknown members; `until` is set while an enrollment may be under way.
 * `enrollment` says what became of them in a run. See `enrollments.ts`.
 *
 * Members are compared without case, as in the org: `c7` and `C7` are one member with one queue.
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
    made INTEGER NOT NULL DEFAULT 0,
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
    counted_then TEXT NOT NULL DEFAULT '[]',
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

  CREATE TABLE ended_group_chunk (
    seq INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL,
    names TEXT NOT NULL
  ) STRICT;
  CREATE INDEX ended_group_chunk_feed ON ended_group_chunk (feed);

  CREATE TABLE ended_group (
    feed INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (feed, name)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE key_count (
    feed INTEGER NOT NULL,
    key TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (feed, key)
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
    content TEXT NOT NULL,
    details TEXT NOT NULL,
    run INTEGER NOT NULL,
    feed INTEGER NOT NULL,
    line INTEGER NOT NULL,
    member TEXT NOT NULL COLLATE NOCASE,
    replaces INTEGER,
    at INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX item_key ON item (key);
  CREATE INDEX item_run ON item (run);

  CREATE TABLE payload (
    item INTEGER PRIMARY KEY,
    journal TEXT NOT NULL
  ) STRICT;

  CREATE TABLE kept_payload (
    item INTEGER PRIMARY KEY,
    journal TEXT NOT NULL
  ) STRICT;

  CREATE TABLE payload_mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    batch INTEGER NOT NULL
  ) STRICT;
  INSERT INTO payload_mark (one, batch) VALUES (1, 0);

  CREATE TABLE batch (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    items INTEGER NOT NULL,
    sent TEXT,
    done TEXT,
    unnamed INTEGER NOT NULL DEFAULT 0,
    has_effect INTEGER,
    without_effect TEXT
  ) STRICT;
  CREATE INDEX batch_run ON batch (run);
  CREATE INDEX batch_open ON batch (seq) WHERE done IS NULL;
  CREATE INDEX batch_unnamed ON batch (seq) WHERE unnamed > 0;

  CREATE TABLE bulk_job (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    items TEXT NOT NULL
  ) STRICT;

  CREATE TABLE increment (
    item INTEGER PRIMARY KEY,
    before REAL NOT NULL,
    rounds REAL
  ) STRICT;

  CREATE TABLE item_state (
    item INTEGER PRIMARY KEY,
    member TEXT NOT NULL COLLATE NOCASE,
    current INTEGER NOT NULL DEFAULT 1,
    run INTEGER NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    was_sent INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    mend INTEGER NOT NULL DEFAULT 0,
    counted INTEGER NOT NULL DEFAULT 0,
    kept_org INTEGER NOT NULL DEFAULT 0,
    until REAL,
    journal_id TEXT,
    found INTEGER NOT NULL DEFAULT 0,
    effect INTEGER,
    cancelled INTEGER NOT NULL DEFAULT 0,
    code TEXT,
    message TEXT
  ) STRICT;
  CREATE INDEX state_held ON item_state (member, item) WHERE state = 'held';
  CREATE INDEX state_unknown ON item_state (until, item) WHERE state = 'unknown';
  CREATE INDEX state_unknown_member ON item_state (member, item) WHERE state = 'unknown';
  CREATE INDEX state_parked ON item_state (member, item) WHERE state = 'parked';
  CREATE INDEX state_open ON item_state (item) WHERE state IN ('held', 'ready', 'sent', 'unknown', 'parked');
  CREATE INDEX state_person ON item_state (item) WHERE state IN ('refused', 'parked', 'conflictInOrg', 'doubled');
  CREATE INDEX state_unnamed ON item_state (item) WHERE state = 'done' AND journal_id IS NULL;
  CREATE INDEX state_run ON item_state (run);

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

  CREATE TABLE group_edge (
    key TEXT NOT NULL,
    feed INTEGER NOT NULL,
    line INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (key, feed, line)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE found_member (
    member TEXT COLLATE NOCASE PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE member_detail (
    member TEXT COLLATE NOCASE PRIMARY KEY,
    details TEXT,
    problem TEXT,
    until REAL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE enrollment (
    run INTEGER NOT NULL,
    member TEXT NOT NULL COLLATE NOCASE,
    state TEXT NOT NULL,
    member_id TEXT,
    code TEXT,
    message TEXT,
    PRIMARY KEY (run, member)
  ) STRICT, WITHOUT ROWID;

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
