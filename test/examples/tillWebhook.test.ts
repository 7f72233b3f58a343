import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Emulator } from '../../src/emulator/index.js';
import { freePort } from './freePort.js';
import { harbourOrg, journalsIn, program, sale } from './harbourOrg.js';

const root = join(import.meta.dirname, '../..');
const example = join(root, 'examples/till-webhook.ts');
/** Makes the service of the example busy. */
const busy = join(import.meta.dirname, 'busyService.ts');

describe('the example of a till webhook', function () {
  this.timeout(120_000);
  let folder: string;
  let org: Emulator;
  let port: number;
  let child: ChildProcess | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-webhook-'));
    org = await harbourOrg();
  });
  afterEach(() => void child?.kill('SIGKILL'));
  after(async () => {
    await org.stop();
    await rm(folder, { recursive: true });
  });

  async function start(outbox: string, ...args: string[]): Promise<void> {
    port = await freePort();
    const env = { ORG_URL: org.url, CLIENT_ID: 'test', CLIENT_SECRET: 'test', PROGRAM: program };
    child = spawn(process.execPath, [...args, example], {
      env: { ...process.env, ...env, OUTBOX: join(folder, outbox), PORT: String(port) },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    while (child.exitCode === null && !(await answers(port)));
  }

  async function post(body: unknown): Promise<[number, { is?: string; message?: string }]> {
    const answer = await fetch(`http://127.0.0.1:${port}/sales`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return [answer.status, (await answer.json()) as { is?: string }];
  }

  it('is in the README as it is in examples/', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    expect(readme).to.contain(`\`\`\`ts\n${(await readFile(example, 'utf8')).trimEnd()}\n\`\`\``);
  });

  it('answers 202, 200, 409 and 422, and delivers everything before it ends on SIGTERM', async () => {
    await start('till.sqlite');
    const is = async (body: unknown): Promise<unknown[]> => {
      const [status, answer] = await post(body);
      return [status, answer.is];
    };
    expect(await is(sale('1'))).to.deep.equal([202, 'accepted']);
    expect((await is(sale('1')))[1]).to.equal('repeatAccepted');
    expect(await post({ ...sale('2'), member: '' })).to.have.property('0', 422);
    expect(await post('{')).to.have.property('0', 400);
    await Promise.all(Array.from({ length: 50 }, (_, index) => post(sale(`more-${index}`))));
    child?.kill('SIGTERM');
    expect(await once(child!, 'exit')).to.deep.equal([0, null]);
    expect(await journalsIn(org)).to.equal(51);

    await start('till.sqlite');
    expect(await is(sale('1'))).to.deep.equal([200, 'known']);
    expect(await is(sale('1', '99.00'))).to.deep.equal([409, 'conflict']);
    expect(await is(sale('3', '5.00', 'nobody'))).to.deep.equal([202, 'accepted']);
  });

  it('answers 429 when the service is busy', async () => {
    await start('busy.sqlite', '--import', busy);
    const [status, { message }] = await post(sale('1'));
    expect(status).to.equal(429);
    expect(message).to.include('Nothing more is taken at present');
  });
});

async function answers(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    () => true,
    () => false,
  );
}
