import { expect } from 'chai';
import { LoyaltyApiError } from '../../src/client/index.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { sObjects } from '../../src/contract/objects/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  applyPlan,
  createProgram,
  harbourRewards,
  ImpossiblePlanError,
  planProgram,
  ProgramCreationError,
  SimultaneousCreationError,
} from '../../src/program/index.js';
import type { ProgramDefinitionInput } from '../../src/program/index.js';
import { failingClient, interceptedClient, refusingClient } from './interceptedOrg.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

const small: ProgramDefinitionInput = {
  name: 'Small',
  currencies: [{ name: 'Points', type: 'NonQualifying', expiry: { model: 'Fixed', after: 1, unit: 'Years' } }],
};

const none = { created: 0, changed: 0, existing: 0, deleted: 0 };

describe('createProgram', () => {
  let org: Emulator;
  let client: LoyaltyClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
  });

  afterEach(() => org.stop());

  /** Returns every row that the org has of the objects of a program. */
  function snapshot(): unknown {
    return Object.fromEntries(sObjects.map(({ name }) => [name, org.store.find(name, {})]));
  }

  it('creates the records of a program in the order of their references', async () => {
    const { records, counts, programId } = await createProgram(client, harbourRewards);
    const objects = records.map(({ object }) => object);
    expect(objects.filter((object, index) => object !== objects[index - 1])).to.deep.equal([
      'LoyaltyProgram',
      'LoyaltyTierGroup',
      'LoyaltyProgramCurrency',
      'LoyaltyTier',
      'JournalType',
      'JournalSubType',
      'Promotion',
      'LoyaltyProgramProcess',
    ]);
    expect(counts).to.include({ changed: 0, deleted: 0 });
    expect(counts.created + counts.existing).to.equal(records.length);
    expect(org.store.get('LoyaltyProgram', programId)).to.include({ Name: 'Harbour Rewards', Status: 'Active' });
    for (const { object, id, name } of records) expect(org.store.get(object, id)).to.include({ Name: name });
  });

  it('creates every part of a definition, and finds it again', async () => {
    const { counts, records } = await createProgram(client, wholeDefinition);
    // A new org has journal types, without a description.
    expect(counts).to.deep.equal({ ...none, created: records.length - 2, changed: 1, existing: 1 });
    const again = await createProgram(client, wholeDefinition);
    expect(again.counts).to.deep.equal({ ...none, existing: records.length });
  });

  it('fills the fields that make a program work', async () => {
    const { programId } = await createProgram(client, harbourRewards);
    const group = org.store.first('LoyaltyTierGroup', { LoyaltyProgramId: programId })!;
    const first = (object: string, Name: string) => org.store.first(object, { Name });

    expect(first('LoyaltyProgramCurrency', 'Stars')).to.include({
      CurrencyType: 'NonQualifying',
      IsActive: true,
      IsPrimary: true,
      DoesAllowNegativeBalance: true,
      ExpiryModel: 'Fixed',
      ExpiryPeriodFrequency: 2,
      ExpiryPeriodUnit: 'Years',
      LoyaltyTierGroupId: null,
    });
    expect(first('LoyaltyProgramCurrency', 'Tier Points')).to.include({
      CurrencyType: 'Qualifying',
      IsPrimary: false,
      ExpiryModel: null,
      LoyaltyTierGroupId: group.Id,
    });
    expect(first('LoyaltyTier', 'Silver')).to.include({
      LoyaltyTierGroupId: group.Id,
      SequenceNumber: 2,
      MinimumEligibleBalance: 150,
      MaximumEligibleBalance: 399.99,
    });
    expect(first('LoyaltyTier', 'Gold')).to.include({ SequenceNumber: 3, MaximumEligibleBalance: null });
    expect(first('Promotion', 'Ten cups, one free')).to.include({
      LoyaltyProgramId: programId,
      LoyaltyPromotionType: 'Cumulative',
      CumulativeUsageTarget: 10,
      IsEnrollmentRequired: false,
      IsActive: true,
    });
    expect(first('LoyaltyProgramProcess', 'Accrual')).to.include({
      ProcessType: 'TransactionJournal',
      Status: 'Active',
      JournalTypeId: first('JournalType', 'Accrual')!.Id,
    });
  });

  it('creates nothing and changes nothing the second time', async () => {
    const first = await createProgram(client, harbourRewards);
    const before = snapshot();
    const second = await createProgram(client, harbourRewards);
    expect(second.counts).to.deep.equal({ ...none, existing: first.records.length });
    expect(second.programId).to.equal(first.programId);
    expect(second.records.map(({ id }) => id)).to.deep.equal(first.records.map(({ id }) => id));
    expect(snapshot()).to.deep.equal(before);
  });

  it('changes existing records that differ, leaves what the definition does not say, and adds missing ones', async () => {
    const program = { Name: 'small', Status: 'Inactive', Description: 'By hand.' };
    const LoyaltyProgramId = org.store.insert('LoyaltyProgram', program);
    const currency = { Name: 'POINTS', CurrencyType: 'NonQualifying', IsActive: false };
    const existing = org.store.insert('LoyaltyProgramCurrency', { ...currency, LoyaltyProgramId });
    const promotions: ProgramDefinitionInput['promotions'] = [
      { name: 'Welcome', type: 'Standard', startDate: '2026-01-01' },
    ];
    const { counts } = await createProgram(client, { ...small, promotions });
    expect(counts).to.include({ created: 1, existing: 0 });
    expect(org.store.get('LoyaltyProgram', LoyaltyProgramId)).to.include({ ...program, Status: 'Active' });
    expect(org.store.get('LoyaltyProgramCurrency', existing)).to.include({ Name: 'POINTS', IsActive: true });
  });

  it('keeps programs apart, except for journal types, which belong to the org', async () => {
    await createProgram(client, harbourRewards);
    const { records } = await createProgram(client, { ...harbourRewards, name: "Pier's End" });
    const existing = records.filter(({ status }) => status === 'existing').map(({ object }) => object);
    expect([...new Set(existing)]).to.deep.equal(['JournalType', 'JournalSubType']);
    expect(org.store.count('LoyaltyProgram')).to.equal(2);
    expect(org.store.count('LoyaltyTier', { Name: 'Gold' })).to.equal(2);
    expect(org.store.count('JournalType', { Name: 'Accrual' })).to.equal(1);
  });

  it('gives way to another run that has created the program since it was planned', async () => {
    await using shared = await Emulator.start();
    const other = await clientOf(shared);
    const [first, second] = [await planProgram(other, wholeDefinition), await planProgram(other, wholeDefinition)];
    await applyPlan(other, first);
    const accounts = shared.store.count('Account');
    const error = await applyPlan(other, second).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(SimultaneousCreationError);
    expect(shared.store.count('LoyaltyProgram')).to.equal(1);
    expect(shared.store.count('BenefitType')).to.equal(1);
    expect(shared.store.count('Account')).to.equal(accounts);
    expect((await createProgram(other, wholeDefinition)).counts).to.include({ created: 0, changed: 0 });
  });

  it('prefers the oldest of several records with the same name', async () => {
    const ids = [1, 2].map(() => org.store.insert('LoyaltyProgram', { Name: 'Small' }));
    const { programId } = await createProgram(client, small);
    expect(programId).to.equal(ids[0]);
  });

  it('refuses a definition that contradicts itself before anything is sent', async () => {
    const before = snapshot();
    const wrong: ProgramDefinitionInput = { ...small, currencies: [{ name: 'Tier', type: 'Qualifying' }] };
    const error = await failure(createProgram(client, wrong));
    expect(error.message).to.contain('needs a tier group');
    expect(snapshot()).to.deep.equal(before);
  });

  it('says which record the org refused and why, and continues there the next time', async () => {
    const refusal = {
      statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'insufficient access rights on object id',
    };
    const refusing = refusingClient(org, 'LoyaltyProgramProcess', refusal);
    const error = await creationFailure(createProgram(refusing, harbourRewards));
    expect(error).to.include({ object: 'LoyaltyProgramProcess', recordName: 'Accrual' });
    expect(error.message).to.equal(
      'The org refused the LoyaltyProgramProcess "Accrual": insufficient access rights on object id (INSUFFICIENT_ACCESS_OR_READONLY)',
    );
    expect(error.actions.join()).to.contain('LoyaltyProgramSetup metadata');
    expect(error.records[0]).to.include({ object: 'JournalType', status: 'existing' });
    const created = error.records.filter(({ status }) => status === 'created');
    expect(created).not.to.have.length(0);
    for (const { object, id } of created) expect(org.store.get(object, id)).to.be.an('object');

    const { counts, records } = await createProgram(client, harbourRewards);
    expect(counts).to.deep.equal({
      ...none,
      created: records.length - error.records.length,
      existing: error.records.length,
    });
  });

  it('says what an org without Loyalty Management needs, before anything is written', async () => {
    const without = interceptedClient(org, ({ method, url }, passOn) => {
      if (method !== 'GET') throw new Error('Something was written.');
      if (!/Loyalty\w+\/describe/.test(url)) return passOn();
      const body = JSON.stringify([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
      return Promise.resolve({ statusCode: 404, headers: {}, body });
    });
    const error = await failure(createProgram(without, small));
    expect(error).to.be.instanceOf(ImpossiblePlanError);
    expect((error as Error & { actions: string[] }).actions.join()).to.contain('Turn on Loyalty Management');
  });

  it('names the setting that negative balances need', async () => {
    const refusal = { statusCode: 'INVALID_FIELD', message: "No such column 'DoesAllowNegativeBalance'" };
    const refusing = refusingClient(org, 'LoyaltyProgramCurrency', refusal);
    const error = await creationFailure(createProgram(refusing, harbourRewards));
    expect(error.actions.join()).to.contain('enableNegativePointBalance');
  });

  it('does not claim to know whether records were created if the answer is lost', async () => {
    const failing = failingClient(org, 'Promotion', new Error('socket hang up'));
    const error = await creationFailure(createProgram(failing, harbourRewards));
    expect(error.message).to.match(/^Whether the \w+ ".+" and \d+ others were created is unknown: .*socket hang up/);
    expect(error.actions.join()).to.contain('Wait ten minutes');
  });

  it('does not claim to know whether records were created if a gateway answers', async () => {
    const page = { statusCode: 502, headers: { 'content-type': 'text/html' }, body: '<h1>Bad Gateway</h1>' };
    const error = await creationFailure(createProgram(failingClient(org, 'Promotion', page), harbourRewards));
    expect(error).to.include({ isUnknown: true });
    expect(error.message).to.match(/^Whether the \w+ ".+" and \d+ others were created is unknown: .*502/);
    expect(error.actions.join()).to.contain('Wait ten minutes');
  });

  it('is unfinished, not refused, if the org is busy', async () => {
    const body = JSON.stringify([{ errorCode: 'SERVER_UNAVAILABLE', message: 'Busy.' }]);
    const failing = failingClient(org, 'Promotion', { statusCode: 503, headers: {}, body });
    const error = await creationFailure(createProgram(failing, harbourRewards));
    expect(error).to.include({ isUnknown: false, isUnfinished: true });
    expect(error.actions.join()).to.contain('Try again later');
  });

  it('passes on an ended session unchanged', async () => {
    const body = JSON.stringify([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
    const failing = failingClient(org, 'Promotion', { statusCode: 401, headers: {}, body });
    expect(await failure(createProgram(failing, harbourRewards)))
      .to.be.instanceOf(LoyaltyApiError)
      .with.property('status', 401);
  });
});

async function creationFailure(work: Promise<unknown>): Promise<ProgramCreationError> {
  const error = await failure(work);
  if (error instanceof ProgramCreationError) return error;
  throw error;
}

async function failure(work: Promise<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not fail.');
}
