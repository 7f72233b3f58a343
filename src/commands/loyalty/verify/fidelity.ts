import '../../../cli/requireNode.js';
import { counted } from '../../../base/text/counted.js';
import { randomUUID } from 'node:crypto';
import { Messages } from '@salesforce/core';
import type { SfError } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { nearest } from '../../../base/text/nearest.js';
import { mustTakeFile, replaceFile } from '../../../base/files/replaceFile.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { countBy } from '../../../cli/counts.js';
import { explainedError } from '../../../cli/errors/actionableErrors.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { fidelityLines } from '../../../cli/fidelityLines.js';
import { fidelityStatuses } from '../../../cli/results/fidelityResults.js';
import type { VerifyFidelityResult } from '../../../cli/results/fidelityResults.js';
import { filledText, orgFlags } from '../../../cli/commonFlags.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { orgClient, orgConnection } from '../../../cli/orgClient.js';
import * as verify from '../../../verify/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.verify.fidelity');
export type { VerifyFidelityResult } from '../../../cli/results/fidelityResults.js';

/** Milliseconds to wait for an answer. */
const patience = 60_000;

export default class VerifyFidelity extends SfCommand<VerifyFidelityResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    'program-name': filledText({
      summary: messages.getMessage('flags.program-name.summary'),
      description: messages.getMessage('flags.program-name.description'),
    }),
    only: filledText({ summary: messages.getMessage('flags.only.summary'), multiple: true }),
    'read-only': Flags.boolean({ summary: messages.getMessage('flags.read-only.summary') }),
    'output-file': filledText({ summary: messages.getMessage('flags.output-file.summary') }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public async run(): Promise<VerifyFidelityResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(VerifyFidelity);
      const probes = chosen(flags.only, flags['read-only']);
      const file = flags['output-file'];
      if (file !== undefined) await mustTakeFile(file);
      const connection = await orgConnection(flags);
      const client = await orgClient(flags, signal);
      const stamp = randomUUID().slice(0, 8);
      const programName = flags['program-name'] ?? `Loyalty Probe ${stamp}`;
      const name = this.orgName ?? messages.getMessage('word.org');
      const assumptions = counted(probes.length, 'assumption');
      const plan = [programName, name, assumptions, counted(verify.callsOf(probes), 'API call')];
      const writes = verify.writesAnything(probes);
      if (writes && !flags['no-prompt']) await this.#mustBeAllowed(plan);
      this.spinner.start(messages.getMessage('info.asking', [assumptions]));
      if (writes) signal.addEventListener('abort', () => this.#tellOfTheEnd(programName), { once: true });
      const report = await verify.verifyFidelity({ connection, client, probes, programName, stamp, signal });
      this.spinner.stop();
      const result = toResult(report, { apiVersion: client.apiVersion, ...(writes && { program: programName }) });
      if (file !== undefined) await replaceFile(file, `${JSON.stringify(result, null, 2)}\n`);
      for (const line of fidelityLines(result)) this.log(line);
      if (report.stopped !== undefined) throw stoppedBy(report.stopped, result);
      return { result, exitCode: exitCodeOf({ refused: result.counts.differs, open: 0 }) };
    });
  }

  /** Prints what is being deleted. A second Ctrl-C ends the process at once. */
  #tellOfTheEnd(programName: string): void {
    this.spinner.stop();
    this.logToStderr(messages.getMessage('info.interrupted', [programName]));
  }

  /** Asks for confirmation. @throws {SfError} for a no, and if nobody can answer */
  async #mustBeAllowed(plan: string[]): Promise<void> {
    if (this.jsonEnabled() || !process.stdin.isTTY) throw messages.createError('error.nobodyToAsk', plan);
    const yes = await this.confirm({ message: messages.getMessage('prompt.ask', plan), ms: patience });
    if (!yes) throw messages.createError('error.declined');
  }
}

/** Returns the chosen probes. @throws {SfError} for an unknown probe, and if none is left */
function chosen(only: readonly string[] | undefined, isReadOnly: boolean): verify.Probe[] {
  const ids = verify.allProbes.map(({ id }) => id);
  for (const id of only ?? []) {
    if (!ids.includes(id)) throw messages.createError('error.unknownProbe', [id], [nearest(id, ids) ?? ids[0] ?? '']);
  }
  const probes = verify.allProbes.filter(({ id, needs }) => {
    return (only === undefined || only.includes(id)) && !(isReadOnly && needs.length > 0);
  });
  if (probes.length === 0) throw messages.createError('error.noProbe');
  return probes;
}

function toResult(
  { findings, left }: verify.VerifyReport,
  head: Pick<VerifyFidelityResult, 'apiVersion' | 'program'>,
): VerifyFidelityResult {
  const records = findings.map(({ probe: { id: key, assumption }, finding: { status, ...more } }) => {
    return { key, status, assumption, ...more };
  });
  return { ...head, records, counts: countBy(records, fidelityStatuses), left: [...left] };
}

/** Returns the error for an early end, with the results so far. */
function stoppedBy(reason: unknown, result: VerifyFidelityResult): unknown {
  const error = reason instanceof Error ? explainedError(reason) : reason;
  return isSfError(error) ? error.setData(result) : error;
}

function isSfError(error: unknown): error is SfError {
  return error instanceof Error && 'setData' in error;
}
