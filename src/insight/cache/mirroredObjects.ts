/**
 * How a value is stored. `hundredths`: an exact amount or number of points, times 100, which is what the org's two
 * decimal places need. `day`: `yyyy-MM-dd`; of a moment, the day in the org's time zone. `flag`: 0 or 1.
 */
export type ColumnKind = 'text' | 'hundredths' | 'count' | 'flag' | 'day';

export interface MirroredColumn {
  readonly name: string;
  /** Path of the field in SOQL. */
  readonly field: string;
  readonly kind: ColumnKind;
}

/** A part of an object that the cache keeps. Every table also has the column `id`, its key. */
export interface MirroredObject {
  readonly table: string;
  readonly object: string;
  /** Path from the object to its program. */
  readonly programPath: string;
  readonly columns: readonly MirroredColumn[];
  /** Fields of the table that queries look up. */
  readonly indexes: readonly string[];
  /** Whether an org without the feature has no such object. */
  readonly isOptional?: boolean;
}

const member: MirroredObject = {
  table: 'member',
  object: 'LoyaltyProgramMember',
  programPath: 'ProgramId',
  columns: [
    text('number', 'MembershipNumber'),
    text('status', 'MemberStatus'),
    text('type', 'MemberType'),
    text('channel', 'EnrollmentChannel'),
    day('enrolled', 'EnrollmentDate'),
    day('ended', 'MembershipEndDate'),
    { name: 'receivesPromotions', field: 'CanReceivePromotions', kind: 'flag' },
  ],
  indexes: [],
};

const journal: MirroredObject = {
  table: 'journal',
  object: 'TransactionJournal',
  programPath: 'LoyaltyProgramId',
  columns: [
    text('memberId', 'MemberId'),
    text('type', 'JournalType.Name'),
    text('status', 'Status'),
    day('day', 'ActivityDate'),
    hundredths('amount', 'TransactionAmount'),
  ],
  indexes: ['day'],
};

const ledger: MirroredObject = {
  table: 'ledger',
  object: 'LoyaltyLedger',
  programPath: 'LoyaltyProgramMember.ProgramId',
  columns: [
    text('memberId', 'LoyaltyProgramMemberId'),
    text('currencyId', 'LoyaltyProgramCurrencyId'),
    text('eventType', 'EventType'),
    text('journalType', 'TransactionJournal.JournalType.Name'),
    text('promotionId', 'PromotionId'),
    day('day', 'ActivityDate'),
    day('expires', 'ExpiryDate'),
    hundredths('points', 'Points'),
  ],
  indexes: ['day'],
};

const balance: MirroredObject = {
  table: 'balance',
  object: 'LoyaltyMemberCurrency',
  programPath: 'LoyaltyMember.ProgramId',
  columns: [
    text('memberId', 'LoyaltyMemberId'),
    text('currencyId', 'LoyaltyProgramCurrencyId'),
    hundredths('points', 'PointsBalance'),
  ],
  indexes: ['memberId'],
};

const memberTier: MirroredObject = {
  table: 'memberTier',
  object: 'LoyaltyMemberTier',
  programPath: 'LoyaltyMember.ProgramId',
  columns: [
    text('memberId', 'LoyaltyMemberId'),
    text('tierId', 'LoyaltyTierId'),
    text('groupId', 'LoyaltyTierGroupId'),
    day('since', 'EffectiveDate'),
    day('until', 'TierExpirationDate'),
  ],
  indexes: ['memberId'],
};

const usage: MirroredObject = {
  table: 'usage',
  object: 'LoyaltyProgramMbrPromotion',
  programPath: 'LoyaltyProgramMember.ProgramId',
  columns: [
    text('memberId', 'LoyaltyProgramMemberId'),
    text('promotionId', 'PromotionId'),
    { name: 'completed', field: 'CumulativeUsageCompleted', kind: 'count' },
    { name: 'target', field: 'CumulativeUsageTarget', kind: 'count' },
    { name: 'isActive', field: 'IsEnrollmentActive', kind: 'flag' },
    day('enrolled', 'CreatedDate'),
  ],
  indexes: ['promotionId'],
};

const rewardCount: MirroredObject = {
  table: 'rewardCount',
  object: 'PromotionPartyUsage',
  programPath: 'LoyaltyProgramMember.ProgramId',
  columns: [
    text('memberId', 'LoyaltyProgramMemberId'),
    text('promotionId', 'PromotionId'),
    { name: 'times', field: 'UsageCount', kind: 'count' },
  ],
  indexes: ['promotionId'],
  isOptional: true,
};

const voucher: MirroredObject = {
  table: 'voucher',
  object: 'Voucher',
  programPath: 'LoyaltyProgramMember.ProgramId',
  columns: [
    text('memberId', 'LoyaltyProgramMemberId'),
    text('definitionId', 'VoucherDefinitionId'),
    text('promotionId', 'PromotionId'),
    text('status', 'Status'),
    day('issued', 'EffectiveDate'),
    day('expires', 'ExpirationDate'),
    day('used', 'UseDate'),
    hundredths('faceValue', 'FaceValue'),
  ],
  indexes: ['issued'],
};

/** In the order in which they are read: what refers to a record comes after it. */
export const mirroredObjects: readonly MirroredObject[] = [
  member,
  balance,
  memberTier,
  usage,
  rewardCount,
  journal,
  ledger,
  voucher,
];

function text(name: string, field: string): MirroredColumn {
  return { name, field, kind: 'text' };
}

function day(name: string, field: string): MirroredColumn {
  return { name, field, kind: 'day' };
}

function hundredths(name: string, field: string): MirroredColumn {
  return { name, field, kind: 'hundredths' };
}
