import { expect } from 'chai';
import { Connection } from 'jsforce';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

interface Item {
  readonly label: string;
  readonly required: boolean;
  readonly layoutComponents: { readonly value: string; readonly type: string }[];
}

/** The fields of a section, in their order. */
function fieldsOf(section: { layoutRows: { layoutItems: Item[] }[] }): string[] {
  return section.layoutRows.flatMap(({ layoutItems }) => layoutItems.map((item) => valueOf(item)));
}

function valueOf({ layoutComponents: [component] }: Item): string {
  return component?.value ?? '';
}

describe('Layouts', () => {
  let org: Emulator;
  let client: RestClient;
  let connection: Connection;

  before(async () => {
    org = await Emulator.start({
      customFields: { Account: { Shoe__c: { type: 'string', length: 5, label: 'Shoe', createable: true } } },
    });
    client = new RestClient(org);
    connection = new Connection({ instanceUrl: org.url, accessToken: org.accessToken, version: '66.0' });
  });

  after(() => org.stop());

  it('have a page for each object, which shows its fields and lets one edit what can be edited', async () => {
    const { layouts, recordTypeMappings, recordTypeSelectorRequired } = await connection.sobject('Account').layouts();
    const [layout] = layouts;
    if (!layout) throw new Error('no layout');
    const [detail] = layout.detailLayoutSections.map((each) => fieldsOf(each as never));
    const [edit] = layout.editLayoutSections.map((each) => fieldsOf(each as never));
    expect(detail?.[0]).to.equal('Name');
    expect(detail).to.include.members(['Phone', 'Shoe__c', 'IsPersonAccount']).and.to.not.include('CreatedDate');
    expect(edit).to.include.members(['Name', 'Phone', 'Shoe__c']).and.to.not.include('IsPersonAccount');
    expect(layout.relatedLists).to.deep.equal([]);
    expect(recordTypeSelectorRequired).to.deep.equal([false]);
    const [{ recordTypeId, layoutId, urls }] = recordTypeMappings as [
      { recordTypeId: string; layoutId: string; urls: { layout: string } },
    ];
    expect(recordTypeId).to.equal('012000000000000AAA');
    expect(layoutId)
      .to.equal(layout.id)
      .and.to.match(/^00h\w{15}$/);
    expect((await client.get(urls.layout)).body).to.deep.equal(layout);
  });

  it('of an object that people cannot create, and of other record types, are not found', async () => {
    for (const path of ['Organization/describe/layouts', 'Account/describe/layouts/0129z0000000001AAA']) {
      expect((await client.get(`/sobjects/${path}`)).status, path).to.equal(404);
    }
    expect((await client.get('/sobjects/User/describe/namedLayouts/UserAlt')).status).to.equal(404);
  });

  it('in short have the name and a few fields', async () => {
    const answer = await connection.sobject('LoyaltyProgramMember').compactLayouts();
    const [layout] = answer.compactLayouts;
    expect(layout).to.include({
      name: 'SYSTEM',
      label: 'System Default',
      id: null,
      objectType: 'LoyaltyProgramMember',
    });
    expect(layout?.fieldItems.map((item) => valueOf(item as never))[0]).to.equal('MembershipNumber');
    expect(layout?.fieldItems).to.have.length(5);
    expect(answer.defaultCompactLayoutId).to.equal(null);
    const { body } = await client.get('/sobjects/LoyaltyProgramMember/describe/compactLayouts/primary');
    expect(body).to.deep.equal(layout);
  });

  it('in short can be had for several objects at once', async () => {
    const { body } = await client.get('/compactLayouts?q=Account,contact');
    expect(Object.keys(body)).to.deep.equal(['Account', 'Contact']);
    expect(body.Account.fieldItems[0].label).to.equal('Account Name');
    expect((await client.get('/compactLayouts')).status).to.equal(400);
    expect((await client.get('/compactLayouts?q=Nonsense')).status).to.equal(404);
    expect((await client.get('/services/data/v30.0/compactLayouts?q=Account')).status).to.equal(404);
    expect((await client.get('/services/data/v40.0/compactLayouts?q=LoyaltyProgramMember')).status).to.equal(404);
  });

  it('for approvals and global actions are empty', async () => {
    expect((await client.get('/sobjects/Account/describe/approvalLayouts')).body).to.deep.equal({
      approvalLayouts: [],
    });
    const { body } = await client.get('/sobjects/Global/describe/layouts');
    expect(body.layouts[0].quickActionList).to.deep.equal({ quickActionListItems: [] });
  });
});
