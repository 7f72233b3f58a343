import type { Emulator } from '../../src/emulator/index.js';
import { addToDay } from '../../src/base/dayArithmetic.js';
import { seededRandom } from '../../src/base/random.js';
import { harbourRewards } from '../../src/program/index.js';
import type { ModelEvent, ModelledProgram, ModelMember, ModelVoucher } from './programModel.js';

const channels = ['Web', 'Store', 'Mobile'];
const firstDay = Date.parse('2025-01-01');
const days = 700;

/** Fills an org that has the example program. */
export function modelProgram(
  org: Emulator,
  size: { readonly members: number; readonly events: number },
): ModelledProgram {
  const { store } = org;
  const random = seededRandom(20);
  const below = (count: number): number => random.integer(0, count - 1);
  const dayAt = (index: number): string => new Date(firstDay + index * 86_400_000).toISOString().slice(0, 10);
  const idOf = (object: string, values: Record<string, string>): string => store.first(object, values)?.Id ?? '';
  const programId = idOf('LoyaltyProgram', { Name: harbourRewards.name });
  const promotions = [
    { target: 10, id: idOf('Promotion', { Name: 'Ten cups, one free' }) },
    { target: 40, id: idOf('Promotion', { Name: 'Harbour regular' }) },
  ];
  const tierPointsId = idOf('LoyaltyProgramCurrency', { Name: 'Tier Points', LoyaltyProgramId: programId });
  const stars = idOf('LoyaltyProgramCurrency', { Name: 'Stars', LoyaltyProgramId: programId });
  const tierIds = ['Bronze', 'Silver', 'Gold'].map((Name) => ({
    name: Name,
    row: store.first('LoyaltyTier', { Name }),
  }));
  const definition = store.insert('VoucherDefinition', {
    ...{ Name: 'Free cup', Type: 'FixedValue', FaceValue: 4, IsActive: true, LoyaltyProgramId: programId },
    ...{ ExpirationType: 'FixedDate', EffectiveDate: '2025-01-01', ExpirationDate: '2035-12-31' },
  });
  const typeId = new Map<string, string>();
  for (const Name of [
    'Accrual',
    'Redemption',
    'Accrual Reversal',
    'Redemption Reversal',
    'Points Expiration',
    'Points Transfer',
  ])
    typeId.set(Name, idOf('JournalType', { Name }) || store.insert('JournalType', { Name }));

  const members = store.transaction(() => Array.from({ length: size.members }, (_, index) => newMember(index)));
  const events: ModelEvent[] = [];
  const totals = new Map<string, { gained: number; lost: number }>();
  store.transaction(() => {
    for (let index = 0; index < size.events; index++) addEvent();
  });
  const vouchers = store.transaction(() =>
    members.filter((_, index) => index % 3 === 0).map((member) => newVoucher(member)),
  );
  store.transaction(() => members.forEach(setBalance));
  return { members, events, vouchers, programId };

  function newMember(index: number): ModelMember {
    const enrolledAt = below(days - 30);
    const status = index % 17 === 0 ? 'Inactive' : 'Active';
    const ended = status === 'Inactive' && index % 2 === 0 ? dayAt(enrolledAt + 1 + below(days - enrolledAt)) : null;
    const channel = channels[below(channels.length)] ?? '';
    const enrolled = dayAt(enrolledAt);
    const receivesPromotions = below(2) === 0;
    const id = store.insert(
      'LoyaltyProgramMember',
      {
        ...{
          MembershipNumber: `M-${index}`,
          ProgramId: programId,
          EnrollmentDate: enrolled,
          EnrollmentChannel: channel,
        },
        ...{ MemberStatus: status, MembershipEndDate: ended, CanReceivePromotions: receivesPromotions },
      },
      { as: 'org' },
    );
    for (const { Id } of store.find('LoyaltyMemberTier', { LoyaltyMemberId: id }))
      store.delete('LoyaltyMemberTier', Id);
    const moved = enrolledAt + 1 + below(days - enrolledAt);
    const [from, to] = [below(3), below(3)];
    const tiers = [
      { tier: tierIds[from]?.name ?? '', since: enrolled, until: from === to ? null : dayAt(moved) },
      ...(from === to ? [] : [{ tier: tierIds[to]?.name ?? '', since: dayAt(moved), until: null }]),
    ];
    for (const { tier, since, until } of tiers) {
      const row = tierIds.find(({ name }) => name === tier)?.row;
      store.insert('LoyaltyMemberTier', {
        ...{ Name: tier, LoyaltyMemberId: id, LoyaltyTierId: row?.Id, LoyaltyTierGroupId: row?.['LoyaltyTierGroupId'] },
        ...{ EffectiveDate: since, TierExpirationDate: until },
      });
    }
    return { id, channel, enrolled, status, ended, receivesPromotions, tiers, ...standingOf(id) };
  }

  function standingOf(id: string): Pick<ModelMember, 'tierPoints' | 'progress'> {
    const tierPoints = below(600);
    setTotals(id, tierPointsId, { gained: tierPoints, lost: 0 });
    const progress = promotions
      .filter(() => below(2) === 0)
      .map((each) => ({ ...each, completed: below(each.target + 2) }));
    for (const { id: PromotionId, completed: CumulativeUsageCompleted } of progress)
      store.insert(
        'LoyaltyProgramMbrPromotion',
        { LoyaltyProgramMemberId: id, PromotionId, CumulativeUsageCompleted, IsEnrollmentActive: true },
        { as: 'org' },
      );
    return { tierPoints, progress };
  }

  function addEvent(): void {
    // Some are better customers than others.
    const member = members[Math.min(below(members.length), below(members.length))];
    if (!member) return;
    const start = Math.round((Date.parse(member.enrolled) - firstDay) / 86_400_000);
    const day = dayAt(start + below(days - start));
    const value = 100 + below(9900);
    const chance = below(100);
    const expires = below(4) === 0 ? null : addToDay(day, 200 + below(400), 'Days');
    const credit = { member, day, amount: value, points: value, expires };
    if (chance < 70) add({ ...credit, kind: 'purchase' });
    else if (chance < 76) add({ member, kind: 'return', day, amount: -value, points: value, expires: null });
    else if (chance < 80) add({ ...credit, kind: 'canceled' });
    else if (chance < 88) add({ member, kind: 'redemption', day, amount: 0, points: value, expires: null });
    else if (chance < 90) add({ member, kind: 'givenBack', day, amount: 0, points: value, expires: null });
    else if (chance < 94) add({ member, kind: 'expiry', day, amount: 0, points: value, expires: null });
    else if (chance < 97) {
      add({ member, kind: 'sent', day, amount: 0, points: value, expires: null });
      const other = members[below(members.length)] ?? member;
      add({ member: other, kind: 'received', day, amount: 0, points: value, expires: null });
    } else add({ member, kind: 'pending', day, amount: value, points: 0, expires: null });
  }

  function add(event: ModelEvent): void {
    events.push(event);
    const { kind, points, member } = event;
    const { gained, lost } = totals.get(member.id) ?? { gained: 0, lost: 0 };
    const [more, less] = [gains.has(kind) ? points : 0, losses.has(kind) ? points : 0];
    totals.set(member.id, { gained: gained + more, lost: lost + less });
    if (kind === 'purchase') enter(event, 'Accrual', 'Credit');
    if (kind === 'return') enter(event, 'Accrual', 'Debit');
    if (kind === 'redemption') enter(event, 'Redemption', 'Debit');
    if (kind === 'givenBack') enter(event, 'Redemption Reversal', 'Credit');
    if (kind === 'expiry') enter(event, 'Points Expiration', 'Expiry');
    if (kind === 'sent') enter(event, 'Points Transfer', 'Debit');
    if (kind === 'received') enter(event, 'Points Transfer', 'Credit');
    if (kind === 'pending') newJournal(event, 'Accrual', 'Pending');
    if (kind !== 'canceled') return;
    newLedger(event, newJournal(event, 'Accrual', 'Cancelled'), 'Credit', points);
    newLedger(event, newJournal({ ...event, amount: 0 }, 'Accrual Reversal', 'Processed'), 'Debit', points);
  }

  function enter(event: ModelEvent, type: string, eventType: string): void {
    newLedger(event, newJournal(event, type, 'Processed'), eventType, event.points);
  }

  function newJournal({ member, day, amount }: ModelEvent, type: string, Status: string): string {
    return store.insert(
      'TransactionJournal',
      {
        ...{ MemberId: member.id, LoyaltyProgramId: programId, JournalTypeId: typeId.get(type), Status },
        ...{ ActivityDate: `${day}T23:30:00.000Z`, ...(amount !== 0 && { TransactionAmount: amount / 100 }) },
      },
      { as: 'org' },
    );
  }

  function newLedger({ member, day, expires }: ModelEvent, journal: string, EventType: string, points: number): void {
    store.insert(
      'LoyaltyLedger',
      {
        ...{ LoyaltyProgramMemberId: member.id, LoyaltyProgramCurrencyId: stars, TransactionJournalId: journal },
        ...{ EventType, Points: points / 100, ActivityDate: `${day}T23:30:00.000Z` },
        ...(EventType === 'Credit' && { ExpiryDate: expires }),
      },
      { as: 'org' },
    );
  }

  function newVoucher(member: ModelMember): ModelVoucher {
    const start = Math.round((Date.parse(member.enrolled) - firstDay) / 86_400_000);
    const at = start + below(days - start);
    const status = (['Issued', 'Redeemed', 'Expired'] as const)[below(3)] ?? 'Issued';
    const [issued, used] = [dayAt(at), status === 'Redeemed' ? dayAt(at + below(40)) : null];
    const expires = dayAt(at + 40 + below(300));
    store.insert(
      'Voucher',
      {
        ...{ LoyaltyProgramMemberId: member.id, VoucherDefinitionId: definition, Status: status, FaceValue: 4 },
        ...{ EffectiveDate: issued, ExpirationDate: expires, UseDate: used },
      },
      { as: 'org' },
    );
    return { member, status, issued, expires, used };
  }

  function setBalance({ id }: ModelMember): void {
    const { gained = 0, lost = 0 } = totals.get(id) ?? {};
    setTotals(id, stars, { gained: gained / 100, lost: lost / 100 });
  }

  /** The org computes the balance from these. */
  function setTotals(memberId: string, currencyId: string, { gained, lost }: { gained: number; lost: number }): void {
    const row = store.first('LoyaltyMemberCurrency', {
      LoyaltyMemberId: memberId,
      LoyaltyProgramCurrencyId: currencyId,
    });
    const values = { TotalPointsAccrued: gained, TotalPointsRedeemed: lost };
    if (row) store.update('LoyaltyMemberCurrency', row.Id, values, { as: 'org' });
  }
}

const gains = new Set(['purchase', 'givenBack', 'received']);
const losses = new Set(['return', 'redemption', 'expiry', 'sent']);
