import { z } from 'zod';
import { soqlText } from '../../client/index.js';
import type { PlanEntry } from '../plan/programPlan.js';
import type { Application } from './application.js';

/** Two runs created the same program at the same time. What this one had created is deleted again. */
export class SimultaneousCreationError extends Error {
  override readonly name = 'SimultaneousCreationError';
  readonly actions: readonly string[] = ['Wait until the other run has ended, then run it again.'];

  constructor(program: string) {
    super(`Another run has just created the program "${program}". This one deleted what it had created.`);
  }
}

const IdRow = z.object({ Id: z.string() });

/**
 * Gives way to an older program of the same name, which was not there when the program was planned: names are not
 * unique in an org. All runs see the same one as the oldest.
 * @param call what one request has just created
 * @throws {SimultaneousCreationError}
 */
export async function giveWay(application: Application, call: readonly PlanEntry[]): Promise<void> {
  const created = call.find(({ object }) => object === 'LoyaltyProgram');
  if (!created) return;
  const { client, applied } = application;
  const soql = `SELECT Id FROM LoyaltyProgram WHERE Name = ${soqlText(created.name)} ORDER BY CreatedDate, Id`;
  const [oldest] = await client.query.allRows(soql, IdRow);
  if (oldest === undefined || oldest.Id === applied.get(created)?.id) return;
  const ids = call.flatMap((entry) => applied.get(entry)?.id ?? []).toReversed();
  await application.attempt(call, () => client.sobjects.collections.delete(ids));
  throw new SimultaneousCreationError(created.name);
}
