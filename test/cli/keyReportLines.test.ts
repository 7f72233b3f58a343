import { expect } from 'chai';
import { keyReportLines } from '../../src/cli/sync/keyReport.js';
import type { KeyReport } from '../../src/cli/sync/keyReport.js';

type Reported = Pick<KeyReport['transactions'][number], 'state' | 'attempts'>;

function textOf(reported: Reported): string {
  const transaction = { ...reported, member: 'HR-1', current: true, foundInOrg: false };
  const report = { key: 'till:1', outbox: '/o.sqlite', erased: false, transactions: [transaction], lines: [] };
  return keyReportLines(report, 'me@x.example').join(' ').replaceAll(/\s+/g, ' ');
}

describe('the lines of a key that is done', () => {
  it('say why it was sent several times: a request that is refused as a whole stores nothing', () => {
    expect(textOf({ state: 'done', attempts: 5 })).to.match(
      /Sent 5 times, and the org carried out one: a request that/,
    );
    expect(textOf({ state: 'done', attempts: 1 })).to.match(/Sent once$/);
  });
});

describe('the lines of a key that is under way', () => {
  for (const [reported, state, sent] of [
    [{ state: 'unknown', attempts: 0 }, 'not sent yet, looked up in the org first', 'not yet'],
    [{ state: 'unknown', attempts: 1 }, 'sent, answer unknown, looked up in the org', 'once'],
    [{ state: 'ready', attempts: 0 }, 'ready, not sent yet', 'not yet'],
    [{ state: 'held', attempts: 0 }, 'waiting for its member', 'not yet'],
    [{ state: 'sent', attempts: 2 }, 'sent, no answer yet', '2 times'],
    [{ state: 'refused', attempts: 0 }, 'refused', '0 times'],
  ] as const) {
    it(`say whether it was sent: ${reported.state}, ${reported.attempts}`, () => {
      expect(textOf(reported)).to.match(new RegExp(`^till:1 of HR-1: ${state}\\. State ${state} Sent ${sent}`));
    });
  }
});
