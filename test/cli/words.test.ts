import { expect } from 'chai';
import { chooseProgram } from '../../src/cli/chooseProgram.js';
import { missingProcess } from '../../src/cli/errors/missingProcess.js';
import { movedText } from '../../src/cli/movedText.js';
import { rewardLines } from '../../src/cli/rewardLines.js';
import { enumWords } from '../../src/cli/terminal/enumWords.js';
import { isNeedlessWarning } from '../../src/cli/terminal/protocolWarning.js';
import { countText } from '../../src/cli/terminal/terminalText.js';
import type { LoyaltyClient } from '../../src/client/index.js';

const Name = 'Club';

function clientWith(rows: { programs?: string[]; processes?: [name: string, status: string][] }): LoyaltyClient {
  const { programs = [], processes = [] } = rows;
  return {
    programs: { list: async () => programs.map((Status, index) => ({ Id: `${index}`, Name, Status })) },
    processes: { list: async () => processes.map(([name, Status]) => ({ Name: name, Status })) },
  } as unknown as LoyaltyClient;
}

describe('what a person reads', () => {
  it('numbers have one format, in sentences and in tables', () => {
    expect([1234.567, 0.1234, null].map(countText)).to.deep.equal(['1,234.567', '0.1234', '–']);
    const balance = { currency: 'Stars', change: -1234.567, balance: null };
    expect(movedText(0, [balance])).to.equal('1,234.567 Stars');
    const voucher = { definition: 'Cake', code: null, faceValue: 1250, discountPercent: null, expiryDate: null };
    const points = [{ currency: 'Stars', change: 1234.567, points: 1234.567, escrow: 0 }];
    const given = {
      promotion: null,
      points,
      uses: [],
      vouchers: [voucher],
      badges: [],
      otherActions: ['AssignBadge'],
      failures: [],
    };
    const lines = rewardLines(given).join('\n');
    expect(lines).to.include('+1,234.567 Stars').and.to.include('1,250').and.to.include('assign badge');
  });

  it('values of the org are words', () => {
    expect(['EligibleButNotEnrolled', 'Active', null].map(enumWords)).to.deep.equal([
      'eligible but not enrolled',
      'active',
      '–',
    ]);
  });

  it('http is no warning for this machine, and is one for any other', () => {
    const said = (origin: string): boolean => isNeedlessWarning(`Using insecure protocol: http: on url: ${origin}`);
    const here = ['http://127.0.0.1:8366', 'http://localhost:8366', 'http://[::1]:8366'];
    expect([...here, 'http://shop.example'].map(said)).to.deep.equal([true, true, true, false]);
    expect(isNeedlessWarning('Something else: http://127.0.0.1:8366')).to.equal(false);
  });

  it('an inactive program is named as such, with what to do', async () => {
    const said: string[] = [];
    const command = { info: (sentence: string) => void said.push(sentence) };
    expect(await chooseProgram(clientWith({ programs: ['Inactive'] }), 'club', command)).to.equal(Name);
    expect(said.join()).to.include('The program "Club" is not active.').and.to.include('activate it');
    const none = await chooseProgram(clientWith({ programs: ['Inactive'] }), undefined, command).catch(String);
    expect(none).to.include('The org has no active program. Its programs: "Club" (Inactive).');
    const several = await chooseProgram(clientWith({ programs: ['Active', 'Active'] }), undefined, command).catch(
      String,
    );
    expect(several).to.include('Name the program');
  });

  it('a program without an active process says so, and which one to activate', async () => {
    const wanted = { type: 'CancelVoucher', name: 'Undo' } as const;
    const missing = (...processes: [string, string][]) => missingProcess(clientWith({ processes }), Name, wanted);
    const none = await missing();
    expect(none?.message).to.include('"Club" has no active process of type CancelVoucher').and.to.include('(none)');
    expect(none?.actions?.join()).to.include('activate').and.to.include('check org');
    expect((await missing(['Undo', 'Inactive']))?.message).to.include('Not active: "Undo"');
    expect((await missing(['Undo', 'Inactive'], ['Cancel', 'Active']))?.message).to.include('It has: "Cancel"');
    expect(await missing(['Undo', 'Active'])).to.equal(undefined);
  });
});
