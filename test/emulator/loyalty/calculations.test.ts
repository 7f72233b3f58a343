import { expect } from 'chai';
import { ManualClock } from '../faults/manualClock.js';
import { ExampleOrg, purchase } from './exampleProgram.js';
import { endOfJob } from './endOfJob.js';

const root = '/actions/custom/dataProcessingEngineAction';
const expire = `${root}/Expire_Fixed_Non_Qualifying_Points`;

describe('dataProcessingEngineAction', () => {
  let clock: ManualClock;
  let org: ExampleOrg;

  beforeEach(async () => {
    clock = new ManualClock();
    org = await ExampleOrg.start({ clock });
    await org.withMembers('WX-1', 'WX-2');
  });

  afterEach(() => org[Symbol.asyncDispose]());

  async function run(path: string, input: Record<string, unknown> = {}): Promise<[string, Record<string, unknown>]> {
    const { body } = await org.api.post(path, { inputs: [input] });
    const { batchJobId } = body[0].outputValues;
    const status = await endOfJob(org, batchJobId);
    const fields = 'Type, ErrorDescription, TotalInputRecordCount, TotalProcessedRecordCount';
    const [job = {}] = await org.rows(`SELECT ${fields} FROM BatchJob WHERE Id = '${batchJobId}'`);
    return [status, job];
  }

  it('does what its template does, and counts what it has read and written', async () => {
    const stars = { ExpiryModel: 'Fixed', ExpiryPeriodFrequency: 10, ExpiryPeriodUnit: 'Days' };
    org.emulator.store.update('LoyaltyProgramCurrency', org.program.stars, stars);
    await org.execute([purchase('WX-1', 10)]);
    await clock.advance(60 * 86_400_000);
    const [status, job] = await run(expire);
    expect([status, job['Type'], job['TotalInputRecordCount'], job['TotalProcessedRecordCount']]).to.deep.equal([
      ...['Completed', 'Calc', 2, 1],
    ]);
    expect((await org.balances('WX-1'))['Stars']).to.equal(0);
    expect((await run(expire))[1]['TotalProcessedRecordCount']).to.equal(0);
  });

  it('works in one program, if one is named', async () => {
    const [status, job] = await run(expire, { program_name: 'Nowhere' });
    expect([status, job['ErrorDescription']]).to.deep.equal(['Failed', 'There is no active program Nowhere.']);
    expect((await run(expire, { program_name: 'harbour rewards' }))[0]).to.equal('Completed');
  });

  it('refuses a second run with the same inputs while the first is under way', async () => {
    org.emulator.faults.add({ fault: 'jobLatency', milliseconds: 1000, match: { path: `${root}/*` } });
    const start = (input: Record<string, unknown>) => org.api.post(expire, { inputs: [input] });
    await start({});
    const [same, other] = [await start({}), await start({ program_name: 'Harbour Rewards' })];
    expect([same.status, same.body[0].errorCode]).to.deep.equal([400, 'INVALID_API_INPUT']);
    expect(other.status).to.equal(200);
  });

  it('has its definitions in the view, and describes their inputs', async () => {
    const rows = await org.rows('SELECT Name, MasterLabel FROM BatchCalcJobDefinitionView WHERE IsActive = true');
    expect(rows).to.have.length(5);
    const { inputs } = (await org.api.get(expire)).body;
    expect(inputs.map((each: { name: string; required: boolean }) => [each.name, each.required])).to.deep.equal([
      ['program_name', false],
    ]);
    const name = String(rows[0]?.['Name']);
    const view = org.emulator.store.first('BatchCalcJobDefinitionView', { Name: name });
    org.emulator.store.update('BatchCalcJobDefinitionView', view?.Id ?? '', { IsActive: false }, { as: 'org' });
    expect((await org.api.post(`${root}/${name}`, { inputs: [{}] })).status).to.equal(404);
  });
});
