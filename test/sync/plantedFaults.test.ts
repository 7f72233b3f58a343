import { expect } from 'chai';
import { Marks } from './org/marks.js';
import { plantedFaults, settleDown } from './org/plantedFaults.js';
import type { PlantedFault } from './org/plantedFaults.js';
import { simulate } from './org/simulation.js';

/** This many histories must be enough to find any of them. */
const seeds = 100;

/** Returns the first seed whose history finds the planted fault, and the message. */
async function find({ patch, ...plant }: PlantedFault): Promise<{ seed: number; says: string } | undefined> {
  const restore = patch?.();
  try {
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        await simulate(seed, new Marks(), plant);
      } catch (error) {
        await settleDown();
        return { seed, says: String(error) };
      }
    }
    return undefined;
  } finally {
    restore?.();
  }
}

describe('the simulation finds an engine that', () => {
  for (const fault of plantedFaults) {
    it(fault.name, async () => {
      const found = await find(fault);
      if (process.env['SIMULATION_MARKS']) console.log(found);
      expect(found, `found within ${seeds} histories`).to.not.equal(undefined);
    }).timeout(180_000);
  }
});
