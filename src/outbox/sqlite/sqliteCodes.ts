/** Result codes of SQLite that mean something to us. */
export const sqliteCodes = { busy: 5, corrupt: 11, notADatabase: 26 } as const;

/** Variants of a code stand in its higher bits. */
export function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === code;
}
