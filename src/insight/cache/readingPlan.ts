import { LostAnswerError, LoyaltyApiError, soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';
import type { InsightCache } from './insightCache.js';
import { mirroredObjects } from './mirroredObjects.js';
import type { MirroredObject } from './mirroredObjects.js';

/** Rows of a page of a query, and of a page of a bulk query if an org decides as most do. Neither is promised. */
const queryPage = 2000;
const bulkPage = 50_000;
/** Calls of a bulk query besides its pages: create, two states, addresses of pages, remove. */
const bulkCalls = 5;
/** `resultPages` exists since this version. */
const bulkSince = 58;
/**
 * A transaction stamps its records when it writes them, and they can be read when it ends. A transaction takes at most
 * ten minutes: "Apex Governor Limits" (maximum execution time).
 */
const overlap = 15 * 60_000;
/**
 * What a page of a query takes, what a bulk query takes besides its rows, and how many rows of it come in a second. No source:
 * orgs differ, so this says only whether it is worth waiting.
 */
const secondsOfPage = 1;
const secondsOfBulkQuery = 20;
const bulkRowsOfSecond = 5000;
/** Queries in one composite call. */
const countsAtOnce = 5;

/** How the records of one object are read. */
export interface ObjectPlan {
  readonly mirrored: MirroredObject;
  readonly soql: string;
  /** Records to read. */
  readonly rows: number;
  /** Records that the org has. */
  readonly total: number;
  readonly route: 'query' | 'bulk';
  readonly calls: number;
  /** A rough estimate. */
  readonly seconds: number;
}

export interface ReadingPlan {
  readonly objects: readonly ObjectPlan[];
  /** API calls, those that count included. */
  readonly calls: number;
  readonly rows: number;
  /** A rough estimate of how long they take. */
  readonly seconds: number;
}

/** Counts what has changed since the last reading, and chooses for each object the way with fewer calls. */
export async function planReading(
  client: LoyaltyClient,
  cache: InsightCache,
  mirrored: readonly MirroredObject[] = mirroredObjects,
): Promise<ReadingPlan> {
  const counted = mirrored.map((each) => conditionsOf(each, cache));
  const questionsOf = ({ mirrored, all, changed }: Conditions): string[] =>
    [all, changed].map((condition) => countSoql(mirrored, condition));
  // Before the first reading, all and what has changed are the same.
  const questions = [...new Set(counted.flatMap(questionsOf))];
  const counts = await countEach(client, questions);
  const objects = counted.flatMap((each) => {
    const [total, rows] = questionsOf(each).map((question) => counts.get(question));
    return total === undefined || rows === undefined ? [] : [objectPlan(client, each, { total, rows })];
  });
  const calls = objects.reduce((sum, plan) => sum + plan.calls, Math.ceil(questions.length / countsAtOnce));
  const [rows, seconds] = [sumOf(objects, 'rows'), sumOf(objects, 'seconds')];
  return { objects, calls, rows, seconds };
}

function sumOf(plans: readonly ObjectPlan[], what: 'rows' | 'seconds'): number {
  return plans.reduce((sum, plan) => sum + plan[what], 0);
}

interface Conditions {
  readonly mirrored: MirroredObject;
  readonly all: string;
  readonly changed: string;
}

function conditionsOf(mirrored: MirroredObject, cache: InsightCache): Conditions {
  const all = `${mirrored.programPath} = ${soqlText(cache.owner.programId)}`;
  const until = cache.readUntil(mirrored.table);
  if (until === undefined) return { mirrored, all, changed: all };
  return {
    mirrored,
    all,
    changed: `${all} AND SystemModstamp >= ${new Date(Date.parse(until) - overlap).toISOString()}`,
  };
}

function objectPlan(
  { apiVersion }: LoyaltyClient,
  { mirrored, changed }: Conditions,
  { total, rows }: { readonly total: number; readonly rows: number },
): ObjectPlan {
  const fields = ['Id', ...mirrored.columns.map(({ field }) => field), 'SystemModstamp'];
  const soql = `SELECT ${fields.join(', ')} FROM ${mirrored.object} WHERE ${changed}`;
  const byQuery = Math.ceil(rows / queryPage);
  const byBulk = bulkCalls + Math.ceil(rows / bulkPage);
  const isBulk = byBulk < byQuery && Number.parseFloat(apiVersion) >= bulkSince;
  const plan = { mirrored, soql, rows, total };
  return isBulk
    ? { ...plan, route: 'bulk', calls: byBulk, seconds: secondsOfBulkQuery + rows / bulkRowsOfSecond }
    : { ...plan, route: 'query', calls: byQuery, seconds: byQuery * secondsOfPage };
}

function countSoql({ object }: MirroredObject, condition: string): string {
  return `SELECT COUNT() FROM ${object} WHERE ${condition}`;
}

/** By question. Undefined for an object that the org does not have. */
async function countEach(
  client: LoyaltyClient,
  questions: readonly string[],
): Promise<ReadonlyMap<string, number | undefined>> {
  const counts = new Map<string, number | undefined>();
  for (let index = 0; index < questions.length; index += countsAtOnce) {
    const some = questions.slice(index, index + countsAtOnce);
    try {
      const pages = await client.query.firstPages(some);
      some.forEach((question, at) => counts.set(question, pages[at]?.totalSize));
    } catch (error) {
      if (!isOfOne(error)) throw error;
      for (const question of some) counts.set(question, await countIfKnown(client, question));
    }
  }
  return counts;
}

/** An object that the org does not have fails all counts of a call, and millions of records may take too long for one. */
function isOfOne(error: unknown): boolean {
  if (error instanceof LostAnswerError) return error.kind === 'timeout';
  return error instanceof LoyaltyApiError && error.errorCode === 'INVALID_TYPE';
}

async function countIfKnown(client: LoyaltyClient, question: string): Promise<number | undefined> {
  try {
    return await client.query.count(question);
  } catch (error) {
    if (error instanceof LoyaltyApiError && error.errorCode === 'INVALID_TYPE') return undefined;
    throw error;
  }
}
