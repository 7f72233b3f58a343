import { message, start } from '../processes.js';
import type { FaultPlanInput } from '../../src/emulator/index.js';
import type { OrgQuestion } from '../localOrg.js';
import { OrgLoad } from '../orgLoad.js';
import type { SeenJournal } from './leftWrong.js';

export interface RunningOrg {
  readonly url: string;
  readonly accessToken: string;
  /** All requests since the faults were set, and those that ran journals. */
  requests(): Promise<{ readonly all: number; readonly journals: number }>;
  /** In the order in which the org stored them. */
  journals(): Promise<readonly SeenJournal[]>;
}

interface OrgWanted {
  readonly members: Iterable<string>;
  readonly faults: FaultPlanInput;
  /** Whether batch jobs run the processes of the program, too. */
  readonly isBatch?: boolean;
}

/** Starts a local org with the example program and these members, and with faults when they are there. */
export async function withOrg<T>(
  { members, faults, isBatch = false }: OrgWanted,
  work: (org: RunningOrg) => Promise<T>,
): Promise<T> {
  const options = { effects: true, settings: { allowNegativeBalance: true } };
  const child = start('localOrg.ts', [JSON.stringify(options)]);
  const ask = async <A>(question: OrgQuestion): Promise<A> => {
    const answer = message<A>(child);
    child.send(question);
    return answer;
  };
  try {
    const place = await message<{ url: string; accessToken: string }>(child);
    await enroll(place, members, isBatch);
    await ask(faults);
    return await work({
      ...place,
      requests: async () => countsOf(await ask('requests')),
      journals: () => ask('journals'),
    });
  } finally {
    child.disconnect();
  }
}

async function enroll(
  place: { url: string; accessToken: string },
  members: Iterable<string>,
  isBatch: boolean,
): Promise<void> {
  await using load = new OrgLoad(place.url, place.accessToken);
  const { programId } = await load.program(isBatch);
  const rows = Array.from(members, (MembershipNumber) => {
    const dates = { EnrollmentDate: '2010-01-01' };
    return { ProgramId: programId, MembershipNumber, MemberStatus: 'Active', MemberType: 'Individual', ...dates };
  });
  await load.collections('LoyaltyProgramMember', rows);
}

function countsOf(requests: Readonly<Record<string, number>>): { all: number; journals: number } {
  const counts = { all: 0, journals: 0 };
  for (const [endpoint, times] of Object.entries(requests)) {
    counts.all += times;
    if (endpoint.includes('/connect/realtime/')) counts.journals += times;
  }
  return counts;
}
