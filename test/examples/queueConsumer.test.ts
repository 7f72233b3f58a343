import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Emulator } from '../../src/emulator/index.js';
import { harbourOrg, journalsIn, program, sale } from './harbourOrg.js';
import { MemoryQueue } from './memoryQueue.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

type Question =
  | { readonly type: 'receive' }
  | { readonly type: 'acknowledge'; readonly id: number; readonly is: string }
  | { readonly type: 'reject'; readonly id: number; readonly reason: string };

const visibility = 30_000;

describe('the example of a queue consumer', function () {
  this.timeout(120_000);
  let folder: string;
  let org: Emulator;
  let now: number;
  let queue: MemoryQueue;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-consumer-'));
    org = await harbourOrg();
    now = 0;
    queue = new MemoryQueue(() => now, visibility);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await org.stop();
    await rm(folder, { recursive: true });
  });

  /** Runs a consumer until the queue has nothing visible. Returns how it ended. */
  async function run(onAcknowledge: (question: { id: number; is: string }, child: ChildProcess) => void) {
    const child = fork(join(import.meta.dirname, 'consumerProcess.ts'), {
      execArgv: [...typeScriptArgs],
      env: { ...process.env, ORG_URL: org.url, PROGRAM: program, OUTBOX: join(folder, 'outbox.sqlite') },
    });
    children.push(child);
    child.on('message', (question: Question) => {
      if (question.type === 'acknowledge') onAcknowledge(question, child);
      if (question.type === 'reject') queue.reject(question.id, question.reason);
      if (child.connected && !child.killed) child.send(question.type === 'receive' ? (queue.receive() ?? {}) : {});
    });
    return once(child, 'exit');
  }

  const acknowledged = (told: string[]) => (question: { id: number; is: string }) => {
    told.push(question.is);
    queue.acknowledge(question.id);
  };

  it('killed between push and acknowledge: the message comes again, and the org gets one journal', async () => {
    queue.send(sale('1'));
    expect(await run((_, child) => child.kill('SIGKILL'))).to.deep.equal([null, 'SIGKILL']);
    expect([queue.length, await journalsIn(org)]).to.deep.equal([1, 0]);

    const told: string[] = [];
    expect(await run(acknowledged(told))).to.deep.equal([0, null]);
    expect([told, queue.length]).to.deep.equal([[], 1]);
    expect(await journalsIn(org), 'delivered, although nobody has the message yet').to.equal(1);

    now += visibility;
    expect(await run(acknowledged(told))).to.deep.equal([0, null]);
    expect([told, queue.length]).to.deep.equal([['done'], 0]);
    expect(await journalsIn(org)).to.equal(1);
  });

  it('puts aside what can never be delivered, and goes on', async () => {
    queue.send({ ...sale('1'), member: '' });
    queue.send(sale('2'));
    queue.send(sale('2', '99.00'));
    const told: string[] = [];
    expect(await run(acknowledged(told))).to.deep.equal([0, null]);
    expect(queue.rejected).to.have.length(1);
    expect(await journalsIn(org)).to.equal(1);
    queue.send(sale('2', '5.00'));
    await run(acknowledged(told));
    expect(queue.rejected[1]).to.equal('conflict');
  });
});
