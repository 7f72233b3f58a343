/** An answer with any status. */
export interface ProbeAnswer {
  readonly status: number;
  /** The org's error code. Null for a success, and for an error without a code. */
  readonly code: string | null;
  /** Undefined for a body that is not JSON. */
  readonly json: unknown;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns `400 INVALID_FIELD` or `200`. */
export function outcome({ status, code }: ProbeAnswer): string {
  return code === null ? String(status) : `${status} ${code}`;
}

/** Returns a value inside an answer, such as `at(json, 0, 'id')`. Undefined if the answer has no such place. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** Returns a list inside an answer. Empty if there is none. */
export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}
