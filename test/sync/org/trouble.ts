import type { Random } from '../../../src/base/random.js';
import type { LostAnswerKind } from '../../../src/client/failures/callErrors.js';
import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';
import { failure, oneResult, processFailure, truncated } from './answers.js';
import type { Execution, FakeOrg, Fate, Share } from './fakeOrg.js';
import { judgedAnswers } from './verdictAnswers.js';
import type { JudgedAnswer } from './verdictAnswers.js';

/** The client gives up after this time; the org need not. */
const timeout = 120_000;

type Answer = HttpAnswer | LostAnswerKind;

/** Faults of an org, or of the network. */
export const orgFaults = ['slow', 'door', 'stop', 'loss', 'timeout', 'late', 'partly', 'read'] as const;
export type OrgFault = (typeof orgFaults)[number];

const lock = 'unable to obtain exclusive access to this record';
const lockAnswer = failure(400, 'UNABLE_TO_LOCK_ROW', lock);

/** Refused before anything was stored. */
const doors: readonly Answer[] = [
  ...answersOf(({ kind, stored }) => kind === 'later' && stored === 'nothing'),
  'notConnected',
];
const tooLarge = answersOf(({ kind, stored }) => kind === 'tooLarge' && stored === 'nothing');
/** No call can succeed until a person has done something. */
const stops = judgedAnswers.filter(({ kind }) => kind === 'stop');
/** Nobody knows whether it happened. */
const losses: readonly Answer[] = ['reset', 'dropped', truncated, ...answersOf(({ kind }) => kind === 'unknown')];

/** The org failed, and any journal may be stored, even a single one. */
const failures: readonly HttpAnswer[] = [
  ...answersOf(({ kind, stored }) => kind !== 'unknown' && kind !== 'stop' && stored !== 'nothing'),
  processFailure('The rule Weekend failed.'),
  processFailure(`flow: ${lock}`),
];

export interface TroubleOptions {
  /** Probability per call. */
  readonly often: number;
  /** The settle window: no request is carried out later. */
  readonly window: number;
  /** Faults that can occur. Default: all. */
  readonly faults?: readonly OrgFault[];
  /** An answer that occurs more often than others. */
  readonly prefers?: JudgedAnswer | undefined;
  /** Called for every fault that occurred. */
  readonly struck?: (fault: OrgFault) => void;
}

/** Adds faults to an org, drawn from a seed. */
export function trouble(org: FakeOrg, random: Random, options: TroubleOptions): void {
  const { often, window, prefers, faults = orgFaults, struck = () => undefined } = options;
  const ofRequests = faults.filter((fault) => fault !== 'read');
  org.fate = (execution) => {
    const honest = org.honest(execution, random.integer(50, 2500));
    if (random.next() >= often || ofRequests.length === 0) return honest;
    const preferred = prefers && faultOf(prefers);
    const isPreferred = preferred !== undefined && ofRequests.includes(preferred) && random.next() < 0.5;
    const fault = isPreferred ? preferred : oneOf(random, ofRequests);
    const fate = fates[fault]({ honest, execution, random, window, prefers: isPreferred ? prefers : undefined });
    if (fate !== honest) struck(fault);
    return fate;
  };
  org.queryFate = () => {
    if (!faults.includes('read') || random.next() >= often / 2) return undefined;
    struck('read');
    const isStop = faults.includes('stop') && random.next() < 0.1;
    return isStop ? oneOf(random, stops).answer : oneOf(random, [...doors, ...losses]);
  };
}

interface Scene {
  readonly honest: Fate;
  readonly execution: Execution;
  readonly random: Random;
  readonly window: number;
  readonly prefers: JudgedAnswer | undefined;
}

/** Returns the fault to which an answer belongs. */
export function faultOf({ kind, stored }: JudgedAnswer): Exclude<OrgFault, 'read'> {
  if (kind === 'unknown') return 'loss';
  if (kind === 'stop') return 'stop';
  return stored === 'nothing' ? 'door' : 'partly';
}

const fates: Readonly<Record<Exclude<OrgFault, 'read'>, (scene: Scene) => Fate>> = {
  slow: ({ honest, random }) => slow(honest, random.integer(8000, 30_000)),
  door: (scene) => ({
    answersAt: scene.honest.answersAt,
    answer: answerFrom(scene, isSingle(scene.execution) ? doors : [...doors, ...tooLarge]),
  }),
  stop: (scene) => (scene.random.next() < 0.5 ? stopped(scene) : scene.honest),
  loss: (scene) => {
    const { honest, execution, random } = scene;
    const answer = answerFrom(scene, isSingle(execution) ? losses : [...losses, oneResult]);
    return random.next() < 0.5 ? { answersAt: honest.answersAt, answer } : { ...honest, answer };
  },
  timeout: ({ honest: { storesAt, answersAt }, random }) =>
    random.next() < 0.5 || storesAt === undefined
      ? { answersAt: timeout, answer: 'timeout' }
      : { storesAt: Math.min(storesAt, answersAt), answersAt: timeout, answer: 'timeout' },
  // The client has gone, but the request is carried out.
  late: ({ honest, random, window }) => late(honest, random.integer(timeout + 1, window - 1)),
  partly,
};

function slow(honest: Fate, takes: number): Fate {
  return { ...honest, answersAt: takes, ...(honest.storesAt !== undefined && { storesAt: takes - 1 }) };
}

function late(honest: Fate, storesAt: number): Fate {
  return { answersAt: timeout, answer: 'timeout', ...(honest.storesAt !== undefined && { storesAt }) };
}

/** Returns the preferred answer if it is one of these. */
function answerFrom<T extends Answer>({ random, prefers }: Scene, answers: readonly T[]): T {
  const preferred = answers.find((answer) => answer === prefers?.answer);
  return preferred ?? oneOf(random, answers);
}

function stopped({ honest, random, prefers }: Scene): Fate {
  const { answer, stored } = prefers ?? oneOf(random, stops);
  if (stored === 'nothing') return { answersAt: honest.answersAt, answer };
  return honest.storesAt === undefined ? honest : { ...honest, share: shares(random), answer };
}

/**
 * Runs some journals, only stores some, skips some, and then fails the request. A single journal that is refused is
 * refused for good, so a single good journal must be stored when its request fails. A single journal that meets a lock
 * is not.
 */
function partly(scene: Scene): Fate {
  const { honest, execution, random } = scene;
  if (honest.storesAt === undefined) return honest;
  if (!isSingle(execution)) return { ...honest, share: shares(random), answer: answerFrom(scene, failures) };
  if (random.next() < 0.5) return { answersAt: honest.answersAt, answer: lockAnswer };
  const becomes = execution.ids.length > 0 ? 'run' : oneOf<Share>(random, ['run', 'pending']);
  return { ...honest, share: () => becomes, answer: answerFrom(scene, failures) };
}

/** Draws what happens to each journal of one request. */
function shares(random: Random): (number: string) => Share {
  const known = new Map<string, Share>();
  return (number) => {
    const share = known.get(number) ?? oneOf<Share>(random, ['run', 'pending', 'nothing']);
    known.set(number, share);
    return share;
  };
}

function isSingle({ journals, ids }: Execution): boolean {
  return journals.length + ids.length === 1;
}

function answersOf(fits: (judged: JudgedAnswer) => boolean): HttpAnswer[] {
  return judgedAnswers.filter(fits).map(({ answer }) => answer);
}

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[random.integer(0, choices.length - 1)]!;
}
