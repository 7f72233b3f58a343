import { simulate } from './org/simulation.js';

const seeds = Number(process.env['SIMULATION_SEEDS'] ?? 50);
const first = Number(process.env['SIMULATION_FIRST_SEED'] ?? 1);

describe('a sync in an org in which things go wrong', () => {
  for (let seed = first; seed < first + seeds; seed++) {
    it(`loses nothing, doubles nothing and keeps the order, seed ${seed}`, async () => {
      await simulate(seed);
    });
  }
});
