import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { counted } from '../../../base/text/counted.js';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import { filledText, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { orgClient } from '../../../cli/orgClient.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { countText } from '../../../cli/terminal/terminalText.js';
import { openEarlierOutbox } from '../../../cli/sync/earlierRun.js';
import type { SyncForgetResult } from '../../../cli/sync/forgetResult.js';
import { eraseMember, keptResult } from '../../../cli/sync/eraseMember.js';
import { storedDelivery } from '../../../cli/sync/runSettings.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.forget');
export type { SyncForgetResult } from '../../../cli/sync/forgetResult.js';

/** Files that are listed for a person; `--json` has more. */
const shownFiles = 20;

/** Milliseconds that a person has for the answer. */
const patience = 60_000;

export default class SyncForget extends SfCommand<SyncForgetResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: filledText({ char: 'm', summary: messages.getMessage('flags.member.summary'), required: true }),
    outbox: outboxFlag,
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public async run(): Promise<SyncForgetResult> {
    const { flags } = await this.parse(SyncForget);
    const { member } = flags;
    return concludeUnlessInterrupted(this, async () => {
      await using outbox = await openEarlierOutbox(this, flags, await orgClient(flags));
      if (!flags['no-prompt'] && !(await this.#mayErase(member, outbox.name))) {
        this.log(messages.getMessage('info.kept'));
        return { result: keptResult(outbox.name, member), exitCode: exitCodes.done };
      }
      using lock = await outbox.lock();
      const latest = await outbox.runs.find();
      if (latest) this.delivery = storedDelivery(latest);
      const result = await eraseMember(outbox, member);
      this.#tell(result);
      return { result, exitCode: result.status === 'unknownMember' ? exitCodes.failed : exitCodes.done };
    });
  }

  #tell({ status, member, transactions, texts, results, files, filesLeftOut }: SyncForgetResult): void {
    if (status === 'unknownMember') {
      this.warn(messages.getMessage('warning.unknownMember', [member]));
      return;
    }
    this.log(messages.getMessage('info.done', [member, transactions, texts]));
    if (files.length === 0) {
      this.log(messages.getMessage('info.noFiles', [results]));
      return;
    }
    this.warn(messages.getMessage('warning.files', [counted(files.length + filesLeftOut, 'file')]));
    for (const file of files.slice(0, shownFiles)) this.log(`  ${file}`);
    const more = files.length + filesLeftOut - shownFiles;
    if (more > 0) this.log(messages.getMessage('info.moreFiles', [countText(more)]));
  }

  /** @throws {SfError} where nobody can be asked */
  async #mayErase(member: string, outbox: string): Promise<boolean> {
    if (this.jsonEnabled() || !process.stdin.isTTY) throw messages.createError('error.nobodyToAsk');
    return this.confirm({ message: messages.getMessage('prompt.erase', [member, outbox]), ms: patience });
  }
}
