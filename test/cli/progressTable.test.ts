import { expect } from 'chai';
import { membersProgressTable } from '../../src/cli/progressTable.js';
import type { NamedProgressRecord } from '../../src/cli/results/progressResults.js';

const record: NamedProgressRecord = {
  ...{ key: '0c8000000000001AAA', member: 'HR-100007', name: 'Tariq Okafor', promotionName: 'Ten visits, five off' },
  ...{ completed: 9, target: 10, percent: 90, status: 'open', timesReached: 4 },
  ...{ promotionEndDate: null, attributeName: null },
};

describe('membersProgressTable', () => {
  it('has no room for earlier rewards beside a bar in a narrow terminal', () => {
    const [narrow] = membersProgressTable([record], true, 80).data;
    const [wide] = membersProgressTable([record], true, 120).data;
    const [withNumbers] = membersProgressTable([record], false, 80).data;
    expect([narrow?.['left'], wide?.['left'], withNumbers?.['left']]).to.deep.equal([
      '1 to go',
      '1 to go, reached 4 times',
      '1 to go, reached 4 times',
    ]);
  });
});
