import { expect } from 'chai';
import { JournalCheck } from '../../../src/feed/objects/journalCheck.js';
import { targetOfRoute } from '../../../src/sync/routes/chooseRoute.js';

describe('a value that only another route takes', () => {
  for (const [field, route] of [
    ['PointsToCredit', 'credit-points'],
    ['UsageIncrementForCumulativePromotion', 'progress'],
  ] as const) {
    it(`${field} is refused with the name of its route`, () => {
      const problem = new JournalCheck(targetOfRoute({ name: 'TransactionJournal', fields: [] }, 'realtime')).problemOf(
        {
          [field]: '5',
        },
      );
      expect(problem).to.include({ reason: 'unknown-field', field });
      expect(problem?.issue).to.include(`--route ${route}`);
      const own = new JournalCheck(targetOfRoute({ name: 'TransactionJournal', fields: [] }, route));
      expect(own.problemOf({ [field]: '5' })).to.equal(undefined);
    });
  }
});
