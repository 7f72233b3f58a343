import { expect } from 'chai';
import { purchase } from './org/arrayFeed.js';
import { failure } from './org/answers.js';
import { endingOf } from './org/deletedJournal.js';
import { World } from './org/world.js';

/** Answers that a process can cause after its journal was inserted. */
const answers = [
  failure(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'),
  failure(400, 'CANNOT_EXECUTE_FLOW_TRIGGER', 'UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record'),
  failure(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'Too many SOQL queries: 101'),
  failure(400, 'RULE_FAILED'),
];

describe('a purchase that was sent alone, and that the org has stored although it refused the request', () => {
  for (const answer of answers)
    it(`is looked up and counts once after ${answer.body}`, async () => {
      await using world = new World([purchase('1', 'A1')]);
      const { org } = world;
      let sent = 0;
      org.fate = (execution) => ({ ...org.honest(execution), ...(sent++ === 0 && { answer }) });
      const report = await world.start();
      expect(endingOf(report)).to.deep.equal(['complete', undefined]);
      expect(report.counts.items).to.include({ done: 1 });
      expect(world.effects()).to.deep.equal({ 'till:1': 1 });
    });
});
