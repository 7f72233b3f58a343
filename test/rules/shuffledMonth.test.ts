import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readXmlNode } from '../../src/base/files/xmlNode.js';
import { HarbourMonth } from './harbourMonth.js';
import { harbourFile, harbourFolder } from './source/harbourRules.js';
import { numbersFrom, shuffled, writtenXml } from './source/writtenXml.js';

const other = '<LoyaltyProgramSetup><label>Pier Club</label></LoyaltyProgramSetup>';
const ending = '.loyaltyProgramSetup-meta.xml';

/** Runs some days of two members with the elements of the rules in another order, and another program before or behind. */
async function endsWith(seed: number): Promise<unknown> {
  const next = numbersFrom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-shuffled-'));
  try {
    await cp(harbourFolder, folder, { recursive: true });
    const setups = join(folder, 'loyaltyProgramSetups');
    await rm(join(setups, `Harbour_Rewards${ending}`));
    const xml = writtenXml(readXmlNode(await readFile(harbourFile, 'utf8')), (children) => shuffled(children, next));
    await writeFile(join(setups, `M${ending}`), xml);
    await writeFile(join(setups, `${next() % 2 === 0 ? 'A' : 'Z'}${ending}`), other);
    await using month = await HarbourMonth.begin(folder);
    month.joins('HR-2', 'Ten Cups');
    month.buys('2026-08-16', 'HR-2', 310, { Order_ID__c: 'O-000011' });
    month.buys('2026-08-23', 'HR-2', 12.5, { ProductId: month.product('TEA-01') });
    month.redeems('2026-08-24', 'HR-2', 30, { PartnerId: month.pier });
    month.buys('2026-08-25', 'HR-1', 60, { Order_ID__c: 'O-000001' });
    month.returns('2026-08-26', 'HR-1', 70, { Channel: 'Web Store', Comment: 'Return@O-000001' });
    return [month.stateOf('HR-1'), month.stateOf('HR-2')];
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the order of files and of the elements of rules', () => {
  it('changes nothing in what members end with', async () => {
    const nothing = { progress: 0, pier: 0, badges: 0, notes: 0, vouchers: [] };
    // HR-1: 60 - 70 is forgiven. HR-2: 310 - 200 = 110; Silver. 12 + 12 + 10 for tea + 3 = 37, so 147; - 30 = 117.
    const ends = [
      { ...nothing, points: 0, crew: 60, cups: 1, tier: 'Bronze' },
      {
        ...{ ...nothing, points: 117, crew: 322, cups: 2, tier: 'Silver' },
        ...{ progress: 2, pier: 1, vouchers: ['Free Drink 5.5 Issued'] },
      },
    ];
    for (const seed of [1, 2, 3]) expect(await endsWith(seed), `seed ${seed}`).to.deep.equal(ends);
  });
});
