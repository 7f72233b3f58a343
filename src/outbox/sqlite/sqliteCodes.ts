/** Result codes of SQLite that mean something to us. */
export const sqliteCodes = { busy: 5, corrupt: 11, notADatabase: 26 } as const;

/** The higher bits of a code hold its variants. */
export function hasCode(error: unknown, code: number): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === code;
}
