import { expect } from 'chai';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import { createProgram, ProgramDefinition } from '../../src/program/index.js';
import { programObjects } from '../../src/program/org/programObjects.js';
import { readOrgProgram } from '../../src/program/org/readOrgProgram.js';
import { recordsOf } from '../../src/program/records/definitionRecords.js';
import { clientOf } from './localOrg.js';
import { wholeDefinition } from './wholeDefinition.js';

const wanted = recordsOf(ProgramDefinition.parse(wholeDefinition));

describe('readOrgProgram', () => {
  let org: Emulator;
  let client: LoyaltyClient;

  beforeEach(async () => {
    org = await Emulator.start();
    client = await clientOf(org);
  });

  afterEach(() => org.stop());

  it('reads every record that a definition makes, with all that the definition says', async () => {
    const { records, programId } = await createProgram(client, wholeDefinition);
    const read = await readOrgProgram(client, { name: 'WHOLE REWARDS' });
    expect(read.programId).to.equal(programId);
    for (const [index, { object, id, status }] of records.slice(0, wanted.length).entries()) {
      if (status === 'existing') continue;
      const found = read.objects.get(object)?.records.find((each) => each.id === id);
      expect(found?.values, `${object} ${id}`).to.include(wanted[index]!.fields);
    }
  });

  it('reads nothing of another program', async () => {
    await createProgram(client, wholeDefinition);
    await createProgram(client, { ...wholeDefinition, name: 'Another' });
    const { objects } = await readOrgProgram(client, { name: 'Another' });
    for (const { object, programPath } of programObjects) {
      if (programPath === undefined) continue;
      const count = wanted.filter((each) => each.object === object).length;
      expect(objects.get(object)?.records, object).to.have.length(count);
    }
  });

  it('reads the shared records, and accounts by name, of an org without the program', async () => {
    org.store.insert('Account', { Name: 'Harbour Ferries' });
    org.store.insert('Account', { Name: 'Somebody else' });
    const { programId, objects } = await readOrgProgram(client, { name: 'None', accounts: ['harbour ferries'] });
    expect(programId).to.equal(undefined);
    expect(objects.get('Account')?.records.map(({ values }) => values['Name'])).to.deep.equal(['Harbour Ferries']);
    expect(objects.get('JournalType')?.records).not.to.have.length(0);
    expect(objects.get('Promotion')?.records).to.have.length(0);
  });

  it('leaves out objects and fields that the org does not have', async () => {
    await createProgram(client, wholeDefinition);
    const older = await client.sobjects.describe('LoyaltyProgramCurrency');
    const describe = async (object: string) => {
      if (object === 'PromotionLimit') return client.sobjects.describe('NoSuchObject');
      if (object !== 'LoyaltyProgramCurrency') return client.sobjects.describe(object);
      return { ...older, fields: older.fields.filter(({ name }) => name !== 'DoesAllowLedgerTracing') };
    };
    const { objects } = await readOrgProgram(
      { query: client.query, sobjects: { describe } },
      { name: 'Whole Rewards' },
    );
    expect(objects.get('PromotionLimit')).to.deep.equal({ fields: new Map(), records: [] });
    const currency = objects.get('LoyaltyProgramCurrency')?.records[0]?.values;
    expect(currency).to.include({ Name: 'Points' });
    expect(currency).not.to.have.property('DoesAllowLedgerTracing');
  });

  it('knows each field and reference that a definition writes', () => {
    for (const { object, fields, references } of wanted) {
      const known = programObjects.find((each) => each.object === object);
      const names = [...(known?.fields ?? []), ...Object.keys(known?.references ?? {})];
      expect(names, object).to.include.members(Object.keys(fields));
      for (const [field, target] of Object.entries(references)) {
        expect(known?.references[field], `${object}.${field}`).to.equal(target.object);
      }
    }
  });
});
