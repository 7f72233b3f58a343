import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { post, sale } from '../door/openDoor.js';
import { Cli, errorOf } from '../support/cli.js';
import type { Running, Target } from '../support/cli.js';
import { reportOf } from '../support/cliFeed.js';
import { journalRequests, openShop } from '../support/cliOrg.js';
import type { Shop } from '../support/cliOrg.js';
import { Relay } from '../support/cliRelay.js';
import { startServe } from '../support/servedDoor.js';

const run = promisify(execFile);

describe('loyalty sync serve', function () {
  this.timeout(60_000);

  let shop: Shop;
  let cli: Cli;

  beforeEach(async () => {
    shop = await openShop({ members: 3 });
    cli = await Cli.create();
  });

  afterEach(async () => {
    await cli[Symbol.asyncDispose]();
    await shop[Symbol.asyncDispose]();
  });

  /** Starts it, and returns the address that it prints. */
  async function serve(
    args: readonly string[] = [],
    org: Target = shop.org,
    shell?: string,
  ): Promise<{ running: Running; url: string }> {
    const { running, url: found } = startServe(cli, org, args, { shell });
    const url = await found;
    return { running, url };
  }

  it('takes, delivers, drains on SIGTERM, and ends with the report', async () => {
    const { running, url } = await serve();
    expect((await post(`${url}/transactions`, [sale('1'), sale('2', 'HR-100002')])).status).to.equal(202);
    expect((await fetch(`${url}/ready`)).status).to.equal(200);
    running.kill('SIGTERM');
    const { code, stdout } = await running.ended;
    expect([code, journalRequests(shop.org)]).to.deep.equal([0, 1]);
    expect(stdout)
      .to.include('2 pushed, 2 settled, 0 open')
      .and.match(/^Run \S+ in Harbour Rewards: complete\.$/m);
  });

  it('answers the requests in progress after SIGTERM, and delivers what they brought; 68 if the org refuses one', async () => {
    const { running, url } = await serve();
    const [head, tail] = [JSON.stringify([sale('1'), sale('2', 'HR-999999')]), ' '];
    const under = Promise.withResolvers<undefined>();
    const rest = Promise.withResolvers<undefined>();
    const body = new ReadableStream({
      async start(controller) {
        controller.enqueue(Buffer.from(head));
        under.resolve(undefined);
        await rest.promise;
        controller.enqueue(Buffer.from(tail));
        controller.close();
      },
    });
    const headers = { 'content-type': 'application/json' };
    const answer = fetch(`${url}/transactions`, { method: 'POST', body, headers, duplex: 'half' });
    await under.promise;
    // The request has arrived when another one that was sent later is answered.
    await fetch(`${url}/health`);
    running.kill('SIGTERM');
    for (;;) {
      const isClosed = await fetch(`${url}/health`, { headers: { connection: 'close' } }).then(
        () => false,
        () => true,
      );
      if (isClosed) break;
    }
    rest.resolve(undefined);
    expect((await answer).status).to.equal(202);
    expect((await running.ended).code).to.equal(68);
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('prints neither keys nor members nor contents, but methods, paths and statuses with --verbose', async () => {
    const { running, url } = await serve(['--verbose']);
    await post(`${url}/transactions`, sale('secret-key', 'HR-100001'));
    await fetch(`${url}/transactions/till%3Asecret-key`);
    await fetch(`${url}/HR-100001`);
    running.kill('SIGTERM');
    const { stdout, stderr } = await running.ended;
    expect(stdout).to.match(/^POST \/transactions 202 [\d.]+ ms$/m);
    expect(stdout).to.match(/^GET \/transactions\/\{key\} 200 [\d.]+ ms$/m);
    expect(stdout).to.match(/^GET \* 404 [\d.]+ ms$/m);
    expect(stdout + stderr).to.not.match(/secret-key|HR-100001|3\.40|Accrual/);
  });

  it('ends with 69 when only the reserve is left, although nothing is open', async () => {
    const { running } = await serve(['--reserve', '5000000']);
    const { code, stdout } = await running.ended;
    expect([code, journalRequests(shop.org)]).to.deep.equal([69, 0]);
    expect(stdout)
      .to.match(/: stopped\.$/m)
      .and.include('5000000 are kept in reserve');
  });

  it('ends at once at the second signal, and the next one delivers what was accepted, once', async () => {
    const stored = Promise.withResolvers<undefined>();
    const told = Promise.withResolvers<undefined>();
    await using relay = await Relay.open(shop.org, {
      after: async ({ isJournals }) => {
        if (!isJournals) return;
        stored.resolve(undefined);
        await told.promise;
      },
    });
    const { running, url } = await serve([], relay);
    expect((await post(`${url}/transactions`, sale('1'))).status).to.equal(202);
    await stored.promise;
    await running.interrupt();
    await running.interrupt();
    expect((await running.ended).code).to.equal(130);
    told.resolve(undefined);

    const next = await serve();
    expect((await post(`${next.url}/transactions`, sale('1'))).body.is).to.equal('openBefore');
    next.running.kill('SIGTERM');
    expect((await next.running.ended).code).to.equal(0);
    expect(journalRequests(shop.org)).to.equal(1);
  });

  it('is killed, and "sync resume" delivers what was accepted without a mapping; the reports say how to go on', async () => {
    let isKilled = false;
    await using relay = await Relay.open(shop.org, {
      before: ({ isJournals }) => {
        if (!isJournals || isKilled) return undefined;
        isKilled = true;
        running.kill('SIGKILL');
        return 'cut';
      },
    });
    const { running, url } = await serve(['--host', 'localhost'], relay);
    await post(`${url}/transactions`, [sale('1'), sale('2', 'HR-999999')]).catch(() => undefined);
    await running.ended;
    const place = ['--outbox', cli.path('till.sqlite')];
    const report = async (): Promise<string> => (await cli.run('sync report', place, { org: shop.org })).stdout;
    expect(await report()).to.match(/^Continue with: sf loyalty sync resume --run /m);

    const resumed = await cli.run('sync resume', [...place, '--settle', '1', '--json'], { org: shop.org });
    expect(resumed.code, resumed.stdout).to.equal(68);
    const { ending, counts } = reportOf(resumed);
    expect([ending, counts.items.done, counts.items.refused]).to.deep.equal(['complete', 1, 1]);
    const again =
      /push them again\. To start the service: sf loyalty sync serve --source till --program 'Harbour Rewards' .* --host localhost /;
    expect(await report()).to.match(again);
    const retried = await cli.run('sync retry', [...place, '--settle', '1'], { org: shop.org });
    expect(retried.code, retried.stderr).to.equal(68);
    for (const shown of [retried.stdout, await report()]) expect(shown).to.match(again);
  });

  it('ends with 69 when the delivery stops by itself; with --json, one document at its end has the report', async () => {
    const denied = { status: 403, errorCode: 'INSUFFICIENT_ACCESS', message: 'no access' };
    await using relay = await Relay.open(shop.org, { before: ({ isJournals }) => isJournals && denied });
    const { running, url } = await serve(['--json'], relay);
    expect((await post(`${url}/transactions`, sale('1'))).status).to.equal(202);
    const ended = await running.ended;
    expect(ended.code).to.equal(69);
    const report = reportOf(ended);
    expect(report.ending).to.equal('stopped');
    expect(report.stopped?.code).to.equal('INSUFFICIENT_ACCESS');
    expect(ended.stderr).to.include(`Takes transactions at ${url}/transactions.`);
  });

  it('refuses an address of other machines without a secret, and no source, before it asks the org anything', async () => {
    const nobody = { url: 'http://127.0.0.1:1', accessToken: shop.org.accessToken };
    const open = await cli.run('sync serve', ['--source', 'till', '--host', '0.0.0.0', '--json'], { org: nobody });
    expect(errorOf(open)).to.include({ status: 1, name: 'DoorOptionsError' });
    expect(errorOf(open).message).to.include('Other machines may reach 0.0.0.0');
    const sourceless = await cli.run('sync serve', ['--json'], { org: nobody });
    expect(errorOf(sourceless).status).to.equal(2);
    expect(errorOf(sourceless).message).to.include('--source').and.to.include('--map');
  });

  it('says so if the port is in use, and leaves the outbox to the next one', async () => {
    await using other = await Relay.open(shop.org, {});
    const { port } = new URL(other.url);
    const args = ['--source', 'till', '--port', port, '--outbox', cli.path('till.sqlite'), '--json'];
    const refused = await cli.run('sync serve', args, { org: shop.org });
    expect(errorOf(refused)).to.include({ status: 1, name: 'PortInUseError' });
    expect(errorOf(refused).message).to.include(`Port ${port} on 127.0.0.1 is in use`);
    const { running } = await serve();
    running.kill('SIGTERM');
    expect((await running.ended).code).to.equal(0);
  });

  it('takes what the openssl example of the docs signs', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/sync-serve.md'), 'utf8');
    const example = /```sh\n(export LOYALTY_SECRET[^]*?)```/.exec(page)?.[1] ?? '';
    const [secret = '', ...sending] = example.split('\n');
    expect(example).to.include('openssl dgst');
    await cli.file('sale.json', JSON.stringify(sale('1')));
    const { stdout: value } = await run('sh', ['-c', `${secret}\nprintf %s "$LOYALTY_SECRET"`]);
    const { running, url } = await serve(
      ['--hmac-env', 'LOYALTY_SECRET'],
      shop.org,
      `LOYALTY_SECRET=${value} exec "$@"`,
    );
    const env = { ...process.env, URL: url, LOYALTY_SECRET: value };
    const { stdout } = await run('sh', ['-c', sending.join('\n')], { cwd: cli.home, env });
    expect(JSON.parse(stdout)).to.include({ key: 'till:1', is: 'accepted' });
    running.kill('SIGTERM');
    expect((await running.ended).code).to.equal(0);
  });
});
