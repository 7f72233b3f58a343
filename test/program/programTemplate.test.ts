import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkOrg } from '../../src/client/index.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { Emulator } from '../../src/emulator/index.js';
import {
  createProgram,
  planProgram,
  hasDrift,
  programTemplate,
  programTemplates,
  readDefinition,
} from '../../src/program/index.js';
import type { ProgramDefinition } from '../../src/program/index.js';
import { clientOf } from './localOrg.js';

const root = join(import.meta.dirname, '../..');

describe('the templates of programs', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-template-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function definitionOf(text: string): Promise<ProgramDefinition> {
    await writeFile(join(folder, 'program.yml'), text);
    return (await readDefinition(join(folder, 'program.yml'))).definition;
  }

  for (const kind of programTemplates) {
    describe(kind, function () {
      this.timeout(60_000);

      let org: Emulator;
      let client: LoyaltyClient;
      let definition: ProgramDefinition;

      before(async () => {
        org = await Emulator.start();
        client = await clientOf(org);
        definition = await definitionOf(await programTemplate(kind));
        await createProgram(client, definition);
      });
      after(() => org.stop());

      it('becomes the whole program in a local org, with its members and their balances', async () => {
        expect(hasDrift(await planProgram(client, definition))).to.equal(false);
        for (const { number, openingBalances } of definition.members) {
          const { memberCurrencies } = await client.members.profile(definition.name, { membershipNumber: number });
          const balances = memberCurrencies!.map((each) => [each.loyaltyMemberCurrencyName, each] as const);
          for (const [currency, points] of Object.entries(openingBalances)) {
            const found = new Map(balances).get(currency)!;
            expect((found.pointsBalance ?? 0) + (found.escrowPointsBalance ?? 0)).to.equal(points);
          }
        }
      });

      it('has the process of every command', async () => {
        const findings = await checkOrg(client);
        const lacking = findings.filter(({ key, status }) => key.startsWith('process') && status !== 'good');
        const withoutTiers = definition.tierGroups.length === 0 ? ['process: change tier'] : [];
        expect(lacking.map(({ key }) => key)).to.deep.equal(withoutTiers);
      });

      it('counts a purchase for its cumulative promotion', async () => {
        const [{ number } = { number: '' }] = definition.members;
        const [promotion] = definition.promotions;
        const journal = { ActivityDate: '2026-04-01T10:00:00Z', JournalTypeName: 'Accrual', TransactionAmount: '20' };
        await client.journals.execute(definition.name, [
          { ...journal, MembershipNumber: number, JournalSubTypeName: 'Purchase' },
        ]);
        const rows = await client.query.all(
          'SELECT Promotion.Name, CumulativeUsageCompleted FROM LoyaltyProgramMbrPromotion WHERE CumulativeUsageTarget != null',
        );
        expect(rows).to.have.length(1);
        expect(rows[0]).to.have.nested.property('Promotion.Name', promotion?.name);
        expect(rows[0]).to.have.property('CumulativeUsageCompleted', 1);
      });
    });
  }

  it('take another name, whatever it looks like', async () => {
    for (const name of ["Bob's $& Café: #1", '2026', 'yes']) {
      const definition = await definitionOf(await programTemplate('points', { name }));
      expect(definition.name).to.equal(name);
    }
  });

  it('tell editors the schema if it is beside them', async () => {
    const text = await programTemplate('tiered', { schema: 'program-definition.schema.json' });
    expect(text.split('\n')[0]).to.equal('# yaml-language-server: $schema=program-definition.schema.json');
    expect((await definitionOf(text)).name).to.equal('Summit Club');
  });

  it('are created by the example of the documentation', async () => {
    const example = join(root, 'examples/program-as-code.ts');
    const page = await readFile(join(root, 'docs/program-as-code.md'), 'utf8');
    expect(page).to.contain(`\`\`\`ts\n${(await readFile(example, 'utf8')).trimEnd()}\n\`\`\``);
    const args = [example, join(root, 'examples/programs/tiered.yml')];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).to.match(/^"Summit Club" is in the org: \{ created: \d+/);
  });

  it('are in the package', async () => {
    const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { files: string[] };
    expect(files).to.include.members(programTemplates.map((kind) => `/examples/programs/${kind}.yml`));
  });
});
