export type JobState = 'Aborted' | 'Failed' | 'InProgress' | 'JobComplete' | 'Open' | 'UploadComplete';

const over: ReadonlySet<JobState> = new Set(['Aborted', 'Failed', 'JobComplete']);

/** Whether the job has ended. */
export function isOver(state: JobState): boolean {
  return over.has(state);
}

/** Name of a state in the platform's messages about jobs: "Aborting already Completed Job not allowed". */
export function jobStateName(state: JobState): string {
  return state === 'JobComplete' ? 'Completed' : state;
}

/** Formats a time in whole seconds: `2026-05-01T10:00:00.000+0000`. */
export function jobTime(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('Z', '+0000');
}
