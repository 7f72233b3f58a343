import { expect } from 'chai';
import { sObjects } from '../../../src/contract/objects/index.js';
import { Emulator } from '../../../src/emulator/index.js';
import { childRelationships } from '../../../src/emulator/platform/describe/childRelationships.js';
import { ObjectModel } from '../../../src/emulator/store/model/objectModel.js';
import { RestClient } from '../restClient.js';

describe('A reference', () => {
  const model = new ObjectModel(sObjects);

  it('is known at both ends: every object that it may refer to lists its children', () => {
    const listed = new Set(
      model.types.flatMap((parent) =>
        childRelationships(parent, model).map(({ childSObject, field }) => `${parent.name} < ${childSObject}.${field}`),
      ),
    );
    const references = model.types.flatMap((child) =>
      child.fields.flatMap(({ name, definition: { referenceTo = [] } }) =>
        referenceTo.filter((parent) => model.type(parent)).map((parent) => `${parent} < ${child.name}.${name}`),
      ),
    );
    expect(references.length).to.be.greaterThan(500);
    expect(references.filter((reference) => !listed.has(reference))).to.deep.equal([]);
    expect(listed.size).to.equal(references.length);
  });

  it('says what is deleted with its parent, and what keeps it', () => {
    const account = model.type('Account');
    const children = account ? childRelationships(account, model) : [];
    const find = (name: string) => children.find(({ childSObject }) => childSObject === name);
    expect(find('Opportunity')).to.include({ relationshipName: 'Opportunities', cascadeDelete: true });
    expect(find('Case')).to.include({ relationshipName: 'Cases', restrictedDelete: true, cascadeDelete: false });
  });
});

describe('Children of business records', () => {
  let org: Emulator;
  let api: RestClient;

  before(async () => {
    org = await Emulator.start();
    api = new RestClient(org);
  });

  after(() => org.stop());

  it('come with their parent in a tree, and are found by the names that orgs use', async () => {
    const tree = {
      attributes: { type: 'Account', referenceId: 'quay' },
      Name: 'Quay',
      Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'ada' }, LastName: 'Lovelace' }] },
      Opportunities: {
        records: [
          {
            attributes: { type: 'Opportunity', referenceId: 'crane' },
            ...{ Name: 'Crane', StageName: 'Prospecting', CloseDate: '2026-05-01' },
          },
        ],
      },
    };
    const made = await api.post('/composite/tree/Account', { records: [tree] });
    expect([made.status, made.body.hasErrors]).to.deep.equal([201, false]);
    const subqueries = '(SELECT LastName FROM Contacts), (SELECT Name FROM Opportunities), (SELECT Id FROM Cases)';
    const rows = (await api.query(`SELECT Name, ${subqueries} FROM Account WHERE Name = 'Quay'`)).body.records;
    expect(rows[0].Contacts.records[0].LastName).to.equal('Lovelace');
    expect(rows[0].Opportunities.records[0].Name).to.equal('Crane');
    expect(rows[0].Cases).to.equal(null);
  });
});
