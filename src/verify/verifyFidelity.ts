import { LostAnswerError, LoyaltyActionError, LoyaltyApiError, LoyaltyProcessError } from '../client/index.js';
import type { LoyaltyClient, LoyaltyConnection } from '../client/index.js';
import { ImpossiblePlanError, ProgramCreationError } from '../program/index.js';
import { cleanUp } from './cleanUpProgram.js';
import { differs, unclear } from './probe.js';
import type { ProbeFinding, Probe } from './probe.js';
import { isTheEnd, ProbedOrg } from './probedOrg.js';
import type { CreatedRecord } from './probedOrg.js';
import { makeProbeProgram, programCalls } from './makeProbeProgram.js';

export interface VerifyOptions {
  readonly connection: LoyaltyConnection;
  readonly client: LoyaltyClient;
  readonly probes: readonly Probe[];
  readonly programName: string;
  /** Makes names unique. */
  readonly stamp: string;
  /** Stops between two probes. What was made is still deleted. */
  readonly signal: AbortSignal;
  readonly onFinding?: (probe: Probe, finding: ProbeFinding) => void;
}

export interface VerifyReport {
  readonly findings: readonly { readonly probe: Probe; readonly finding: ProbeFinding }[];
  /** Records that the org did not allow to be deleted. */
  readonly left: readonly CreatedRecord[];
  /** Why it ended early, if it did: the session has ended, a limit is used up, or the org cannot be reached. */
  readonly stopped?: unknown;
}

/** Returns the most API calls that these probes take. */
export function callsOf(probes: readonly Probe[]): number {
  const calls = probes.reduce((sum, probe) => sum + probe.calls, 0);
  return writesAnything(probes) ? calls + programCalls : calls;
}

/** Tells whether any of these probes writes. */
export function writesAnything(probes: readonly Probe[]): boolean {
  return probes.some(({ needs }) => needs.length > 0);
}

/** Asks the org, probe by probe, and always deletes what the probes have made. Never throws. */
export async function verifyFidelity(options: VerifyOptions): Promise<VerifyReport> {
  const { connection, client, probes, stamp, signal } = options;
  const org = new ProbedOrg(connection, client, stamp);
  const findings: { probe: Probe; finding: ProbeFinding }[] = [];
  try {
    const withoutProgram = writesAnything(probes) ? await prepare(org, options.programName) : undefined;
    for (const probe of probes) {
      if (signal.aborted) break;
      const finding = await findingOf(org, probe, withoutProgram);
      findings.push({ probe, finding });
      options.onFinding?.(probe, finding);
    }
  } catch (stopped) {
    return { findings, left: await cleanUp(org), stopped };
  }
  return { findings, left: await cleanUp(org) };
}

/** Creates the program. Returns why there is none, or undefined if there is one. */
async function prepare(org: ProbedOrg, name: string): Promise<string | undefined> {
  try {
    org.program = await makeProbeProgram(org, name);
    return undefined;
  } catch (error) {
    if (error instanceof ImpossiblePlanError) return `no program of its own: ${error.entries[0]?.object} cannot be`;
    if (!(error instanceof ProgramCreationError)) throw error;
    const { cause, object } = error;
    const code = cause instanceof LoyaltyApiError ? (cause.errorCode ?? `HTTP ${cause.status}`) : 'a lost answer';
    return `no program of its own: ${object} ended with ${code}`;
  }
}

async function findingOf(org: ProbedOrg, probe: Probe, withoutProgram: string | undefined): Promise<ProbeFinding> {
  if (probe.needs.length > 0 && withoutProgram !== undefined) return unclear(withoutProgram);
  for (const need of probe.needs) {
    const code = org.program.missing.get(need);
    if (code !== undefined) return unclear(`the org did not take what this needs (${need}): ${code}`);
  }
  try {
    return await probe.ask(org);
  } catch (error) {
    return ofFailure(error);
  }
}

/**
 * Returns the finding for a failure. If the org refused something that the probe relies on, the probe cannot tell. An
 * answer of an unexpected form is a deviation.
 */
function ofFailure(error: unknown): ProbeFinding {
  if (error instanceof LostAnswerError && error.kind === 'unreadable')
    return differs('an answer of an unexpected form');
  if (error instanceof LoyaltyApiError && !isTheEnd(error)) {
    return unclear(`the org refused a request of the probe: ${error.status} ${error.errorCode ?? ''}`.trim());
  }
  if (error instanceof LoyaltyProcessError || error instanceof LoyaltyActionError) {
    return unclear('a process or an action of the probe failed');
  }
  throw error;
}
