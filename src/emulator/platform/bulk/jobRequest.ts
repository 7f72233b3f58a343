import { apiError } from './bulkErrors.js';

type Properties = Readonly<Record<string, unknown>>;

/**
 * Reads a property that has a fixed set of values.
 *
 * @throws {OrgRefusal} 400 API_ERROR when the value is not one of them
 */
export function valueOf(request: Properties, name: string, known: readonly string[], absent?: string): string {
  const value = request[name] ?? absent;
  if (typeof value === 'string' && known.includes(value)) return value;
  throw apiError(`Invalid value: '${textOf(value)}' supplied for property: '${name}'`);
}

/**
 * Reads a text property. A missing property is read as an empty text.
 *
 * @throws {OrgRefusal} 400 API_ERROR when the value is not a text
 */
export function textOfProperty(request: Properties, name: string): string {
  const value = request[name] ?? '';
  if (typeof value === 'string') return value;
  throw apiError(`Invalid value: '${textOf(value)}' supplied for property: '${name}'`);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
