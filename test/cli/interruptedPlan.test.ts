import { expect } from 'chai';
import { reportLines } from '../../src/cli/sync/reportLines.js';
import { toPlanResult } from '../../src/cli/sync/resultsFolder.js';
import { planSync } from '../../src/sync/index.js';
import { purchase } from '../sync/org/arrayFeed.js';
import { World } from '../sync/org/world.js';

describe('the report of a dry run that was interrupted', () => {
  it('says how to start it again, and that what an earlier run held is not sent yet', async () => {
    await using shop = new World([purchase('1', 'X9')], { strangers: ['X9'], hasMarkers: true });
    await shop.start({ unknownMembers: 'hold' });
    shop.org.tables.enrol('X9');
    const aborter = new AbortController();
    shop.seenBySync = (outbox) => {
      const { delivery } = outbox;
      const checked = delivery.checkedMembers.bind(delivery);
      delivery.checkedMembers = async (...args) => {
        const ended = await checked(...args);
        aborter.abort();
        return ended;
      };
      return outbox;
    };
    const plan = await planSync(shop.options({ unknownMembers: 'hold', signal: aborter.signal }));
    expect(plan.report.ending).to.equal('interrupted');
    const lines = reportLines(toPlanResult(plan), { org: 'shop', startAgain: 'sf loyalty sync start --dry-run' });
    const text = lines.join(' ').replaceAll(/ +/g, ' ');
    expect(text)
      .to.include('A dry run keeps nothing. Start it again: sf loyalty sync start --dry-run')
      .and.to.include('Not sent yet')
      .and.not.match(/sync resume|Nobody knows|WAITS_FOR_MEMBER/);
  });
});
