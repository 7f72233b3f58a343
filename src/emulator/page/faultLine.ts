import type { FaultStatus } from '../faults/index.js';

/** One line about an active fault: what it does, to which requests, how often, and how often it has struck. */
export interface FaultLine {
  readonly what: string;
  readonly when: string;
  /** Whether the fault has struck as often as its rule allows. */
  readonly isSpent: boolean;
}

export function faultLine(rule: FaultStatus): FaultLine {
  const { name, fault, rate, count, skip, struck, met } = rule;
  const occasions = [
    rate === undefined ? undefined : `${Number((rate * 100).toFixed(2))} % of them`,
    count === undefined ? undefined : count === 1 ? 'once' : `${count} times`,
    skip === undefined || skip === 0 ? undefined : `after the first ${skip}`,
  ].filter((text) => text !== undefined);
  return {
    what: name === undefined ? fault : `${name} (${fault})`,
    when: `${[targetOf(rule), ...occasions].join(', ')}. Struck ${struck} of ${met}.`,
    isSpent: count !== undefined && struck >= count,
  };
}

function targetOf({ fault, match }: FaultStatus): string {
  const isForJobs = fault.startsWith('job');
  if (!match) return isForJobs ? 'Every 200 rows of a bulk job' : 'Every API call';
  const { method, path, pathPattern, bodyContains, bodyPattern } = match;
  const verb = method === undefined ? 'Requests' : [method].flat().join(' or ');
  const place = path ?? (pathPattern === undefined ? 'any path' : `paths like ${pathPattern}`);
  const body = bodyContains ?? bodyPattern;
  return `${verb} to ${place}${body === undefined ? '' : ` with “${body}”`}`;
}
