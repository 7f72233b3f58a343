import { expect } from 'chai';
import { endOfJob } from '../endOfJob.js';
import { purchase } from '../exampleProgram.js';
import { orgWithRules } from './programSource.js';

const lookUp = {
  type: 'GetOutputsFromDecisionTable',
  parameters: { ProductCode: '"TEA-01"', DecisionTableSingleOutcome: 'Product' },
  elements: { decisionTable: 'Products' },
};
const credit = {
  type: 'CreditPoints',
  parameters: { ProgramCurrencyName: '"Stars"', PointsToCredit: 'VALUE({!Product.Description})' },
};
const crud = { entityApiName: 'Product2', crudActionType: 'update' };
const write = {
  type: 'Crud',
  parameters: { _action: 'update', _entity: 'Product2', Id: '{!Product.Id}', Description: '"40"' },
  elements: crud,
};

describe('decision tables whose rows are records', () => {
  it('have them as they are at each look-up, also after a rule has written one', async () => {
    await using org = await orgWithRules({
      name: 'Purchases',
      actions: [lookUp, credit, lookUp, write, lookUp, credit],
    });
    await org.withMembers('WX-1');
    const { store } = org.emulator;
    const id = store.insert('Product2', { Name: 'Sencha', ProductCode: 'TEA-01', Description: '1' });
    const buy = () => org.execute([purchase('WX-1', 5)]);
    // 1, and 40 after the rule has written it.
    await buy();
    expect((await org.balances('WX-1'))['Stars']).to.equal(41);
    // Somebody else writes 2: 41 + 2 + 40.
    store.update('Product2', id, { Description: '2' });
    await buy();
    expect((await org.balances('WX-1'))['Stars']).to.equal(83);
  });

  it('have them as they were at the last refresh, once there was one', async () => {
    await using org = await orgWithRules({ name: 'Purchases', actions: [lookUp, credit] });
    await org.withMembers('WX-1');
    const { store } = org.emulator;
    const id = store.insert('Product2', { Name: 'Sencha', ProductCode: 'TEA-01', Description: '1' });
    const refresh = async (DecisionTableApiName: string): Promise<unknown> => {
      const { body } = await org.api.post('/actions/standard/refreshDecisionTable', {
        inputs: [{ DecisionTableApiName }],
      });
      const [job] = await org.rows('SELECT Id FROM BatchJob ORDER BY CreatedDate DESC, Id DESC LIMIT 1');
      if (job) await endOfJob(org, String(job['Id']));
      return body[0].outputValues;
    };
    const stars = async (): Promise<number | undefined> => {
      await org.execute([purchase('WX-1', 5)]);
      return (await org.balances('WX-1'))['Stars'];
    };
    expect(await refresh('Products')).to.deep.equal({ Status: 'Queued', ErrorMessage: null });
    store.update('Product2', id, { Description: '10' });
    expect(await stars()).to.equal(1);
    await refresh('products');
    expect(await stars()).to.equal(11);
    expect(await refresh('Nowhere')).to.deep.equal({
      Status: 'Failed',
      ErrorMessage: 'There is no active decision table Nowhere.',
    });
  });
});
