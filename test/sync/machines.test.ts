import { simulateMachines, type Level } from './org/machinesSimulation.js';

const { env } = process;
/** `npm run test:simulation` proves more. */
const seeds = Number(env['SIMULATION_SEEDS'] ?? (env['npm_lifecycle_event'] === 'test:simulation' ? 2000 : 25));
const first = Number(env['SIMULATION_FIRST_SEED'] ?? 1);

describe('outboxes that are lost, put back and not alone', () => {
  for (const level of [0, 1, 2, 'field not honored'] as const satisfies readonly Level[]) {
    for (let seed = first; seed < first + seeds; seed++) {
      it(`level ${level} doubles nothing but what it names, seed ${seed}`, async () => {
        await simulateMachines(seed, level);
      });
    }
  }
});
