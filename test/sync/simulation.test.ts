import { Marks } from './org/marks.js';
import { simulate } from './org/simulation.js';

const { env } = process;
/** `npm run test:simulation` proves more. */
const seeds = Number(env['SIMULATION_SEEDS'] ?? (env['npm_lifecycle_event'] === 'test:simulation' ? 2000 : 50));
const first = Number(env['SIMULATION_FIRST_SEED'] ?? 1);

describe('a sync in an org in which things go wrong', () => {
  const marks = new Marks();

  for (let seed = first; seed < first + seeds; seed++) {
    it(`loses nothing, doubles nothing and keeps the order, seed ${seed}`, async () => {
      await simulate(seed, marks);
    });
  }

  after(() => {
    if (env['SIMULATION_MARKS']) console.log(String(marks));
  });
});
