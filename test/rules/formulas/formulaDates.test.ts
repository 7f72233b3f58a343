import { expect } from 'chai';
import type { FormulaClock, RuleValue } from '../../../src/rules/index.js';
import { evaluated, moment, shown } from './evaluated.js';

function at(now: string, timeZone: string): FormulaClock {
  return { now: Date.parse(now), timeZone };
}

function value(text: string, now: string, zone: string, values: Readonly<Record<string, RuleValue>> = {}): RuleValue {
  return shown(evaluated(text, values, at(now, zone)));
}

describe('dates in formulas', () => {
  it('TODAY is the day of the time zone of the org, on both sides of its midnight', () => {
    expect(value('TODAY()', '2026-01-14T22:59:59.999Z', 'Europe/Berlin')).to.equal('2026-01-14');
    expect(value('TODAY()', '2026-01-14T23:00:00.000Z', 'Europe/Berlin')).to.equal('2026-01-15');
    expect(value('TODAY()', '2026-01-15T04:59:59.999Z', 'America/New_York')).to.equal('2026-01-14');
    expect(value('TODAY()', '2026-01-15T05:00:00.000Z', 'America/New_York')).to.equal('2026-01-15');
  });

  it('DATEVALUE of a moment is its day in the time zone of the org', () => {
    const values = { Activity: moment('2026-01-14T23:30:00Z') };
    const text = 'DATEVALUE({!Activity} )';
    expect(value(text, '2026-06-01T00:00:00Z', 'Europe/Berlin', values)).to.equal('2026-01-15');
    expect(value(text, '2026-06-01T00:00:00Z', 'America/New_York', values)).to.equal('2026-01-14');
  });

  it('a moment belongs to the offset of its own day, not of today', () => {
    const values = { Winter: moment('2026-01-14T22:30:00Z'), Summer: moment('2026-07-14T22:30:00Z') };
    for (const now of ['2026-01-20T12:00:00Z', '2026-07-20T12:00:00Z']) {
      expect(value('DATEVALUE({!Winter})', now, 'Europe/Berlin', values)).to.equal('2026-01-14');
      expect(value('DATEVALUE({!Summer})', now, 'Europe/Berlin', values)).to.equal('2026-07-15');
    }
  });

  it('the days on which clocks change begin and end at their midnights', () => {
    // Berlin: forward on 29 March at 01:00 UTC, back on 25 October at 01:00 UTC.
    expect(value('TODAY()', '2026-03-28T23:00:00Z', 'Europe/Berlin')).to.equal('2026-03-29');
    expect(value('TODAY()', '2026-03-29T21:59:59Z', 'Europe/Berlin')).to.equal('2026-03-29');
    expect(value('TODAY()', '2026-03-29T22:00:00Z', 'Europe/Berlin')).to.equal('2026-03-30');
    expect(value('TODAY()', '2026-10-24T22:00:00Z', 'Europe/Berlin')).to.equal('2026-10-25');
    expect(value('TODAY()', '2026-10-25T22:59:59Z', 'Europe/Berlin')).to.equal('2026-10-25');
    expect(value('TODAY()', '2026-10-25T23:00:00Z', 'Europe/Berlin')).to.equal('2026-10-26');
    // New York: forward on 8 March, back on 1 November.
    expect(value('TODAY()', '2026-03-09T03:59:59Z', 'America/New_York')).to.equal('2026-03-08');
    expect(value('TODAY()', '2026-11-02T04:59:59Z', 'America/New_York')).to.equal('2026-11-01');
  });

  it('a day more is 24 hours for a moment and the next day for a date, also when clocks change', () => {
    expect(value('NOW() + 1', '2026-03-28T22:30:00Z', 'Europe/Berlin')).to.equal('2026-03-29T22:30:00.000Z');
    expect(value('DATEVALUE(NOW() + 1)', '2026-03-28T22:30:00Z', 'Europe/Berlin')).to.equal('2026-03-30');
    expect(value('TODAY() + 1', '2026-03-28T22:30:00Z', 'Europe/Berlin')).to.equal('2026-03-29');
    expect(value('NOW() + 1 / 24 / 60', '2026-03-28T22:30:00Z', 'UTC')).to.equal('2026-03-28T22:31:00.000Z');
  });

  it('a part of a day does not change a date', () => {
    expect(value('DATE(2026, 4, 2) + 0.9', '2026-01-01T00:00:00Z', 'UTC')).to.equal('2026-04-02');
    expect(value('DATE(2026, 4, 2) - 1.5', '2026-01-01T00:00:00Z', 'UTC')).to.equal('2026-04-01');
  });

  it('NOW, DATETIMEVALUE and TEXT are in UTC, whatever the time zone', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York']) {
      expect(value('TEXT(NOW())', '2026-01-14T23:30:00Z', zone)).to.equal('2026-01-14 23:30:00Z');
      expect(value('DATETIMEVALUE("2026-01-14 23:30:00") = NOW()', '2026-01-14T23:30:00Z', zone)).to.equal(true);
    }
  });

  it('the time zone of the machine has no influence', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      expect(value('TODAY()', '2026-01-14T12:00:00Z', 'UTC')).to.equal('2026-01-14');
      expect(value('WEEKDAY(DATE(2026, 4, 5))', '2026-01-14T12:00:00Z', 'UTC')).to.equal(1);
      expect(value('DATE(2026, 3, 1) - DATE(2026, 2, 28)', '2026-01-14T12:00:00Z', 'UTC')).to.equal(1);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});
