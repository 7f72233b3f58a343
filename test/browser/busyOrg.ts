import { join } from 'node:path';
import { Emulator } from '../../src/emulator/index.js';
import type { GivenValues } from '../../src/emulator/index.js';
import { LoyaltyClient } from '../../src/index.js';
import { createProgram, harbourRewards } from '../../src/program/index.js';
import { RestClient } from '../emulator/restClient.js';

/** A time of day for the screenshot, so that it only changes when the page does. */
const now = Date.parse('2026-04-03T08:00:00Z');

const people = [
  ['Ada', 'Nimbus'],
  ['Björn', 'Stratus'],
  ['Chiara', 'Cumulus'],
  ['Deepak', 'Cirrus'],
  ['Esi', 'Altus'],
  // At the beginning, and the last one far behind the targets.
  ['Fatima', 'Nimbus'],
  ['Grace', 'Stratus'],
  ['Hiro', 'Cumulus'],
  ['Ines', 'Cirrus'],
  ['João', 'Altus'],
] as const;

/** An org with a program, members who are on their way, requests of several kinds, and faults. */
export async function startBusyOrg(options: { readonly port?: number } = {}): Promise<Emulator> {
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const org = await Emulator.start({ ...options, clock, settings: { allowNegativeBalance: true } });
  const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'page', clientSecret: 'none' });
  await createProgram(client, harbourRewards);
  enrol(org);
  const rest = new RestClient(org);
  await rest.query('SELECT Name, Status FROM LoyaltyProgram');
  await rest.get('/limits');
  await rest.get('/sobjects/Nothing/describe');
  await rest.query("SELECT Foo FROM Contact WHERE Name = '<b>x</b>'");
  org.faults.replace({
    rules: [
      { fault: 'silence', rate: 0.1, match: { method: 'POST', path: '/connect/realtime/*' } },
      { fault: 'quota', count: 1, match: { path: '/limits' } },
    ],
  });
  await rest.get('/limits');
  return org;
}

function enrol({ store }: Emulator): void {
  const program = store.first('LoyaltyProgram', { Name: harbourRewards.name })?.Id;
  const tiers = store.find('LoyaltyTier', {});
  const promotions = store.find('Promotion', {}).filter((row) => Number(row['CumulativeUsageTarget']) > 0);
  for (const [index, [FirstName, LastName]] of people.entries()) {
    const member = store.insert('LoyaltyProgramMember', {
      ProgramId: program,
      ContactId: store.insert('Contact', { FirstName, LastName, Email: `${FirstName.toLowerCase()}@example.com` }),
      ...{ MembershipNumber: `HR-100${index + 1}`, EnrollmentDate: '2026-01-01', MemberStatus: 'Active' },
    });
    for (const { Id } of store.find('LoyaltyProgramCurrency', {})) {
      const currency = { LoyaltyMemberId: member, LoyaltyProgramCurrencyId: Id };
      put(store, 'LoyaltyMemberCurrency', currency, {
        ...{ Name: 'balance', TotalPointsAccrued: 1_250.5 * (index + 1) },
      });
    }
    const LoyaltyTierId = tiers[index % tiers.length]?.Id;
    put(store, 'LoyaltyMemberTier', { LoyaltyMemberId: member }, { Name: 'tier', LoyaltyTierId, Status: 'Active' });
    for (const [place, promotion] of promotions.entries()) {
      const percent = percentOf(index, place);
      const CumulativeUsageCompleted = Math.round((Number(promotion['CumulativeUsageTarget']) * percent) / 100);
      const parents = { LoyaltyProgramMemberId: member, PromotionId: promotion.Id };
      put(store, 'LoyaltyProgramMbrPromotion', parents, { CumulativeUsageCompleted });
    }
  }
}

function percentOf(index: number, place: number): number {
  if (index === people.length - 1) return 1430 - place * 1300;
  return index < 5 ? (index * 35 + place * 20 + 25) % 110 : 10;
}

/** A new member may bring some rows along. */
function put(store: Emulator['store'], object: string, key: GivenValues, values: GivenValues): void {
  const row = store.first(object, key);
  if (row) store.update(object, row.Id, values, { as: 'org' });
  else store.insert(object, { ...key, ...values }, { as: 'org' });
}

/** Where the documentation finds it. */
export const screenshotPath = join(import.meta.dirname, '..', '..', 'docs', 'screenshots', 'emulator-page.png');
