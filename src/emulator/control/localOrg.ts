import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { FaultPlanInput } from '../faults/index.js';
import { controlHeader } from './guardedControl.js';
import { answerTo, Identity, identityPath } from './identityEndpoint.js';

/** Milliseconds to wait for an answer. A busy org answers late. */
const patience = 10_000;

/** No local org answers at an address. */
export class NoEmulatorError extends Error {
  override readonly name = 'NoEmulatorError';
  readonly actions = ['Name the address that "emulator start" has printed: --url http://127.0.0.1:<port>'];

  constructor(url: string) {
    super(`No local org answers at ${url}.`);
  }
}

/** The local org was told to end, but it still answers. */
export class EmulatorStillRunsError extends Error {
  override readonly name = 'EmulatorStillRunsError';

  constructor(url: string, pid: number) {
    super(`The local org at ${url} still answers. End its process: kill ${pid}`);
  }
}

/**
 * Checks that a local org listens at the address. This changes nothing there.
 *
 * @throws {NoEmulatorError} when no local org answers
 */
async function identify(url: string): Promise<{ pid: number }> {
  const challenge = randomUUID();
  const identity = await call(url, 'GET', `${identityPath}?challenge=${challenge}`)
    .then(async (response) => Identity.parse(await response.json()))
    // The reason does not matter: in any case no local org listens there.
    .catch(() => undefined);
  if (identity?.answer !== answerTo(challenge)) throw new NoEmulatorError(url);
  return { pid: identity.pid };
}

/** Calls a control endpoint that answers quickly. */
async function call(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(new URL(path, url), {
    method,
    headers: { [controlHeader]: '1', ...(body !== undefined && { 'content-type': 'application/json' }) },
    signal: AbortSignal.timeout(patience),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/**
 * Requests all rows of a local org. There is no time limit, because the time depends on the number of rows.
 *
 * @throws {NoEmulatorError} when no local org answers
 */
export async function askForSnapshot(url: string): Promise<Response> {
  await identify(url);
  return fetch(new URL('/emulator/snapshot', url), { headers: { [controlHeader]: '1' } });
}

/**
 * Replaces the fault plan of a local org.
 *
 * @throws {Error} with the org's answer, when it refuses the plan
 */
export async function setFaults(url: string, plan: FaultPlanInput): Promise<void> {
  const response = await call(url, 'PUT', '/emulator/faults', plan);
  if (!response.ok) throw new Error(`The local org at ${url} refused the fault plan: ${await response.text()}`);
}

/** What a job did: members that it concerned, and points that it moved. */
export interface PointsJobResult {
  readonly job: string;
  readonly members: number;
  readonly points: number;
}

/**
 * Runs the jobs by which points age: all of them, or those that are named.
 *
 * @throws {Error} with the org's answer, when it refuses
 */
export async function runPointsJobs(url: string, jobs?: readonly string[]): Promise<PointsJobResult[]> {
  const response = await call(url, 'POST', '/emulator/points-jobs', jobs ? { jobs } : {});
  if (!response.ok) throw new Error(`The local org at ${url} refused the jobs: ${await response.text()}`);
  return ((await response.json()) as { jobs: PointsJobResult[] }).jobs;
}

/**
 * Ends a local org and returns when it no longer listens. Any other server at the address is left alone.
 *
 * @throws {NoEmulatorError} when no local org answers
 * @throws {EmulatorStillRunsError} when the org still answers after 10 seconds
 */
export async function stopEmulator(url: string): Promise<{ pid: number }> {
  const { pid } = await identify(url);
  // The org may end before its answer is read.
  await call(url, 'POST', '/emulator/stop').catch(() => undefined);
  const end = Date.now() + patience;
  while (await answers(url)) {
    if (Date.now() > end) throw new EmulatorStillRunsError(url, pid);
    await setTimeout(25);
  }
  return { pid };
}

async function answers(url: string): Promise<boolean> {
  return identify(url).then(
    () => true,
    () => false,
  );
}
