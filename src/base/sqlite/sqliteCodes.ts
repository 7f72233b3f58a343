/** Result codes of SQLite that mean something to us. */
export const sqliteCodes = {
  /** Somebody else is writing. */
  busy: 5,
  readOnly: 8,
  /** The disk does not read, or does not keep what was written. */
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

/** What SQLite says is wrong; undefined for anything else. Variants of a code are in its higher bits. */
export function sqliteCodeOf(error: unknown): SqliteCode | undefined {
  return error instanceof Error && 'errcode' in error ? names.get(Number(error.errcode) & 0xff) : undefined;
}

/** Why a disk or a file does not do what was asked. */
export type DiskCode = 'readOnly' | 'io' | 'full' | 'cannotOpen';

const diskReasons: Readonly<Record<DiskCode, string>> = {
  readOnly: 'it cannot be written to',
  io: 'the disk does not read or write it',
  full: 'the disk is full',
  cannotOpen: 'it cannot be opened',
};

export function isDiskCode(code: SqliteCode | undefined): code is DiskCode {
  return code !== undefined && code in diskReasons;
}

/** In words, with those of SQLite: `the disk is full (database or disk is full)`. */
export function diskReason(code: DiskCode, cause: unknown): string {
  return `${diskReasons[code]} (${cause instanceof Error ? cause.message : String(cause)})`;
}
