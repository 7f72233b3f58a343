import { systemClock } from '../../base/clock.js';
import type { JournalTarget } from '../../feed/index.js';
import type { Inbox } from '../../outbox/index.js';
import { patiently, shortPatience } from '../patientReads.js';
import { inspectOrg, mustBeOwner, mustFit } from '../preflight.js';
import { readMemberFields } from '../readMemberFields.js';
import { targetOfRoute } from '../routes/chooseRoute.js';
import { defaults } from '../syncOptions.js';
import type { HandInOptions } from './handInOptions.js';

/** What must be known about the org before anything is handed in. */
export interface HandInTarget {
  readonly target: JournalTarget;
  /** The program's name as the org spells it. */
  readonly program: string;
  readonly programId: string;
}

/**
 * Asks the org what a transaction may have, and binds the outbox to the org and program, if it is new.
 * @throws {UnknownProgramError} if the org has no such program
 * @throws {OtherOwnerError} if the outbox belongs to another org or program
 * @throws {SourceNameError} if the name of the source is too long
 */
export async function handInTarget(inbox: Inbox, options: HandInOptions): Promise<HandInTarget> {
  const { client, source, route = defaults.route, unknownMembers, clock = systemClock, signal } = options;
  const patience = shortPatience(clock, signal);
  let { asked } = options;
  const facts = await patiently(patience, () => {
    const early = asked;
    asked = undefined;
    return inspectOrg(client, { program: options.program }, early);
  });
  const owner = await inbox.claim(facts);
  mustBeOwner(inbox.name, owner, facts);
  mustFit(source, { ...facts, numberLength: owner.numberLength });
  const enrolls = unknownMembers === 'enroll';
  const members = enrolls ? await patiently(patience, () => readMemberFields(client)) : undefined;
  const { program, programId } = facts;
  return { target: targetOfRoute(facts.describe, route, members), program, programId };
}
