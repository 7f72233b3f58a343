/**
 * A local org in a separate process. Its first argument can be options of `Emulator.start` as JSON. Tells its parent where
 * it listens, and then answers an {@link OrgQuestion}.
 */
import { Emulator } from '../src/emulator/index.js';
import type { EmulatorOptions, FaultPlanInput } from '../src/emulator/index.js';

/**
 * `memory`: megabytes. `journals`: number and member of each, in the order in which they became visible, when no request
 * is under way. `requests`: how often each endpoint was called. A fault plan: replaces the faults, and counts anew.
 */
export type OrgQuestion = 'journals' | 'memory' | 'requests' | FaultPlanInput;

const org = await Emulator.start(JSON.parse(process.argv[2] ?? '{}') as EmulatorOptions);
process.on('message', (question: OrgQuestion) => void answer(question).then((content) => process.send?.(content)));
process.on('disconnect', () => process.exit());
process.send?.({ url: org.url, accessToken: org.accessToken });

async function answer(question: OrgQuestion): Promise<unknown> {
  if (question === 'memory') return process.memoryUsage().rss / 2 ** 20;
  if (question === 'requests') return org.requests.toObject();
  if (question === 'journals') return storedJournals();
  org.requests.reset();
  org.faults.replace(question);
  return true;
}

async function storedJournals(): Promise<object[]> {
  await org.faults.settled();
  const members = org.store.find('LoyaltyProgramMember', {});
  const numbers = new Map(members.map((row) => [row.Id, row['MembershipNumber']]));
  return [...org.effects]
    .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert')
    .map(({ fields }) => ({
      key: fields['ExternalTransactionNumber'],
      member: numbers.get(String(fields['MemberId'])),
    }));
}
