import { expect } from 'chai';
import fc from 'fast-check';
import { request } from 'undici';
import { Emulator, FaultPlan } from '../../../src/emulator/index.js';
import type { FaultRuleInput } from '../../../src/emulator/index.js';
import { seedProgram } from '../restClient.js';

const milliseconds = fc.oneof(fc.nat(5), fc.tuple(fc.nat(5), fc.nat(5)));
const share = fc.double({ min: 0, max: 1, noNaN: true });
const failure = {
  status: fc.integer({ min: 200, max: 599 }),
  body: fc.oneof(fc.string(), fc.jsonValue(), fc.constant(undefined)),
  contentType: fc.constantFrom(undefined, 'text/plain', 'application/json', 'text/html'),
};
const committed = fc.boolean();
const faults = [
  fc.record({ fault: fc.constant('latency'), milliseconds }),
  fc.record({ fault: fc.constant('error'), committed, ...failure }),
  fc.record({ fault: fc.constant('partial'), first: fc.constantFrom(undefined, 1, 2, 9), ...failure }),
  fc.record({ fault: fc.constant('silence') }),
  fc.record({ fault: fc.constant('lateCommit'), milliseconds }),
  fc.record({ fault: fc.constant('drop'), share }),
  fc.record({ fault: fc.constant('truncated'), share }),
  fc.record({ fault: fc.constant('reset'), committed }),
  fc.record({ fault: fc.constant('html'), committed }),
  fc.record({ fault: fc.constant('unauthorized') }),
  fc.record({ fault: fc.constant('jobLatency'), milliseconds }),
  fc.record({ fault: fc.constantFrom('jobRows', 'jobFailure') }),
  fc.record({ fault: fc.constant('quota'), limit: fc.constantFrom('daily', 'concurrent') }),
];
const occasion = fc.record(
  {
    match: fc.record(
      {
        method: fc.constantFrom('GET', 'POST', 'PATCH'),
        path: fc.constantFrom('/query', '/sobjects/*', '/:any/:thing', '/services/*', '/*', '/a(b[c'),
        pathPattern: fc.constantFrom('', '^/', 'sobjects', '.'),
        bodyContains: fc.string({ maxLength: 2 }),
      },
      { requiredKeys: [] },
    ),
    rate: share,
    count: fc.integer({ min: 1, max: 3 }),
    skip: fc.nat(2),
  },
  { requiredKeys: [] },
);
const rule = fc.tuple(fc.oneof(...faults), occasion).map(([fault, when]) => {
  return { ...fault, ...when } as unknown as FaultRuleInput;
});

/** Whatever is planned and whatever is sent: an answer or the end of the connection, soon, and an org that goes on. */
describe('Faults of any kind under requests of any kind', () => {
  let org: Emulator;
  const defects: Error[] = [];
  const onWarning = (warning: Error): void => {
    if (warning.name === 'EmulatorDefect') defects.push(warning);
  };

  before(async () => {
    process.on('warning', onWarning);
    org = await Emulator.start({ effects: { limit: 100 } });
    seedProgram(org);
  });

  after(async () => {
    process.off('warning', onWarning);
    await org.stop();
  });

  /** @returns the status, or the code of how the connection ended */
  async function send(method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', path: string, body?: string, more = {}) {
    try {
      const headers = { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json', ...more };
      const signal = AbortSignal.timeout(5000);
      const answer = await request(org.url + path, { method, headers, signal, body: method === 'GET' ? null : body });
      await answer.body.dump();
      return answer.statusCode;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }

  const goOn = [200, 201, 204];
  const record = fc.dictionary(fc.constantFrom('Name', 'MemberId', 'Status', 'records', 'inputs'), fc.jsonValue());
  const body = fc.oneof(
    fc.json(),
    record.map((each) => JSON.stringify(each)),
    fc.constant('{"Name":"A"}'),
    fc.constant('{"transactionJournals":[{"MembershipNumber":"M-77","ActivityDate":"2026-04-03"},{},{}]}'),
  );
  const path = fc
    .constantFrom(
      '/limits',
      '/sobjects/Account',
      '/query?q=SELECT+Id+FROM+Account',
      '/connect/realtime/loyalty/programs/Cirrus',
    )
    .map((rest) => `/services/data/v66.0${rest}`);
  const call = fc.tuple(fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE'), path, body);

  it('end with an answer or with a closed connection', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { maxLength: 4 }),
        fc.array(call, { minLength: 1, maxLength: 5 }),
        async (rules, calls) => {
          org.faults.replace({ seed: 1, rules });
          const outcomes = await Promise.all(calls.map(([method, where, what]) => send(method, where, what)));
          for (const outcome of outcomes) {
            if (typeof outcome === 'string') expect(outcome).to.match(/^(UND_ERR_SOCKET|ECONNRESET)/);
          }
          org.faults.clear();
          await org.faults.settled();
          expect(org.faults.isQuiet).to.equal(true);
          expect(await send('GET', '/services/data/v66.0/limits')).to.equal(200);
          expect(defects).to.deep.equal([]);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('do not affect the control port, whatever is sent to it', async () => {
    const target = fc.constantFrom(
      'faults',
      'limits',
      'locks',
      'effects',
      'effects?after=x',
      'effects?after=-1',
      'none',
    );
    const plan = fc.oneof(
      body,
      fc.record({ rules: fc.array(rule) }).map((each) => JSON.stringify(each)),
    );
    const header = fc.constantFrom({}, { 'x-emulator-control': '1' });
    const sending = fc.tuple(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'), target, plan, header);
    await fc.assert(
      fc.asyncProperty(sending, async ([method, where, what, headers]) => {
        const outcome = await send(method, `/emulator/${where}`, what, headers);
        expect(outcome).to.be.oneOf([...goOn, 400, 403, 404, 405]);
        org.faults.clear();
        expect(defects).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });

  it('are accepted or refused as a whole', () => {
    fc.assert(
      fc.property(fc.array(rule), (rules) => {
        const plan = FaultPlan.safeParse({ rules });
        if (plan.success) expect(plan.data.rules).to.have.length(rules.length);
        else expect(plan.error.issues).to.not.equal([]);
      }),
    );
  });
});
