import { expect } from 'chai';
import type { Connection } from 'jsforce';
import { connectionTo, openTarget, removeAccounts, uniqueName } from './target.js';
import type { Target } from './target.js';
import { Wire } from './wire.js';

const v = '/services/data/v66.0';

interface ListView {
  readonly id: string;
  readonly developerName: string;
  readonly describeUrl: string;
  readonly resultsUrl: string;
  readonly soqlCompatible: boolean;
}

/** Small resources that generic clients ask for. Their shapes are those of the guide, whatever an org has in them. */
describe('Conformance: small resources', () => {
  let target: Target;
  let connection: Connection;
  let wire: Wire;
  let account: string;
  const batch = uniqueName('small');

  before(async () => {
    target = await openTarget();
    connection = connectionTo(target);
    wire = new Wire(target);
    const { body } = await wire.json('POST', `${v}/sobjects/Account`, { Name: `${batch} trunk` });
    account = body.id as string;
    const records = ['a', 'b'].map((name) => ({
      ...{ attributes: { type: 'Contact' }, LastName: `${batch} ${name}`, AccountId: account },
    }));
    await wire.json('POST', `${v}/composite/sobjects`, { records });
  });

  after(async () => {
    await removeAccounts(target, batch);
    await target.close();
  });

  describe('of an object', () => {
    it('layouts have sections of fields, and a mapping of record types', async () => {
      const { layouts, recordTypeMappings } = await connection.sobject('Contact').layouts();
      expect(recordTypeMappings).to.be.an('array').and.not.be.empty;
      const [layout] = layouts;
      expect(layout).to.include.all.keys(
        ...['buttonLayoutSection', 'detailLayoutSections', 'editLayoutSections', 'id', 'quickActionList'],
        ...['relatedContent', 'relatedLists', 'saveOptions'],
      );
      const [item] = layout?.detailLayoutSections[0]?.layoutRows[0]?.layoutItems ?? [];
      expect(item).to.include.all.keys('editableForNew', 'editableForUpdate', 'label', 'layoutComponents', 'required');
      expect(item?.layoutComponents[0]).to.include.all.keys('details', 'displayLines', 'tabOrder', 'type', 'value');
    });

    it('compact layouts have fields, also for several objects', async () => {
      const { compactLayouts, recordTypeCompactLayoutMappings } = await connection.sobject('Account').compactLayouts();
      expect(compactLayouts[0]).to.include.all.keys('actions', 'fieldItems', 'id', 'imageItems', 'label', 'name');
      expect(recordTypeCompactLayoutMappings[0]).to.include.all.keys('compactLayoutId', 'compactLayoutName');
      const { body } = await wire.get(`${v}/compactLayouts?q=Account,Contact`);
      expect(body).to.have.all.keys('Account', 'Contact');
    });

    it('list views are described, run and explained', async () => {
      const { body } = await wire.get(`${v}/sobjects/Account/listviews`);
      expect(body).to.include({ sobjectType: 'Account' });
      const all = (body.listviews as ListView[]).find(({ developerName }) => developerName === 'AllAccounts');
      if (!all) throw new Error('The org has no list view AllAccounts.');
      const described = (await wire.get(all.describeUrl)).body;
      expect(described).to.include.all.keys('columns', 'id', 'orderBy', 'query', 'scope', 'sobjectType');
      expect((await wire.query(`${described.query} LIMIT 1`)).status).to.equal(200);
      const results = (await wire.get(`${all.resultsUrl}?limit=1`)).body;
      expect(results).to.include({ developerName: 'AllAccounts', size: 1 });
      const [first] = results.columns;
      expect(first).to.include.all.keys('ascendingLabel', 'fieldNameOrPath', 'hidden', 'selectListItem', 'sortable');
      expect(results.records[0].columns[0]).to.have.all.keys('fieldNameOrPath', 'value');
    });
  });

  it('viewed records are recent', async () => {
    expect((await wire.query(`SELECT Id FROM Account WHERE Id = '${account}' FOR VIEW`)).status).to.equal(200);
    const recent = await connection.recent();
    expect(recent.map((record) => record['Id'])).to.include(account);
    expect(recent[0]).to.include.all.keys('attributes', 'Id');
  });

  it('a plan names its operation and numbers', async () => {
    const { plans } = await connection.query('SELECT Id FROM Account WHERE CreatedDate = TODAY').explain();
    expect(plans[0]).to.include.all.keys(
      ...['cardinality', 'fields', 'leadingOperationType', 'relativeCost', 'sobjectCardinality', 'sobjectType'],
    );
    expect(['Index', 'Other', 'Sharing', 'TableScan']).to.include(plans[0]?.leadingOperationType);
  });

  describe('a search', () => {
    // An org takes some time to index a new record.
    it('finds what a local org has just stored', async function () {
      if (!target.local) this.skip();
      const words = `"${batch} a"`;
      const { searchRecords } = await connection.search(
        `FIND {${words}} IN NAME FIELDS RETURNING Contact(Id, LastName)`,
      );
      expect(searchRecords.map((record) => record['LastName'] as string)).to.deep.equal([`${batch} a`]);
    });

    it('answers records in a member, from SOSL and from parameters', async () => {
      const sosl = encodeURIComponent('FIND {conformance*} RETURNING Account(Id, Name LIMIT 1)');
      for (const path of [`search?q=${sosl}`, 'parameterizedSearch?q=conformance*&sobject=Account&Account.limit=1']) {
        const { status, body } = await wire.get(`${v}/${path}`);
        expect(status, path).to.equal(200);
        expect(body.searchRecords, path).to.be.an('array');
      }
    });

    it('without braces is malformed', async () => {
      const { status, body } = await wire.get(`${v}/search?q=FIND+x`);
      expect([status, body[0].errorCode]).to.deep.equal([400, 'MALFORMED_SEARCH']);
    });
  });

  describe('a query', () => {
    it('reads objects and fields as records', async () => {
      const objects = "SELECT QualifiedApiName, KeyPrefix FROM EntityDefinition WHERE QualifiedApiName = 'Account'";
      expect((await wire.query(objects)).body.records[0]).to.include({ QualifiedApiName: 'Account', KeyPrefix: '001' });
      const fields = 'SELECT QualifiedApiName FROM FieldDefinition';
      const ofAccount = await wire.query(`${fields} WHERE EntityDefinition.QualifiedApiName = 'Account'`);
      expect(ofAccount.body.records.map((row: { QualifiedApiName: string }) => row.QualifiedApiName)).to.include(
        'Name',
      );
      expect((await wire.query(fields)).status).to.equal(400);
    });

    it('nests sub-queries', async () => {
      const soql = `SELECT Id, (SELECT Id, (SELECT Id FROM Cases) FROM Contacts ORDER BY LastName) FROM Account WHERE Id = '${account}'`;
      const [row] = (await wire.query(soql)).body.records;
      expect(row.Contacts).to.include({ totalSize: 2, done: true });
      expect(row.Contacts.records[0].Cases).to.equal(null);
    });

    it('reads by the type of a parent, and formats', async () => {
      const soql = `SELECT TYPEOF Owner WHEN User THEN Username ELSE Name END, FORMAT(CreatedDate) made FROM Case LIMIT 1`;
      expect((await wire.query(soql)).status).to.equal(200);
      const format = `SELECT FORMAT(CreatedDate) made FROM Account WHERE Id = '${account}'`;
      expect((await wire.query(format)).body.records[0].made).to.be.a('string');
    });
  });

  it('changed and deleted records are listed', async () => {
    const [start, end] = [-3_600_000, 120_000].map((ms) => new Date(Date.now() + ms));
    const updated = await connection.sobject('Account').updated(start ?? '', end ?? '');
    expect(updated).to.include.all.keys('ids', 'latestDateCovered');
    expect(updated.ids).to.include(account);
    const deleted = await connection.sobject('Account').deleted(start ?? '', end ?? '');
    expect(deleted).to.include.all.keys('deletedRecords', 'earliestDateAvailable', 'latestDateCovered');
  });

  it('a file is stored and read', async () => {
    const bytes = Buffer.from('a receipt');
    const given = { PathOnClient: 'receipt.txt', FirstPublishLocationId: account };
    const { id } = await connection
      .sobject('ContentVersion')
      .create({ ...given, VersionData: bytes.toString('base64') });
    const soql = `SELECT ContentDocumentId, ContentSize, VersionData FROM ContentVersion WHERE Id = '${id}'`;
    const [version] = (await wire.query(soql)).body.records;
    expect(version).to.include({ ContentSize: bytes.length });
    expect((await wire.get(version.VersionData as string)).body).to.equal('a receipt');
    await wire.send('DELETE', `${v}/sobjects/ContentDocument/${version.ContentDocumentId}`);
  });
});
