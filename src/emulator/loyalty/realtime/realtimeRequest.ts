import { z } from 'zod';
import { isJsonObject } from '../../../base/jsonObject.js';
import { AppliedPromotion } from '../../../contract/endpoints/cartPromotionEndpoints.js';
import { inAnyCase } from '../../../contract/inAnyCase.js';
import {
  maxJournalsPerRequest,
  RunSetting,
  TransactionJournalInput,
} from '../../../contract/endpoints/realtimeEndpoints.js';
import { OrgRefusal, notImplemented } from '../../orgRefusal.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import { parseInput } from '../parseInput.js';
import { invalidInput } from '../invalidInput.js';

export type RealtimeCall = {
  readonly isSimulation: boolean;
  /** Whether the use of coupons is checked and counted. */
  readonly countsCoupons: boolean;
  /** The promotions applied to each of the journals. Empty for existing ones. */
  readonly applied: readonly (readonly AppliedPromotion[])[];
} & GivenJournals;

export type GivenJournals =
  | { readonly kind: 'new'; readonly journals: readonly TransactionJournalInput[] }
  /** Ids of 18 characters. */
  | { readonly kind: 'existing'; readonly ids: readonly string[] };

const knownKeys = new Set(['transactionJournals', 'runSetting', 'shouldCheckCouponUsageLimit']);

/**
 * @throws {OrgRefusal} 400: JSON_PARSER_ERROR (unknown key, wrong type), INVALID_API_INPUT (no journals, too many, new ones
 *   and ids mixed), MALFORMED_ID. The resource publishes no codes: these are the platform's and inferred.
 */
export function parseRealtime(body: Readonly<Record<string, unknown>>): RealtimeCall {
  const unknownKey = Object.keys(body).find((key) => !knownKeys.has(key));
  if (unknownKey !== undefined) throw new OrgRefusal(400, 'JSON_PARSER_ERROR', `Unrecognized field "${unknownKey}"`);
  const { isSimulation = false } = parseInput(GivenRunSetting, body['runSetting'] ?? {});
  const { shouldCheckCouponUsageLimit: countsCoupons = false } = parseInput(CouponCheck, body);
  const call = { countsCoupons, isSimulation, ...givenJournals(body) };
  if (isSimulation && call.applied.some((each) => each.length > 0)) {
    throw notImplemented('the simulation of appliedPromotions');
  }
  return call;
}

function givenJournals(body: Readonly<Record<string, unknown>>): GivenJournals & Pick<RealtimeCall, 'applied'> {
  const journals = listOf(body['transactionJournals']);
  const ids = journals.map(idOf).filter((id) => id !== undefined);
  if (ids.length === 0) {
    return { kind: 'new', journals: journals.map(toNewJournal), applied: journals.map(appliedTo) };
  }
  if (ids.length < journals.length) throw invalidInput('Give either new journals or ids of existing ones, not both.');
  return { kind: 'existing', ids, applied: [] };
}

function listOf(given: unknown): readonly unknown[] {
  if (given === undefined || given === null) throw invalidInput('transactionJournals is missing.');
  if (!Array.isArray(given)) throw new OrgRefusal(400, 'JSON_PARSER_ERROR', 'transactionJournals is not a list.');
  if (given.length === 0) throw invalidInput('transactionJournals is empty: give at least one journal.');
  if (given.length <= maxJournalsPerRequest) return given;
  throw invalidInput(`A request takes at most ${maxJournalsPerRequest} transactionJournals, not ${given.length}.`);
}

/** The id of a journal that is given by nothing else; undefined for a new one. */
function idOf(journal: unknown): string | undefined {
  if (!isJsonObject(journal)) return undefined;
  const keys = Object.keys(journal);
  const key = keys.find((each) => each.toLowerCase() === 'id');
  if (key === undefined) return undefined;
  const id = journal[key];
  if (keys.length > 1) throw invalidInput('A journal is given either by its Id or by its fields, not by both.');
  if (typeof id === 'string' && isId(id)) return to18(id);
  throw new OrgRefusal(400, 'MALFORMED_ID', `Transaction Journal ID: id value of incorrect type: ${String(id)}`);
}

function toNewJournal(journal: unknown): TransactionJournalInput {
  if (!hasApplied(journal)) return parseInput(TransactionJournalInput, journal);
  const { appliedPromotions: _applied, ...fields } = journal;
  return parseInput(TransactionJournalInput, fields);
}

const AppliedPromotions = z.array(AppliedPromotion);

function appliedTo(journal: unknown): AppliedPromotion[] {
  return hasApplied(journal) ? parseInput(AppliedPromotions, journal.appliedPromotions ?? []) : [];
}

function hasApplied(journal: unknown): journal is Record<string, unknown> & { readonly appliedPromotions: unknown } {
  return isJsonObject(journal) && 'appliedPromotions' in journal;
}

/** Booleans are also sent as texts. What the summary leaves out is not published: here it is the detailed view. */
const GivenFlag = z
  .union([z.boolean(), inAnyCase(['true', 'false'])])
  .transform((given) => String(given) === 'true')
  .optional();
const GivenRunSetting = RunSetting.extend({ isSimulation: GivenFlag });
const CouponCheck = z.object({ shouldCheckCouponUsageLimit: GivenFlag });
