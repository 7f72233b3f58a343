export type JobState = 'Aborted' | 'Failed' | 'InProgress' | 'JobComplete' | 'Open' | 'UploadComplete';

const over: ReadonlySet<JobState> = new Set(['Aborted', 'Failed', 'JobComplete']);

/** Nothing happens to the job any more. */
export function isOver(state: JobState): boolean {
  return over.has(state);
}

/** How the platform's sentences about jobs name a state: "Aborting already Completed Job not allowed". */
export function nameOf(state: JobState): string {
  return state === 'JobComplete' ? 'Completed' : state;
}

/** `2026-05-01T10:00:00.000+0000` */
export function jobTime(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000).toISOString().replace('Z', '+0000');
}
