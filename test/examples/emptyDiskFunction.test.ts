import { expect } from 'chai';
import { handler, NotSettledError } from '../../examples/empty-disk-function.js';
import type { FunctionSettings } from '../../examples/empty-disk-function.js';
import type { Emulator } from '../../src/emulator/index.js';
import { failureOf } from '../client/loopback.js';
import { credentials, harbourOrg, journalsIn, program, sale } from './harbourOrg.js';

const event = { transactions: [sale('1'), sale('2', '3.10', 'HR-100002')] };
const all = { 'till:1': 'done', 'till:2': 'done' };

describe('the example of a function with an empty disk', function () {
  this.timeout(120_000);
  let org: Emulator;

  const call = (given: typeof event, settings: Partial<FunctionSettings> = {}) =>
    handler(given, { orgUrl: org.url, ...credentials, program, milliseconds: 20_000, ...settings });

  afterEach(() => org.stop());

  describe('level 2, the org refuses copies', () => {
    const uniqueField = 'Loyalty_Sync_Key__c';

    it('called twice with one event: one journal each; the next event does not wait', async () => {
      org = await harbourOrg({ withForceApp: true });
      expect(await call(event, { uniqueField })).to.deep.equal(all);
      expect(await call(event, { uniqueField })).to.deep.equal(all);
      expect(await journalsIn(org)).to.equal(2);
      expect(await call({ transactions: [sale('3')] }, { uniqueField })).to.deep.equal({ 'till:3': 'done' });
    });

    it('called twice at the same time: one journal each', async () => {
      org = await harbourOrg({ withForceApp: true });
      await Promise.allSettled([call(event, { uniqueField }), call(event, { uniqueField })]);
      expect(await call(event, { uniqueField })).to.deep.equal(all);
      expect(await journalsIn(org)).to.equal(2);
    });
  });

  describe('level 1, a marker in the org', () => {
    it('called twice with one event: one journal each; the next event does not wait', async () => {
      org = await harbourOrg({ withForceApp: true });
      expect(await call(event)).to.deep.equal(all);
      expect(await call(event)).to.deep.equal(all);
      expect(await journalsIn(org)).to.equal(2);
      expect(await call({ transactions: [sale('3')] })).to.deep.equal({ 'till:3': 'done' });
    });

    it('called twice at the same time: at most one delivers, and the event can be delivered again', async () => {
      org = await harbourOrg({ withForceApp: true });
      const ends = await Promise.allSettled([call(event), call(event)]);
      expect(ends.filter(({ status }) => status === 'rejected')).to.have.length.greaterThan(0);
      expect(await journalsIn(org)).to.be.lessThan(3);
    });
  });

  describe('level 0, only queries', () => {
    it('with "lookup", called twice with one event: one journal each; the next event does not wait', async () => {
      org = await harbourOrg();
      expect(await call(event, { emptyOutbox: 'lookup' })).to.deep.equal(all);
      expect(await call(event, { emptyOutbox: 'lookup' })).to.deep.equal(all);
      expect(await journalsIn(org)).to.equal(2);
      expect(await call({ transactions: [sale('3')] }, { emptyOutbox: 'lookup' })).to.deep.equal({ 'till:3': 'done' });
    });

    it('with "auto", what the org has is done, and what it does not show is not sent within the window', async () => {
      org = await harbourOrg();
      expect(await call(event)).to.deep.equal(all);
      expect(await call(event)).to.deep.equal(all);
      const failure = await failureOf(call({ transactions: [sale('3')] }));
      expect(failure)
        .to.be.instanceOf(NotSettledError)
        .and.deep.include({ keys: ['till:3'] });
      expect(await journalsIn(org)).to.equal(2);
    });
  });
});
