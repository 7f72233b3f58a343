import type { Random } from '../../../src/base/random.js';
import type { HttpAnswer, LostAnswerKind } from '../../../src/client/failures/errors.js';
import { failure, oneResult, processFailure, truncated } from './answers.js';
import type { Execution, FakeOrg, Fate, Share } from './fakeOrg.js';

/** The client gives up here; the org does not have to. */
const timeout = 120_000;

type Answer = HttpAnswer | LostAnswerKind;

const lock = 'unable to obtain exclusive access to this record';

/** Turned away at the door: nothing was stored. */
const doors: readonly Answer[] = [
  failure(429, 'TOO_MANY_REQUESTS'),
  { ...failure(429, 'TOO_MANY_REQUESTS'), headers: { 'retry-after': '7' } },
  failure(503, 'SERVER_UNAVAILABLE'),
  failure(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentPerOrgLongTxn Limit exceeded.'),
  'notConnected',
];

/** No call can succeed until somebody has done something. */
const stops: readonly Answer[] = [
  failure(401, 'INVALID_SESSION_ID'),
  failure(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
];

/** Nobody knows whether it happened. */
const losses: readonly Answer[] = [
  'reset',
  'dropped',
  truncated,
  failure(500, 'UNKNOWN_EXCEPTION'),
  failure(502, null),
  failure(504, null),
  failure(503, null),
  failure(429, null),
  failure(403, null),
];

/** The org failed, and some of several journals may be in. */
const failures: readonly HttpAnswer[] = [
  failure(400, 'REQUIRED_FIELD_MISSING', 'Quantity is missing.'),
  failure(400, 'UNABLE_TO_LOCK_ROW', lock),
  failure(400, 'STORAGE_LIMIT_EXCEEDED'),
  failure(400, 'REQUEST_RUNNING_TOO_LONG'),
  failure(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'Too many SOQL queries: 101'),
  processFailure('The rule Weekend failed.'),
  processFailure(`flow: ${lock}`),
];

/** Lets things go wrong with an org, by a seed: `often` is the chance for each call. */
export function trouble(org: FakeOrg, random: Random, { often, window }: { often: number; window: number }): void {
  const chance = (probability: number): boolean => random.next() < probability;
  org.fate = (execution) => {
    const honest = org.honest(execution, random.integer(50, 2500));
    return chance(often) ? troubled(honest, execution, { random, window }) : honest;
  };
  org.queryFate = () => (chance(often / 2) ? oneOf(random, chance(0.1) ? stops : [...doors, ...losses]) : undefined);
}

interface Dice {
  readonly random: Random;
  readonly window: number;
}

function troubled(honest: Fate, execution: Execution, { random, window }: Dice): Fate {
  const { answersAt } = honest;
  const kinds: readonly (() => Fate)[] = [
    () => slow(honest, random.integer(8000, 30_000)),
    () => ({ answersAt, answer: oneOf(random, doors) }),
    () => ({ answersAt, answer: oneOf(random, losses) }),
    () => ({ answersAt: timeout, answer: 'timeout' }),
    () => ({ ...honest, answer: lossAfter(execution, random) }),
    () => ({ ...honest, answersAt: timeout, answer: 'timeout' }),
    // Its client has gone, and yet it is carried out.
    () => late(honest, random.integer(timeout + 1, window - 1)),
    () => partly(honest, execution, random),
    () => partly(honest, execution, random),
    () => (random.next() < 0.2 ? { answersAt, answer: oneOf(random, stops) } : honest),
  ];
  return oneOf(random, kinds)();
}

function slow(honest: Fate, takes: number): Fate {
  return { ...honest, answersAt: takes, ...(honest.storesAt !== undefined && { storesAt: takes - 1 }) };
}

function late(honest: Fate, storesAt: number): Fate {
  return { answersAt: timeout, answer: 'timeout', ...(honest.storesAt !== undefined && { storesAt }) };
}

function lossAfter({ journals, ids }: Execution, random: Random): Answer {
  return oneOf(random, journals.length + ids.length > 1 ? [...losses, oneResult] : losses);
}

/**
 * Some are run, some only stored, some not even that, and then the request fails. What is refused alone is refused for
 * good, so that a single good journal has to be in when its request fails; a single one that meets a lock is not.
 */
function partly(honest: Fate, { journals, ids }: Execution, random: Random): Fate {
  if (honest.storesAt === undefined) return honest;
  const shares = new Map<string, Share>();
  const share = (number: string): Share => {
    const known = shares.get(number) ?? oneOf<Share>(random, ['run', 'pending', 'nothing']);
    shares.set(number, known);
    return known;
  };
  if (journals.length + ids.length > 1) return { ...honest, share, answer: oneOf(random, failures) };
  if (random.next() < 0.5) return { answersAt: honest.answersAt, answer: failure(400, 'UNABLE_TO_LOCK_ROW', lock) };
  const becomes = ids.length > 0 ? 'run' : oneOf<Share>(random, ['run', 'pending']);
  return { ...honest, share: () => becomes, answer: processFailure('The rule Weekend failed.') };
}

function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random.integer(0, choices.length - 1)]!;
}
