import type { Run } from '../../outbox/index.js';
import type { DeliveryState } from '../deliveryState.js';
import type { FirstMembers } from '../firstMembers.js';
import { MemberCheck } from '../memberCheck.js';
import { MemberOutcomes } from '../memberOutcomes.js';
import type { MemberIds } from '../memberIds.js';
import type { OrgFacts } from '../preflight.js';
import type { SyncOptions } from '../syncOptions.js';
import { MemberEnroller } from './memberEnroller.js';

interface MemberContext {
  readonly facts: Pick<OrgFacts, 'program'>;
  readonly run: Pick<Run, 'id'>;
  readonly state: DeliveryState;
  /** Learns the Ids of the members that are found. */
  readonly memberIds: MemberIds | undefined;
  readonly first: FirstMembers | undefined;
  /** True for a dry run. */
  readonly plans: boolean;
}

/** Returns what a delivery does about members: looking for them, and enrolling them. */
export function memberWork(
  { client, unknownMembers, outbox }: Pick<SyncOptions, 'client' | 'unknownMembers' | 'outbox'>,
  { facts: { program }, run, state, memberIds, first, plans }: MemberContext,
): { readonly memberCheck: MemberCheck; readonly enroller: MemberEnroller } {
  const presence = new MemberOutcomes(program, state, unknownMembers);
  const shared = { client, program, state, presence, enrollments: outbox.enrollments };
  const enroller = new MemberEnroller({ ...shared, run: run.id, plans });
  return { enroller, memberCheck: new MemberCheck({ ...shared, enroller, memberIds, first }) };
}
