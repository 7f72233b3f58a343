import type { OrgCall } from '../http/orgCall.js';
import type { FaultRule } from './faultPlan.js';

/** The parts of a request that rules match. A transaction of an ingest job is matched like a request. */
export type Target = Pick<OrgCall, 'body' | 'isApiCall' | 'method' | 'path'>;

type Condition = (call: Target) => boolean;

/** Returns a function that tells whether a rule matches a request. */
export function matcherOf(match: FaultRule['match']): Condition {
  const conditions = [...conditionsOf(match ?? {})];
  if (match?.path === undefined && match?.pathPattern === undefined) conditions.push((call) => call.isApiCall);
  return (call) => conditions.every((holds) => holds(call));
}

function* conditionsOf(match: NonNullable<FaultRule['match']>): Iterable<Condition> {
  const { method, path, pathPattern, bodyContains, bodyPattern } = match;
  if (method !== undefined) {
    const methods = new Set<string>([method].flat());
    yield (call) => methods.has(call.method);
  }
  if (path !== undefined) {
    const form = templateForm(path);
    yield (call) => form.test(call.path);
  }
  if (pathPattern !== undefined) {
    const form = new RegExp(pathPattern);
    yield (call) => form.test(call.path);
  }
  if (bodyContains !== undefined) yield (call) => call.body.text().includes(bodyContains);
  if (bodyPattern !== undefined) {
    const form = new RegExp(bodyPattern);
    yield (call) => form.test(call.body.text());
  }
}

/** Converts a path template to a regular expression. `/services/data/:version/query` and `/query` mean the same. */
function templateForm(path: string): RegExp {
  const whole = /^\/(services|id|emulator)\b/.test(path) ? path : `/services/data/:version${path}`;
  const isOpen = whole.endsWith('*');
  const segments = (isOpen ? whole.slice(0, -1) : whole).split('/').map((segment) => {
    return segment.startsWith(':') ? '[^/]+' : escaped(segment);
  });
  return new RegExp(`^${segments.join('/')}${isOpen ? '' : '/?$'}`, 'i');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
