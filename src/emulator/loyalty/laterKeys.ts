import { OrgRefusal } from '../orgRefusal.js';

/**
 * Refuses keys of a body that an older version of the API does not know.
 * @throws {OrgRefusal} 400 JSON_PARSER_ERROR, as for every unknown key
 */
export function refuseLaterKeys(
  body: Readonly<Record<string, unknown>>,
  version: number,
  { since, keys }: { readonly since: number; readonly keys: readonly string[] },
): void {
  const key = version < since ? keys.find((name) => name in body) : undefined;
  if (key !== undefined) throw new OrgRefusal(400, 'JSON_PARSER_ERROR', `Unrecognized field "${key}"`);
}
