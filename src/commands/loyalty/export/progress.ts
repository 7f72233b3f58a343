import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { counted } from '../../../base/text/counted.js';
import { definedValues } from '../../../base/definedValues.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { usageError, withinRange } from '../../../cli/feedFlags.js';
import { inProgramReading } from '../../../cli/inProgram.js';
import { expiryRows } from '../../../cli/insight/expiryRows.js';
import { insightPath } from '../../../cli/insight/insightPath.js';
import { cacheFlag } from '../../../cli/insight/refreshInsight.js';
import { nearLines, wantedRows } from '../../../cli/insight/wantedRows.js';
import { mustTakeFiles, writeNear } from '../../../cli/insight/writeNear.js';
import { mustFitReward, voucherCosts } from '../../../cli/insight/rewardFlags.js';
import { readNearMemory } from '../../../cli/insight/nearMemoryFile.js';
import { namedValues } from '../../../cli/namedValueFlag.js';
import { nearFlag } from '../../../cli/nearFlag.js';
import type { ExportProgressResult } from '../../../cli/results/nearResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText } from '../../../cli/terminal/terminalText.js';
import {
  NearFile,
  nearMembers,
  requireContactFields,
  rewardKinds,
  exportFormatOf,
  exportFormats,
} from '../../../insight/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.export.progress');
export type { ExportProgressResult } from '../../../cli/results/nearResults.js';

type Counts = ExportProgressResult['counts'];

const summaryOf = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const descriptionOf = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

export default class ExportProgress extends SfCommand<ExportProgressResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    near: nearFlag({ summary: summaryOf('near'), default: 80 }),
    reward: Flags.option({
      summary: summaryOf('reward'),
      description: descriptionOf('reward'),
      options: [...rewardKinds, 'expiry'] as const,
      default: 'promotion' as const,
    })(),
    voucher: namedValues(summaryOf('voucher')),
    within: Flags.integer({ summary: summaryOf('within'), description: descriptionOf('within'), min: 1, max: 3660 }),
    contact: Flags.boolean({ summary: summaryOf('contact'), description: descriptionOf('contact') }),
    'contact-field': Flags.string({
      summary: summaryOf('contact-field'),
      description: descriptionOf('contact-field'),
      multiple: true,
      dependsOn: ['contact'],
    }),
    'only-consenting': Flags.boolean({ summary: summaryOf('only-consenting'), dependsOn: ['contact'] }),
    since: filledText({ summary: summaryOf('since'), description: descriptionOf('since') }),
    template: filledText({ summary: summaryOf('template'), description: descriptionOf('template') }),
    format: Flags.option({ summary: summaryOf('format'), options: exportFormats })(),
    'output-file': filledText({ char: 'f', summary: summaryOf('output-file') }),
    cache: cacheFlag,
  };

  public async run(): Promise<ExportProgressResult> {
    return inProgramReading(
      this,
      async () => {
        const { flags, metadata } = await this.parse(ExportProgress);
        if (this.jsonEnabled() && flags['output-file'] === undefined)
          throw usageError(messages.createError('error.jsonNeedsFile'));
        mustFitReward(flags, metadata.flags['near']?.setFromDefault !== true);
        return { ...flags, vouchers: voucherCosts(flags.voucher) };
      },
      async ({ client, program, org, flags, signal, unheard }) => {
        const { contact: withContact, template, 'contact-field': contactFields = [], since } = flags;
        const file = flags['output-file'];
        const format = flags.format ?? exportFormatOf(file ?? '');
        const written = withinRange(() => new NearFile({ format, withContact, contactFields, template }));
        const memory = since === undefined ? undefined : await readNearMemory(client, since, file);
        await mustTakeFiles({ file, since });
        const counts: Counts = { near: 0, earlier: 0, unwilling: 0, written: 0 };
        withinRange(() => requireContactFields(contactFields));
        const { near, reward, vouchers, within = 30, cache } = flags;
        const person = { withContact, contactFields };
        const source = { client, program, signal, unheard, spinner: this.spinner };
        const path = (): string => cache ?? insightPath(this.config.dataDir, org, program);
        const rows =
          reward === 'expiry'
            ? expiryRows({ ...source, path: path() }, { within, ...person })
            : nearMembers(client, program, { near, reward, vouchers, ...person });
        const wanted = wantedRows(rows, { memory, onlyConsenting: flags['only-consenting'], counts });
        const lines = nearLines(written, wanted);
        const isComplete = await writeNear(lines, { file, since, memory, signal });
        const result = { program, ...definedValues({ file }), format, counts };
        if (isComplete) this.#show(result, reward);
        return { result, exitCode: exitCodes.done };
      },
    );
  }

  /** Beside rows on standard output, the summary goes to standard error. */
  #show({ file, counts }: ExportProgressResult, reward: string): void {
    const { near, written, earlier, unwilling } = counts;
    const about = reward === 'expiry' ? 'info.writtenExpiry' : 'info.written';
    const lines = [messages.getMessage(about, [countText(written), counted(near, 'member')])];
    if (earlier > 0) lines.push(messages.getMessage('info.earlier', [counted(earlier, 'member')]));
    if (unwilling > 0) lines.push(messages.getMessage('info.unwilling', [counted(unwilling, 'member')]));
    for (const line of lines) {
      if (file === undefined) this.logToStderr(line);
      else this.log(line);
    }
  }
}
