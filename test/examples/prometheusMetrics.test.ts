import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Meter } from '@opentelemetry/api';
import { expect } from 'chai';
import type { Emulator } from '../../src/emulator/index.js';
import { harbourFeed } from '../../src/program/index.js';
import type { SyncMeter } from '../../src/sync/index.js';
import { freePort } from './freePort.js';
import { harbourOrg, journalsIn, program } from './harbourOrg.js';

const examples = join(import.meta.dirname, '../../examples');
const rows = 100;

/** A meter of OpenTelemetry can be passed. */
export type Fits = Meter extends SyncMeter ? true : never;
const fits: Fits = true;

describe('the example with metrics for Prometheus', function () {
  this.timeout(120_000);
  let folder: string;
  let org: Emulator;
  let child: ChildProcess | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-metrics-'));
    org = await harbourOrg();
  });
  after(async () => {
    child?.kill('SIGKILL');
    await org.stop();
    await rm(folder, { recursive: true });
  });

  /** Scrapes until this line is there. Returns all series with their values, without the time of a scrape. */
  async function scrapeUntil(port: number, line: string): Promise<Map<string, number>> {
    for (;;) {
      if (child?.exitCode !== null) throw new Error(`The example ended with ${child?.exitCode}.`);
      const text = await fetch(`http://127.0.0.1:${port}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      );
      const series = text.split('\n').flatMap((each): [string, number][] => {
        const found = /^(loyalty_\S+) (\S+)/.exec(each);
        return found ? [[withoutScope(found[1] ?? ''), Number(found[2])]] : [];
      });
      if (series.some(([name, value]) => `${name} ${value}` === line)) return new Map(series);
    }
  }

  it('shows the series of a service, and no key or member', async () => {
    expect(fits).to.equal(true);
    const port = await freePort();
    await writeFile(
      join(folder, 'feed.csv'),
      [...harbourFeed({ seed: 1, rows, members: 5, withoutMember: 0 })].join(''),
    );
    const env = {
      ...{ ORG_URL: org.url, CLIENT_ID: 'test', CLIENT_SECRET: 'test', PROGRAM: program },
      ...{ FEED: join(folder, 'feed.csv'), MAPPING: join(examples, 'harbour-feed.yml') },
      ...{ OUTBOX: join(folder, 'outbox.sqlite'), METRICS_PORT: String(port) },
    };
    child = spawn(process.execPath, [join(examples, 'prometheus-metrics.ts')], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const done = `loyalty_sync_transactions_total{loyalty_sync_outcome="done"} ${rows}`;
    const series = await scrapeUntil(port, done);
    expect(series.get('loyalty_sync_rows_total')).to.equal(rows);
    expect(series.get('loyalty_sync_open')).to.equal(0);
    expect(series.get('loyalty_sync_open_oldest')).to.equal(0);
    expect(series.get('loyalty_sync_calls_left')).to.be.greaterThan(0);
    const requests = series.get('loyalty_sync_request_duration_count{loyalty_sync_request_status="done"}');
    expect(requests).to.be.within(rows / 200, rows);
    expect([...series.keys()].filter((name) => /HR-|harbour|till/i.test(name))).to.deep.equal([]);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).to.deep.equal([0, null]);
    expect(await journalsIn(org)).to.equal(rows);
  });
});

/** Every series names the meter that it is of. */
function withoutScope(series: string): string {
  return series
    .replace(/otel_scope_[a-z_]+="[^"]*",?/g, '')
    .replace(/,\}$/, '}')
    .replace('{}', '');
}
