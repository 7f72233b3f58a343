import { expect } from 'chai';
import { machinesPlants } from './org/machinesPlants.js';
import type { MachinesPlant } from './org/machinesPlants.js';
import { simulateMachines } from './org/machinesSimulation.js';
import { settleDown } from './org/plantedFaults.js';

/** This many histories must be enough to find any of them. */
const seeds = 200;

/** Returns the first seed whose history finds the planted fault, and the message. */
async function find({ level, plant }: MachinesPlant): Promise<{ seed: number; says: string } | undefined> {
  const putBack = plant();
  try {
    for (let seed = 1; seed <= seeds; seed++) {
      try {
        await simulateMachines(seed, level);
      } catch (error) {
        await settleDown();
        return { seed, says: String(error) };
      }
    }
    return undefined;
  } finally {
    putBack();
  }
}

describe('the simulation of several machines finds an engine that', () => {
  for (const plant of machinesPlants) {
    it(plant.name, async () => {
      const found = await find(plant);
      if (process.env['SIMULATION_MARKS']) console.log(found);
      expect(found, `found within ${seeds} histories`).to.not.equal(undefined);
    }).timeout(300_000);
  }
});
