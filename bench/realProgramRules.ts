import { startRealProgram } from '../test/rules/outside/startRealProgram.js';
import { say, whole } from './processes.js';

const members = Array.from({ length: 200 }, (_, index) => `M-${index + 1}`);
const requests = 10;
const rounds = 4;

/**
 * Measures how many journals a second go through the rules of a program that was retrieved from an org, which is not part
 * of the project: `LOYALTY_REAL_PROGRAM` names its file. Purchases of 200 members in a request, one request after the
 * other, with all that they do kept in the org. Also the processor time of each, because other work slows the clock only.
 */
export async function benchRealProgram(): Promise<void> {
  const file = process.env['LOYALTY_REAL_PROGRAM'];
  if (file === undefined) {
    say('  A real program is left out: LOYALTY_REAL_PROGRAM names no file.');
    return;
  }
  const returned = () => ({ points: 0, amount: 0, ofOrder: 0 });
  const { org, program } = await startRealProgram(file, { members, returned });
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const [began, used] = [performance.now(), process.cpuUsage()];
      for (let request = 0; request < requests; request += 1) {
        const { failure } = org.explain(program, purchases(request), true);
        if (failure !== undefined) throw new Error(failure);
      }
      const seconds = (performance.now() - began) / 1000;
      const { user, system } = process.cpuUsage(used);
      const journals = requests * members.length;
      const each = ((user + system) / 1000 / journals).toFixed(2);
      say(
        `  round ${round}: ${whole(journals / seconds)} journals/s through a real program, ${each} ms of processor time each`,
      );
    }
  } finally {
    await org.stop();
  }
}

function purchases(request: number) {
  return members.map((MembershipNumber, index) => ({
    ...{ MembershipNumber, JournalTypeName: 'Accrual', JournalSubTypeName: 'Purchase' },
    ...{ ActivityDate: new Date().toISOString(), TransactionAmount: ((index + request) % 90) / 2 + 1 },
    ...{ Brand: index % 2 === 0 ? 'Single' : 'Double', Order_ID__c: `O-${request}-${index}`, Order_Item_ID__c: '1' },
  }));
}
