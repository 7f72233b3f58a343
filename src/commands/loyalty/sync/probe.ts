import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { inProgram } from '../../../cli/inProgram.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { ProbeFile } from '../../../cli/sync/probedFields.js';
import { probeLines } from '../../../cli/sync/probeLines.js';
import type { SyncProbeResult } from '../../../cli/sync/probeResult.js';
import { probeOrg } from '../../../sync/index.js';
import type { OrgProbe, ProbeJournal } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.probe');
export type { SyncProbeResult } from '../../../cli/sync/probeResult.js';

/** Milliseconds to wait for an answer. */
const patience = 60_000;

export default class SyncProbe extends SfCommand<SyncProbeResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    'unique-field': filledText({ summary: messages.getMessage('flags.unique-field.summary') }),
    member: filledText({
      char: 'm',
      summary: messages.getMessage('flags.member.summary'),
      dependsOn: ['journal-type', 'unique-field'],
    }),
    'journal-type': filledText({
      summary: messages.getMessage('flags.journal-type.summary'),
      description: messages.getMessage('flags.journal-type.description'),
      dependsOn: ['member', 'unique-field'],
    }),
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public async run(): Promise<SyncProbeResult> {
    return inProgram(
      this,
      async () => (await this.parse(SyncProbe)).flags,
      async ({ client, program, org, flags }) => {
        const { 'unique-field': uniqueField } = flags;
        const journal = await this.#journalFor(program, flags);
        const result = toResult(await probeOrg({ client, program, uniqueField, journal }));
        const { field, outcome } = result.uniqueField ?? {};
        if (field !== undefined && (outcome === 'honored' || outcome === 'notHonored')) {
          const probed = { at: new Date().toISOString(), honored: outcome === 'honored' };
          await new ProbeFile(this.config.dataDir, org).store(field, probed);
        }
        for (const line of probeLines(result)) this.log(line);
        const needsPerson = result.markers.state === 'unusable' || outcome === 'notHonored';
        const ended = needsPerson ? exitCodes.attention : exitCodes.done;
        return { result, exitCode: outcome === 'unknown' ? exitCodes.unfinished : ended };
      },
    );
  }

  /** Returns undefined if nothing is to be written, or if the person says no. @throws {SfError} if nobody can answer */
  async #journalFor(
    program: string,
    { member, 'journal-type': journalType, 'no-prompt': noPrompt }: JournalFlags,
  ): Promise<ProbeJournal | undefined> {
    if (member === undefined || journalType === undefined) return undefined;
    if (noPrompt) return { member, journalType };
    if (this.jsonEnabled() || !process.stdin.isTTY) throw messages.createError('error.nobodyToAsk');
    const message = messages.getMessage('prompt.write', [journalType, member, program]);
    return (await this.confirm({ message, ms: patience })) ? { member, journalType } : undefined;
  }
}

interface JournalFlags {
  readonly member: string | undefined;
  readonly 'journal-type': string | undefined;
  readonly 'no-prompt': boolean;
}

function toResult({ program, numberLength, markers, uniqueField, limits, clockDifference }: OrgProbe): SyncProbeResult {
  const withMarkers = markers.state === 'present' ? 1 : 0;
  return {
    program,
    level: uniqueField?.outcome === 'honored' ? 2 : withMarkers,
    numberLength,
    markers: { ...markers, issues: [...markers.issues] },
    ...(uniqueField && { uniqueField: { ...uniqueField, journals: [...uniqueField.journals] } }),
    limits,
    clockDifference,
  };
}
