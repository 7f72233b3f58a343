/** Result codes of SQLite that we react to. */
export const sqliteCodes = {
  /** Another connection is writing. */
  busy: 5,
  readOnly: 8,
  /** The disk failed to read or to write. */
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;
export type SqliteCode = keyof typeof sqliteCodes;

const names = new Map<number, SqliteCode>(
  Object.entries(sqliteCodes).map(([name, code]) => [code, name as SqliteCode]),
);

/** Returns the code of an SQLite error, or undefined for anything else. The higher bits hold variants of a code. */
export function sqliteCodeOf(error: unknown): SqliteCode | undefined {
  return error instanceof Error && 'errcode' in error ? names.get(Number(error.errcode) & 0xff) : undefined;
}

/** Reasons for which a disk or a file cannot be used. */
export type DiskCode = 'readOnly' | 'io' | 'full' | 'cannotOpen';

const diskReasons: Readonly<Record<DiskCode, string>> = {
  readOnly: 'it cannot be written to',
  io: 'the disk failed to read or write it',
  full: 'the disk is full',
  cannotOpen: 'it cannot be opened',
};

export function isDiskCode(code: SqliteCode | undefined): code is DiskCode {
  return code !== undefined && code in diskReasons;
}

/** Returns the reason in words, followed by SQLite's own: `the disk is full (database or disk is full)`. */
export function diskReason(code: DiskCode, cause: unknown): string {
  return `${diskReasons[code]} (${cause instanceof Error ? cause.message : String(cause)})`;
}
