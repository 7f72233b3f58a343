import { expect } from 'chai';
import { doubtLines, expiryLines } from '../../src/cli/expiryLines.js';

const stars = { currency: 'Stars', model: 'Fixed', balance: 12, escrow: [], lots: [], lastRunDate: null, doubts: [] };
const lot = { expirationDate: '2026-05-31', earnedDate: '2026-03-01', points: 12 };

describe('the sentences about points that expire', () => {
  const said = (currency: Partial<Parameters<typeof expiryLines>[0][number]>): string[] =>
    expiryLines([{ ...stars, ...currency }], '2026-05-30');

  it('say the day, or why there is none', () => {
    expect(said({ lots: [lot] })).to.deep.equal(['12 Stars expire on 5/31/2026, earned on 3/1/2026.']);
    expect(said({ lots: [{ ...lot, expirationDate: '2026-05-30' }] })[0]).to.match(
      /^12 Stars expired on 5\/30\/2026, and/,
    );
    expect(said({ lots: [{ ...lot, expirationDate: null }] })).to.deep.equal([
      '12 Stars have no day on which they expire, earned on 3/1/2026.',
    ]);
    expect(said({ lots: [{ ...lot, expirationDate: null, earnedDate: null }] })).to.deep.equal([
      '12 Stars: the day is not known.',
    ]);
    expect(said({ lots: [lot], model: 'Activity' })).to.deep.equal([
      '12 Stars expire on 5/31/2026, unless the member is active before. Last activity: 3/1/2026.',
    ]);
    expect(said({ escrow: [{ untilDate: '2026-06-15', points: 1234.5 }] })).to.deep.equal([
      '1,234.5 Stars are in escrow until 6/15/2026.',
    ]);
  });

  it('are in the order of their days, over all currencies', () => {
    const later = { ...stars, lots: [{ ...lot, expirationDate: '2026-07-01' }] };
    const sooner = { ...stars, currency: 'Miles', lots: [lot] };
    expect(expiryLines([later, sooner], '2026-05-30').map((line) => line.slice(0, 8))).to.deep.equal([
      '12 Miles',
      '12 Stars',
    ]);
  });

  it('say each doubt', () => {
    expect(doubtLines([{ ...stars, doubts: ['order', 'unexplained', 'activity', 'extension'] }])).to.have.lengthOf(4);
  });
});
