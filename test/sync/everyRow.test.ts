import { expect } from 'chai';
import type { Failure } from '../../src/sync/attempt.js';
import { EveryRowWatch } from '../../src/sync/everyRowWatch.js';

const noField: Failure = {
  kind: 'refused',
  code: 'INVALID_FIELD',
  reason: '',
  message: 'No such column Color__c',
  nothingStored: true,
};
const locked: Failure = { ...noField, kind: 'later', code: 'UNABLE_TO_LOCK_ROW', message: 'busy', pause: 'lock' };

describe('a refusal that every row would meet', () => {
  it('ends the run in its own words, whatever else has failed at the same time', () => {
    const watch = new EveryRowWatch();
    expect(watch.refused([noField, locked])).to.equal(undefined);
    expect(watch.refused([noField, locked])).to.include({
      code: 'INVALID_FIELD',
      message: 'The org refuses every transaction in the same words: No such column Color__c',
    });
  });

  it('does not end a run in which a request has succeeded', () => {
    const watch = new EveryRowWatch();
    watch.succeeded();
    expect(watch.refused([noField, noField])).to.equal(undefined);
  });
});
