/** A process of `npm run test:kills`: tells one story after another, and judges it. */
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerJobs } from '../../support/jobPool.js';
import { killKindOf, killKinds } from './killKinds.js';
import { expectEachOnceInOrder } from './killLaws.js';
import { tellKillStory } from './killStory.js';
import type { KilledWhile } from './killStory.js';

export interface KillJob {
  readonly seed: number;
  readonly kills: number;
}

export type KillTally = Readonly<Record<KilledWhile, number>>;

answerJobs(async ({ seed, kills }: KillJob): Promise<KillTally> => {
  const result = await tellKillStory({ seed, kills, kind: killKinds[killKindOf(seed)] });
  try {
    expectEachOnceInOrder(result);
  } catch (error) {
    const path = join(tmpdir(), `kills-${seed}.txt`);
    await writeFile(path, result.history.join('\n'));
    throw new Error(`A law does not hold. What happened is in ${path}.`, { cause: error });
  }
  return result.killedWhile;
});
