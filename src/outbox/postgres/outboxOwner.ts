import type { OutboxOwner } from '../outbox.js';
import { NoOutboxError } from '../outboxErrors.js';
import { bytesAnswer } from './answerLimits.js';
import type { DatabaseOutbox } from './databaseOutbox.js';

interface OwnerRow {
  readonly org_id: string | null;
  readonly program_id: string;
  readonly program: string;
  readonly number_length: number;
}

/** Binds an outbox to an org and program, unless it is bound. Returns whom it belongs to. */
export async function claimOutbox(outbox: DatabaseOutbox, owner: OutboxOwner): Promise<OutboxOwner> {
  const { orgId, programId, program, numberLength } = owner;
  await outbox.database.query(
    `UPDATE loyalty_outbox.outbox SET org_id = $2, program_id = $3, program = $4, number_length = $5
     WHERE id = $1 AND org_id IS NULL`,
    [outbox.id, orgId, programId, program, numberLength],
    { answer: bytesAnswer(outbox.lease) },
  );
  const found = await findOwner(outbox);
  if (!found) throw new NoOutboxError(outbox.name);
  return found;
}

/** Returns whom an outbox belongs to; undefined for a new one. */
export async function findOwner({ database, id, lease }: DatabaseOutbox): Promise<OutboxOwner | undefined> {
  const { rows } = await database.query<OwnerRow>(
    'SELECT org_id, program_id, program, number_length FROM loyalty_outbox.outbox WHERE id = $1',
    [id],
    { answer: bytesAnswer(lease) },
  );
  const [row] = rows;
  if (!row || row.org_id === null) return undefined;
  const { org_id: orgId, program_id: programId, program, number_length: numberLength } = row;
  return { orgId, programId, program, numberLength };
}
