import { apiError } from './bulkErrors.js';

type Properties = Readonly<Record<string, unknown>>;

/** One of the known values of a property. @throws ApiError 400 API_ERROR */
export function valueOf(request: Properties, name: string, known: readonly string[], absent?: string): string {
  const value = request[name] ?? absent;
  if (typeof value === 'string' && known.includes(value)) return value;
  throw apiError(`Invalid value: '${textOf(value)}' supplied for property: '${name}'`);
}

/** Empty where the property is not there. @throws ApiError 400 API_ERROR for what is no text */
export function textOfProperty(request: Properties, name: string): string {
  const value = request[name] ?? '';
  if (typeof value === 'string') return value;
  throw apiError(`Invalid value: '${textOf(value)}' supplied for property: '${name}'`);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
