/** A process of `npm run test:simulation`: tells one history after another. */
import { answerJobs } from '../../support/jobPool.js';
import { Marks } from '../org/marks.js';
import { historyKinds } from './historyKinds.js';
import type { KindName } from './historyKinds.js';

export interface HistoryJob {
  readonly seed: number;
  readonly kind: KindName;
}

answerJobs(async ({ seed, kind }: HistoryJob) => {
  const marks = new Marks();
  await historyKinds[kind].tell(seed, marks);
  return marks.counts;
});
