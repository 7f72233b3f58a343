import { expect } from 'chai';
import { Emulator } from '../../../src/emulator/index.js';
import { RestClient } from '../restClient.js';

describe('Fields of the business objects', () => {
  let org: Emulator;
  let api: RestClient;

  before(async () => {
    org = await Emulator.start();
    api = new RestClient(org);
  });

  after(() => org.stop());

  const refusal = async (object: string, values: Record<string, unknown>): Promise<unknown> => {
    const { body } = await api.post(`/sobjects/${object}`, values);
    return body[0]?.errorCode;
  };

  it('include those that imports name', async () => {
    await api.create('Account', {
      Name: 'A',
      Sic: '0161',
      SicDesc: 'Vegetables',
      Jigsaw: 'j',
      DunsNumber: '123456789',
    });
    await api.create('Contact', { LastName: 'B', OtherPhone: '1', DoNotCall: true, HasOptedOutOfFax: true });
    await api.create('Case', { Subject: 'C', Type: 'Other', SuppliedName: 'D' });
    await api.create('Campaign', { Name: 'E', BudgetedCost: 10, NumberSent: 3 });
    const account = org.store.first('Account', {})?.Id;
    await api.create('Asset', { Name: 'F', AccountId: account, Status: 'Installed', Quantity: 2.5 });
    await api.create('Order', { AccountId: account, EffectiveDate: '2026-01-01', Status: 'Draft', PoNumber: 'P-1' });
    const soql =
      'SELECT LastActivityDate, LastViewedDate, MasterRecordId, PhotoUrl FROM Account ORDER BY LastActivityDate';
    expect((await api.query(soql)).status).to.equal(200);
  });

  it('show an address as one value, made of parts that are written alone', async () => {
    const parts = { BillingStreet: 'Quay 1', BillingCity: 'Lübeck', BillingLatitude: 53.87 };
    const id = await api.create('Account', { Name: 'Quay', ...parts });
    const address = {
      ...{ street: 'Quay 1', city: 'Lübeck', latitude: 53.87, longitude: null, geocodeAccuracy: null },
      ...{ state: null, postalCode: null, country: null },
    };
    const { records } = (await api.query(`SELECT BillingAddress, ShippingAddress FROM Account WHERE Id = '${id}'`))
      .body;
    expect(records[0]).to.deep.include({ BillingAddress: address, ShippingAddress: null });
    const { body } = await api.get(`/sobjects/Account/${id}?fields=BillingAddress,ShippingAddress`);
    expect(body).to.deep.include({ BillingAddress: address, ShippingAddress: null });
    expect(await refusal('Account', { Name: 'Quay', BillingAddress: address })).to.equal(
      'INVALID_FIELD_FOR_INSERT_UPDATE',
    );
    const described = (await api.get('/sobjects/Account/describe')).body.fields as Record<string, unknown>[];
    const field = (name: string) => described.find((each) => each['name'] === name);
    expect(field('BillingAddress')).to.include({ type: 'address', soapType: 'urn:address', createable: false });
    expect(field('BillingAddress')).to.include({ filterable: true, sortable: false, queryByDistance: true });
    expect(field('BillingCity')).to.include({ compoundFieldName: 'BillingAddress' });
  });

  it('can be filtered and grouped as in an org', async () => {
    const status = async (soql: string): Promise<number> => (await api.query(soql)).status;
    expect(await status("SELECT Id FROM Account WHERE Description = 'x'")).to.equal(400);
    expect(await status('SELECT BillingStreet FROM Account GROUP BY BillingStreet')).to.equal(200);
    expect(await status('SELECT CaseNumber FROM Case GROUP BY CaseNumber')).to.equal(400);
  });

  it('name an order by its number, although it may have a name', async () => {
    const { body } = await api.get('/sobjects/Order/describe');
    const names = (body.fields as Record<string, unknown>[]).filter((field) => field['nameField']);
    expect(names.map((field) => field['name'])).to.deep.equal(['OrderNumber']);
  });

  it('have the digits and the scale of an org', async () => {
    expect(await refusal('Account', { Name: 'A', NumberOfEmployees: 100_000_000 })).to.equal(
      'NUMBER_OUTSIDE_VALID_RANGE',
    );
    const id = await api.create('Account', { Name: 'A', AnnualRevenue: 10.55, NumberOfEmployees: 99_999_999 });
    expect(org.store.get('Account', id)).to.include({ AnnualRevenue: 11 });
  });

  it('belong to users alone, except cases and orders', async () => {
    const soql = 'SELECT Owner.Username, Owner.Profile.Name, Owner.ManagerId FROM Account LIMIT 1';
    const { records } = (await api.query(soql)).body;
    expect(records[0].Owner).to.deep.include({ Username: 'integration@loyalty.example', ManagerId: null });
    expect(records[0].Owner.attributes.type).to.equal('User');
    expect(records[0].Owner.Profile.Name).to.equal('System Administrator');
    expect((await api.query('SELECT Owner.Profile.Name FROM Case LIMIT 1')).status).to.equal(400);
  });

  it('say that the parent of a reference is not here, rather than that an org has none', async () => {
    const { status } = await api.query('SELECT DandbCompany.Name FROM Account LIMIT 1');
    expect(status).to.equal(501);
    expect((await api.query('SELECT DandbCompanyId FROM Account LIMIT 1')).status).to.equal(200);
  });
});

