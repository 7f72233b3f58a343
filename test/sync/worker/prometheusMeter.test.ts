import { expect } from 'chai';
import { PrometheusMeter } from '../../../src/sync/index.js';

const about = { description: 'What it counts.', unit: '{row}' };

describe('the meter that Prometheus reads', () => {
  it('shows counters, histograms and gauges as text, with their labels', async () => {
    const meter = new PrometheusMeter();
    const rows = meter.createCounter('loyalty.sync.rows', about);
    rows.add(2);
    rows.add(3, { 'loyalty.sync.outcome': 'a "b"\\\n' });
    rows.add(4);
    const duration = meter.createHistogram('loyalty.sync.duration', {
      ...about,
      advice: { explicitBucketBoundaries: [0.1, 1] },
    });
    duration.record(0.1, { status: 'done' });
    duration.record(5, { status: 'done' });
    meter.createObservableGauge('loyalty.sync.open', about).addCallback((result) => result.observe(7));
    expect((await meter.text()).split('\n')).to.deep.equal([
      '# HELP loyalty_sync_rows_total What it counts.',
      '# TYPE loyalty_sync_rows_total counter',
      'loyalty_sync_rows_total 6',
      String.raw`loyalty_sync_rows_total{loyalty_sync_outcome="a \"b\"\\\n"} 3`,
      '# HELP loyalty_sync_duration What it counts.',
      '# TYPE loyalty_sync_duration histogram',
      'loyalty_sync_duration_bucket{status="done",le="0.1"} 1',
      'loyalty_sync_duration_bucket{status="done",le="1"} 1',
      'loyalty_sync_duration_bucket{status="done",le="+Inf"} 2',
      'loyalty_sync_duration_sum{status="done"} 5.1',
      'loyalty_sync_duration_count{status="done"} 2',
      '# HELP loyalty_sync_open What it counts.',
      '# TYPE loyalty_sync_open gauge',
      'loyalty_sync_open 7',
      '',
    ]);
  });

  it('leaves out what cannot be told now, and nothing else', async () => {
    const meter = new PrometheusMeter();
    meter.createObservableGauge('one', about).addCallback(async () => {
      throw new Error('The database is away.');
    });
    const two = meter.createObservableGauge('two', about);
    two.addCallback((result) => result.observe(2));
    expect(await meter.text())
      .to.match(/^two 2$/m)
      .and.not.match(/one/);
  });
});
