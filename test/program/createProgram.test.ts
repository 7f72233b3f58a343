import { expect } from 'chai';
import { LostAnswerError, LoyaltyApiError } from '../../src/client/index.js';
import type { FieldValues, LoyaltyClient } from '../../src/client/index.js';
import { sObjects } from '../../src/contract/objects/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { createProgram, harbourRewards, ProgramCreationError } from '../../src/program/index.js';
import type { ProgramClient, ProgramDefinitionInput } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

const small: ProgramDefinitionInput = {
  name: 'Small',
  currencies: [{ name: 'Points', type: 'NonQualifying', expiry: { model: 'Fixed', after: 1, unit: 'Years' } }],
};

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
    expect(counts.created + counts.existing).to.equal(records.length);
    expect(org.store.get('LoyaltyProgram', programId)).to.include({ Name: 'Harbour Rewards', Status: 'Active' });
    for (const { object, id, name } of records) expect(org.store.get(object, id)).to.include({ Name: name });
  });

  it('creates every part of a definition, and finds it again', async () => {
    const { counts, records } = await createProgram(client, wholeDefinition);
    // A new org has journal types.
    expect(counts).to.deep.equal({ created: records.length - 2, existing: 2 });
    const again = await createProgram(client, wholeDefinition);
    expect(again.counts).to.deep.equal({ created: 0, existing: records.length });
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
    expect(second.counts).to.deep.equal({ created: 0, existing: first.records.length });
    expect(second.programId).to.equal(first.programId);
    expect(second.records.map(({ id }) => id)).to.deep.equal(first.records.map(({ id }) => id));
    expect(snapshot()).to.deep.equal(before);
  });

  it('does not change existing records that differ, and adds missing ones', async () => {
    const LoyaltyProgramId = org.store.insert('LoyaltyProgram', { Name: 'small', Status: 'Inactive' });
    const existing = org.store.insert('LoyaltyProgramCurrency', { Name: 'POINTS', LoyaltyProgramId, IsActive: false });
    const promotions: ProgramDefinitionInput['promotions'] = [
      { name: 'Welcome', type: 'Standard', startDate: '2026-01-01' },
    ];
    const { counts } = await createProgram(client, { ...small, promotions });
    expect(counts).to.deep.equal({ created: 1, existing: 2 });
    expect(org.store.get('LoyaltyProgram', LoyaltyProgramId)).to.include({ Name: 'small', Status: 'Inactive' });
    expect(org.store.get('LoyaltyProgramCurrency', existing)).to.include({ Name: 'POINTS', IsActive: false });
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
    const refusal = apiError(400, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
    const error = await creationFailure(createProgram(failingAt('LoyaltyProgramProcess', refusal), harbourRewards));
    expect(error).to.include({ object: 'LoyaltyProgramProcess', recordName: 'Accrual', cause: refusal });
    expect(error.message).to.equal(
      'The org refused the LoyaltyProgramProcess "Accrual": insufficient access rights on object id (INSUFFICIENT_ACCESS_OR_READONLY)',
    );
    expect(error.actions.join()).to.contain('LoyaltyProgramSetup metadata');
    const { records } = error;
    expect(records.at(-1)).to.include({ object: 'Promotion', name: 'Bring your own mug', status: 'created' });

    const { counts } = await createProgram(client, harbourRewards);
    // The processes come last.
    expect(counts).to.deep.equal({ created: harbourRewards.processes?.length, existing: records.length });
  });

  it('says what an org without Loyalty Management needs', async () => {
    const query = {
      allRows: () => Promise.reject(apiError(400, 'INVALID_TYPE', "sObject type 'LoyaltyProgram' is not supported.")),
    };
    const error = await creationFailure(createProgram({ query, sobjects: client.sobjects }, small));
    expect(error.actions.join()).to.contain('Turn on Loyalty Management');
  });

  it('names the setting that negative balances need', async () => {
    const refusal = apiError(400, 'INVALID_FIELD', "No such column 'DoesAllowNegativeBalance'");
    const error = await creationFailure(createProgram(failingAt('LoyaltyProgramCurrency', refusal), harbourRewards));
    expect(error.actions.join()).to.contain('enableNegativePointBalance');
  });

  it('does not claim to know whether a record was created if the answer is lost', async () => {
    const lost = new LostAnswerError('timeout', 'No answer came within 120 s.', true);
    const error = await creationFailure(createProgram(failingAt('Promotion', lost), harbourRewards));
    expect(error.message).to.equal(
      'Whether the Promotion "Ten cups, one free" was created is unknown: No answer came within 120 s.',
    );
  });

  for (const [what, error] of [
    ['an ended session', apiError(401, 'INVALID_SESSION_ID', 'Session expired or invalid')],
    ['an org that cannot be reached', new LostAnswerError('notConnected', 'Nobody listens.', false)],
  ] as const) {
    it(`passes on ${what} unchanged`, async () => {
      expect(await failure(createProgram(failingAt('Promotion', error), harbourRewards))).to.equal(error);
    });
  }

  function failingAt(object: string, error: Error): ProgramClient {
    const create = (name: string, fields: FieldValues): Promise<string> =>
      name === object ? Promise.reject(error) : client.sobjects.create(name, fields);
    return { query: client.query, sobjects: { create } };
  }
});

function apiError(statusCode: number, errorCode: string, message: string): LoyaltyApiError {
  return new LoyaltyApiError({ statusCode, headers: {}, body: JSON.stringify([{ errorCode, message }]) });
}

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
