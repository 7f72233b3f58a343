import { Marks } from './org/marks.js';
import { requiredMarks } from './org/requiredMarks.js';
import { simulate } from './org/simulation.js';

const { env } = process;
/** `npm run test:simulation` runs more seeds. */
const seeds = Number(env['SIMULATION_SEEDS'] ?? (env['npm_lifecycle_event'] === 'test:simulation' ? 2000 : 150));
const first = Number(env['SIMULATION_FIRST_SEED'] ?? 1);
/** With fewer seeds than this, the purpose is to repeat a failure, and not every case occurs. */
const few = 100;

describe('a sync in an org with faults', () => {
  const marks = new Marks();

  for (let seed = first; seed < first + seeds; seed++) {
    it(`loses nothing, doubles nothing and keeps the order, seed ${seed}`, async () => {
      await simulate(seed, marks).catch((error: unknown) => {
        console.log(
          `To repeat it: SIMULATION_FIRST_SEED=${seed} SIMULATION_SEEDS=1 npx mocha test/sync/simulation.test.ts`,
        );
        throw error;
      });
    });
  }

  if (seeds < few) return;

  it('includes every verdict, every change of state, every cell of the table and every pair of faults', () => {
    marks.expectAll(requiredMarks, Math.max(1, Math.floor(seeds / 200)));
  });
});
