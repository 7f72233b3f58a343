import { Marks } from './org/marks.js';
import { machinesMarks } from './org/machinesMarks.js';
import { simulateMachines } from './org/machinesSimulation.js';
import type { Level } from './org/machinesSimulation.js';

const { env } = process;
/** `npm run test:simulation` runs more seeds. */
const seeds = Number(env['SIMULATION_SEEDS'] ?? (env['npm_lifecycle_event'] === 'test:simulation' ? 2000 : 25));
const first = Number(env['SIMULATION_FIRST_SEED'] ?? 1);
/** With fewer seeds than this, the purpose is to repeat a failure, and not every case occurs. */
const few = 500;

describe('outboxes that are lost, restored or not alone, and a feed that changes', () => {
  for (const level of [0, 1, 2, 'field not honored'] as const satisfies readonly Level[]) {
    const marks = new Marks();

    for (let seed = first; seed < first + seeds; seed++) {
      it(`level ${level} doubles nothing without naming it, and loses nothing silently, seed ${seed}`, async () => {
        await simulateMachines(seed, level, marks);
      });
    }

    if (seeds < few) continue;

    it(`level ${level} includes every required case`, () => {
      if (env['SIMULATION_MARKS']) console.log(String(marks));
      marks.expectAll(machinesMarks(level), Math.max(1, Math.floor(seeds / 500)));
    });
  }
});
