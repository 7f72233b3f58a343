import { expect } from 'chai';
import { livePlants } from './org/livePlants.js';
import type { NamedLivePlant } from './org/livePlants.js';
import { simulateLive } from './org/liveSimulation.js';
import { Marks } from './org/marks.js';
import { settleDown } from './org/plantedFaults.js';

/** This many histories must be enough to find any of them. */
const seeds = 40;

/** Returns the first seed whose history finds the planted fault, and the message. */
async function find({ patch, ...plant }: NamedLivePlant): Promise<{ seed: number; says: string } | undefined> {
  const restore = patch?.();
  try {
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        await simulateLive(seed, new Marks(), plant);
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

describe('the simulation of services finds a service that', () => {
  for (const plant of livePlants) {
    it(plant.name, async () => {
      const found = await find(plant);
      if (process.env['SIMULATION_MARKS']) console.log(found);
      expect(found, `found within ${seeds} histories`).to.not.equal(undefined);
    }).timeout(60_000);
  }
});