describe('A computed field of a business object', () => {
  let org: Emulator;
  let api: RestClient;

  before(async () => {
    org = await Emulator.start();
    api = new RestClient(org);
  });

  after(() => org.stop());

  const closing = { Name: 'Crane', CloseDate: '2026-05-01', Amount: 500 };
  const opportunity = async (values: Record<string, unknown>): Promise<string> =>
    (await api.post('/sobjects/Opportunity', { ...closing, ...values })).body.id as string;
  const read = (id: string) => org.store.get('Opportunity', id);

  it('follows the stage of an opportunity', async () => {
    const id = await opportunity({ StageName: 'Needs Analysis' });
    expect(read(id)).to.include({ Probability: 20, ForecastCategory: 'Pipeline', IsClosed: false, IsWon: false });
    expect(read(id)).to.include({ ExpectedRevenue: 100, FiscalQuarter: 2, FiscalYear: 2026, Fiscal: '2026 2' });
    await api.patch(`/sobjects/Opportunity/${id}`, { StageName: 'Closed Won' });
    expect(read(id)).to.include({ Probability: 100, ForecastCategoryName: 'Closed', IsClosed: true, IsWon: true });
    const won = await api.query('SELECT COUNT() FROM Opportunity WHERE IsWon = true AND ExpectedRevenue = 500');
    expect(won.body.totalSize).to.equal(1);
  });

  it('leaves a probability that is given, also together with a new stage', async () => {
    const id = await opportunity({ StageName: 'Prospecting', Probability: 35 });
    expect(read(id)).to.include({ Probability: 35, ForecastCategoryName: 'Pipeline' });
    await api.patch(`/sobjects/Opportunity/${id}`, { StageName: 'Qualification', Probability: 40 });
    expect(read(id)).to.include({ Probability: 40 });
  });

  it('is refused when a caller writes it', async () => {
    const { body } = await api.post('/sobjects/Opportunity', { ...closing, StageName: 'Prospecting', IsWon: true });
    expect(body[0]).to.include({ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' });
    expect(body[0].fields).to.deep.equal(['IsWon']);
  });

  it('shows the contact of a case, and follows it', async () => {
    const contactId = (await api.post('/sobjects/Contact', { LastName: 'A', Email: 'a@b.example' })).body.id as string;
    const other = (await api.post('/sobjects/Contact', { LastName: 'B', Email: 'c@d.example' })).body.id as string;
    const id = (await api.post('/sobjects/Case', { ContactId: contactId })).body.id as string;
    const email = (): unknown => org.store.get('Case', id)?.['ContactEmail'];
    expect(email()).to.equal('a@b.example');
    await api.patch(`/sobjects/Contact/${contactId}`, { Email: 'e@f.example' });
    expect(email()).to.equal('e@f.example');
    await api.patch(`/sobjects/Case/${id}`, { ContactId: other, Status: 'Closed' });
    expect(org.store.get('Case', id)).to.include({ ContactEmail: 'c@d.example', IsClosed: true });
  });

  it('multiplies quantity and price of an order line', async () => {
    const accountId = (await api.post('/sobjects/Account', { Name: 'A' })).body.id as string;
    const order = { AccountId: accountId, EffectiveDate: '2026-01-01', Status: 'Draft' };
    const OrderId = (await api.post('/sobjects/Order', order)).body.id as string;
    const line = await api.post('/sobjects/OrderItem', { OrderId, Quantity: 3, UnitPrice: 1.1 });
    expect(org.store.get('OrderItem', line.body.id as string)).to.include({ TotalPrice: 3.3 });
    expect(org.store.get('Order', OrderId)).to.include({ StatusCode: 'Draft' });
  });
});
