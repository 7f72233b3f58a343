import type { Outbox, Run, StopReason } from '../outbox/index.js';

/** Why a run has no end. */
export const killed: StopReason = {
  code: 'KILLED',
  message: 'The process of the run was killed or crashed: the run has no end, and nobody is at work on it.',
  action: 'What it left open goes on with the next run of any kind. Only "sync resume" reads the rest of its feeds.',
};

/**
 * Returns the ids of the runs that have no end and that no process can be at work on any more. While the outbox is held,
 * the one of them that was begun or resumed last may be at work. What is read of a run afterwards may show that it has
 * just ended.
 */
async function cutOffRuns(outbox: Outbox): Promise<ReadonlySet<string>> {
  const before = await outbox.runs.withoutEnd();
  if (before.length === 0) return new Set();
  // One that began meanwhile is at work, and all before it are not.
  const atWork = (await outbox.isHeld()) ? (await outbox.runs.withoutEnd())[0] : undefined;
  return new Set(before.filter((id) => id !== atWork));
}

/** Returns a run as it is now. One whose process was killed has been interrupted. */
export async function presentRun(outbox: Outbox, run: Run): Promise<Run> {
  if (run.ending !== undefined) return run;
  const cutOff = await cutOffRuns(outbox);
  return told((await outbox.runs.find(run.id)) ?? run, cutOff);
}

/** Returns the latest runs as they are now, the newest first, and how many more there are. */
export async function presentRuns(outbox: Outbox, limit: number): Promise<{ runs: Run[]; leftOut: number }> {
  const cutOff = await cutOffRuns(outbox);
  const { runs, leftOut } = await outbox.runs.latest(limit);
  return { runs: runs.map((run) => told(run, cutOff)), leftOut };
}

function told(run: Run, cutOff: ReadonlySet<string>): Run {
  const isCutOff = run.ending === undefined && cutOff.has(run.id);
  return isCutOff ? { ...run, ending: 'interrupted', stopped: killed } : run;
}
