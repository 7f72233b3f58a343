import type { ProcessWay, ProgramDefinition } from '../program/index.js';

/** Decides how processes get into an org: by a metadata deploy, if there are any and nothing else was asked for. */
export function processWayOf({ processes, rules }: ProgramDefinition, given: string | undefined): ProcessWay {
  if (given === 'deploy' || given === 'records' || given === 'skip') return given;
  return processes.length === 0 && rules === undefined ? 'records' : 'deploy';
}
