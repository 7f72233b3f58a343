import { expect } from 'chai';
import { JournalCheck } from '../../../src/feed/objects/journalCheck.js';
import { FeedError } from '../../../src/feed/index.js';
import { checkJournal } from '../../../src/feed/mapping/journalFieldReaders.js';
import { parseMapping } from '../../../src/feed/mapping/mapping.js';
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

describe('a mapping without what its route needs', () => {
  const fields = ['ActivityDate', 'JournalTypeName'].map((name) => ({ name, type: 'string', createable: true }));
  const text =
    'source: till\nkey: Id\nmember: Card\njournal:\n  ActivityDate: At\n  JournalTypeName: { value: Accrual }\n';

  for (const [route, name] of [
    ['credit-points', 'PointsToCredit'],
    ['progress', 'UsageIncrementForCumulativePromotion'],
  ] as const)
    it(`is refused before anything is read: ${route}`, () => {
      const target = targetOfRoute({ name: 'TransactionJournal', fields }, route);
      expect(() => checkJournal(parseMapping(text, 'map.yml'), target)).to.throw(
        FeedError,
        `has no ${name}, which --route ${route} needs`,
      );
      const whole = parseMapping(`${text}  ${name}: Amount\n`, 'map.yml');
      expect(() => checkJournal(whole, target)).not.to.throw();
    });
});
