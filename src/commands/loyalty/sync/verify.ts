import '../../../cli/requireNode.js';
import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, outboxFlag, programFlags, resultsFormatFlag } from '../../../cli/commonFlags.js';
import { concludeCommand, interruptedError } from '../../../cli/concludeCommand.js';
import type { Conclusion } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import type { ExitCode } from '../../../cli/errors/exitCodes.js';
import { orgClient } from '../../../cli/orgClient.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText } from '../../../cli/terminal/terminalText.js';
import { collectDifferences } from '../../../cli/sync/collectDifferences.js';
import { openEarlierOutboxToRead } from '../../../cli/sync/earlierRun.js';
import { feedFiles } from '../../../cli/sync/feedFiles.js';
import { findRun } from '../../../cli/sync/findRun.js';
import { keepHeapSmall } from '../../../cli/sync/smallHeap.js';
import { storedDelivery } from '../../../cli/sync/runSettings.js';
import { verifyLines } from '../../../cli/sync/verifyLines.js';
import type { SyncVerifyResult } from '../../../cli/sync/verifyResult.js';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import { fileFormats, loadMapping, openFeed, verifySync } from '../../../sync/index.js';
import type { Feed, VerifyProgress } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.verify');
const startMessages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.start');
export type { SyncVerifyResult } from '../../../cli/sync/verifyResult.js';

type VerifyFlags = Interfaces.InferredFlags<typeof SyncVerify.flags>;

/** What could not be compared is not known to be the same. */
function exitCodeOf({ counts, uncompared }: SyncVerifyResult): ExitCode {
  if (counts.total > 0) return exitCodes.attention;
  return uncompared > 0 ? exitCodes.unfinished : exitCodes.done;
}

export default class SyncVerify extends SfCommand<SyncVerifyResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    outbox: outboxFlag,
    run: filledText({
      summary: messages.getMessage('flags.run.summary'),
      description: messages.getMessage('flags.run.description'),
    }),
    file: Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.file.summary'),
      description: messages.getMessage('flags.file.description'),
      multiple: true,
      dependsOn: ['map'],
    }),
    map: Flags.file({
      char: 'm',
      summary: messages.getMessage('flags.map.summary'),
      exists: true,
      dependsOn: ['file'],
    }),
    format: Flags.option({
      options: fileFormats,
      summary: startMessages.getMessage('flags.format.summary'),
      description: startMessages.getMessage('flags.format.description'),
      dependsOn: ['file'],
    })(),
    source: Flags.string({ summary: messages.getMessage('flags.source.summary'), dependsOn: ['file'] }),
    'results-dir': Flags.directory({ summary: messages.getMessage('flags.results-dir.summary') }),
    'results-format': resultsFormatFlag,
  };

  public async run(): Promise<SyncVerifyResult> {
    return concludeCommand(this, async (signal) => {
      try {
        const { flags } = await this.parse(SyncVerify);
        return await this.#verify(flags, signal);
      } catch (error) {
        throw signal.aborted ? interruptedError() : error;
      } finally {
        this.spinner.stop();
      }
    });
  }

  async #verify(flags: VerifyFlags, signal: AbortSignal): Promise<Conclusion<SyncVerifyResult>> {
    using heap = keepHeapSmall();
    const mapping = flags.map === undefined ? undefined : await loadMapping(flags.map, { source: flags.source });
    const feeds: Feed[] = [];
    if (mapping)
      for (const file of await feedFiles(flags.file ?? [])) feeds.push(await openFeed(file, mapping, flags.format));
    const client = await orgClient(flags, signal);
    await using outbox = await openEarlierOutboxToRead(this, flags, client);
    const named = flags.run === undefined ? undefined : await findRun(outbox, flags, this);
    const run = named?.id;
    const latest = named ?? (await outbox.runs.find());
    const program = flags.program ?? (await outbox.owner())?.program ?? (await chooseProgram(client, undefined, this));
    const compared = { client, program, outbox, run, feeds: mapping && feeds, source: mapping?.source, signal };
    const differences = verifySync({ ...compared, onProgress: (progress) => this.#tell(progress) });
    const { 'results-dir': folder, 'results-format': format } = flags;
    const place = { outbox: outbox.name, folder, format, startedAt: new Date() };
    const result = await collectDifferences(differences, place);
    this.spinner.stop();
    for (const line of verifyLines(result, this.orgName, latest && storedDelivery(latest))) this.log(line);
    return { result, exitCode: exitCodeOf(result) };
  }

  #tell({ phase, count }: VerifyProgress): void {
    const action = messages.getMessage(`verify.${phase}`);
    if (count <= 1000) this.spinner.start(action, countText(count));
    else this.spinner.status = countText(count);
  }
}
