import { expect } from 'chai';
import fc from 'fast-check';
import { once } from 'node:events';
import { connect } from 'node:net';
import { request } from 'undici';
import { Emulator } from '../../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../restClient.js';
import { anyCall } from './anyCall.js';

/** Runs of each property; more of them with FUZZ_RUNS. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 500);

/** Whatever is sent, the org answers in its own form, and is there for the next one. */
describe('A request that makes no sense', function () {
  this.timeout(0);

  let org: Emulator;
  const defects: Error[] = [];
  const onWarning = (warning: Error): void => {
    if (warning.name === 'EmulatorDefect') defects.push(warning);
  };

  before(async () => {
    process.on('warning', onWarning);
    org = await Emulator.start({ customFields: sourceKey });
    seedProgram(org);
  });

  after(async () => {
    process.off('warning', onWarning);
    await org.stop();
  });

  /** The least that an org can do. */
  async function isAlive(): Promise<void> {
    const headers = { authorization: `Bearer ${org.accessToken}` };
    const { statusCode, body } = await request(`${org.url}/services/data/v66.0/limits`, { headers });
    await body.dump();
    expect(statusCode).to.equal(200);
    expect(defects).to.deep.equal([]);
  }

  it('gets an answer in the platform’s form, at every endpoint', async () => {
    await fc.assert(
      fc.asyncProperty(anyCall, async ({ target: { method, path }, query: parameters, headers: given, body: sent }) => {
        const bearer = { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' };
        const answer = await request(`${org.url}${path}${parameters}`, {
          method,
          headers: { ...bearer, ...given },
          body: method === 'GET' || method === 'HEAD' ? null : sent,
          signal: AbortSignal.timeout(10_000),
        });
        const bytes = Buffer.from(await answer.body.arrayBuffer());
        expect(answer.statusCode === 501 ? 431 : answer.statusCode).to.be.within(200, 431);
        const isPlain = answer.headers['content-encoding'] === undefined;
        if (answer.statusCode >= 400 && bytes.length > 0 && isPlain && path.startsWith('/services/data/v66.0/')) {
          const [first] = [JSON.parse(bytes.toString())].flat();
          expect(first).to.have.any.keys('message', 'success', 'error', 'graphs', 'hasErrors', 'isSuccess', 'status');
        }
        // Taken out, so that a smaller example has to show them again.
        expect(defects.splice(0)).to.deep.equal([]);
      }),
      { numRuns },
    );
    await isAlive();
  });

  it('may not even be HTTP', async () => {
    const line = fc.oneof(
      fc.constantFrom(
        'GET / HTTP/1.1\r\n',
        'POST /services/data/v66.0/sobjects/Account HTTP/1.1\r\n',
        '\r\n',
        '\r\n\r\n',
      ),
      fc.constantFrom(
        'Host: x\r\n',
        'Content-Length: 5\r\n',
        'Content-Length: -1\r\n',
        'Transfer-Encoding: chunked\r\n',
      ),
      fc.constantFrom('5\r\nabcde\r\n0\r\n\r\n', 'ffffffffff\r\n', 'Expect: 100-continue\r\n', 'Upgrade: h2c\r\n'),
      fc.string({ unit: 'binary', maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const socket = connect(Number(new URL(org.url).port), '127.0.0.1');
        socket.on('error', () => undefined);
        socket.resume();
        socket.end(lines.join(''));
        await once(socket, 'close');
      }),
      { numRuns },
    );
    await isAlive();
  });
});
