import type { FaultRuleInput } from './faultPlan.js';

/** A kind of request, and how long an org takes for it. */
interface Kind {
  readonly name: string;
  /** Regular expression that matches in the path. */
  readonly path: string;
  /** Mean, in milliseconds. */
  readonly mean: number;
}

const program = '/loyalty/programs/[^/]+';
const process = (name: string): string => `/program-processes/${name}/?$`;
const action = (name: string): string => `/actions/standard/${name}/?$`;

/**
 * Mean times that one vendor published in an answer to a request for proposals, without the load and the org. Nobody else
 * has published any.
 */
const published: readonly Kind[] = [
  { name: 'list of vouchers', path: `${program}/members/[^/]+/vouchers/?$`, mean: 47 },
  { name: 'ledger summary', path: '/transaction-ledger-summary/?$', mean: 74 },
  { name: 'transaction history', path: '/transaction-history/?$', mean: 88 },
  { name: 'issue of a voucher', path: `(?:${process('IssueVoucher')}|${action('issueVoucher')})`, mean: 119 },
  { name: 'enrollment in a promotion', path: process('EnrollInPromotion'), mean: 120 },
  { name: 'leaving a promotion', path: process('OptOutOfPromotion'), mean: 120 },
  { name: 'credit of points', path: `(?:${process('CreditPointsToMembers')}|${action('creditPoints')})`, mean: 154 },
  { name: 'debit of points', path: `(?:${process('DebitPointsFromMembers')}|${action('debitPoints')})`, mean: 156 },
  { name: 'promotions of a member', path: process('GetMemberPromotions'), mean: 210 },
  { name: 'member profile', path: '/loyalty-programs/[^/]+/members/?$', mean: 230 },
];

/** For journals in real time no time is published: what a rule engine with several queries takes at least. */
const realtime: Kind = { name: 'journals in real time', path: '/connect/realtime/', mean: 400 };
/** For all other calls: a round trip to an org and a query. */
const meanOfOthers = 100;
/** Times are spread evenly around the mean by this share. */
const spread = 0.25;

const kinds = [...published, realtime];

/**
 * Rules for a fault plan that make a local org as slow as a real one, each kind of request on its own:
 * `Emulator.start({ faults: { rules: orgLatency } })`. Exactly one of them applies to each API call.
 */
export const orgLatency: readonly FaultRuleInput[] = [
  ...kinds.map(({ name, path, mean }) => rule(name, path, mean)),
  rule('other calls', `^/services/data/v(?!.*(?:${kinds.map(({ path }) => path).join('|')}))`, meanOfOthers),
];

function rule(name: string, pathPattern: string, mean: number): FaultRuleInput {
  const bounds = [mean * (1 - spread), mean * (1 + spread)].map(Math.round);
  const milliseconds = [bounds[0] ?? mean, bounds[1] ?? mean] as [number, number];
  return { fault: 'latency', name: `an org's latency: ${name}`, match: { pathPattern }, milliseconds };
}
