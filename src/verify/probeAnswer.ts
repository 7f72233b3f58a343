/** What came back, whatever its status. */
export interface ProbeAnswer {
  readonly status: number;
  /** The org's own code; null for a success, and for an error that has none. */
  readonly code: string | null;
  /** Undefined for a body that is not JSON. */
  readonly json: unknown;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** `400 INVALID_FIELD`, `200`. */
export function outcome({ status, code }: ProbeAnswer): string {
  return code === null ? String(status) : `${status} ${code}`;
}

/**
 * A value inside an answer, such as `at(json, 0, 'id')`; undefined where the answer has no such place.
 */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}

/** A list inside an answer; empty where there is none. */
export function listAt(json: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = at(json, ...path);
  return Array.isArray(value) ? value : [];
}
