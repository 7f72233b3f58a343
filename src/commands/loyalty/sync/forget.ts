import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/errors/actionableErrors.js';
import { filledText, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { orgClient } from '../../../cli/orgClient.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { openEarlierOutbox } from '../../../cli/sync/earlierRun.js';
import type { SyncForgetResult } from '../../../cli/sync/forgetResult.js';
import { resultsFolder } from '../../../cli/sync/resultsFolder.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.forget');
export type { SyncForgetResult } from '../../../cli/sync/forgetResult.js';

/** Milliseconds to wait for an answer. */
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
    return explained(this, async () => {
      await using outbox = await openEarlierOutbox(this, flags, await orgClient(flags));
      if (!flags['no-prompt'] && !(await this.#mayErase(member, outbox.name))) {
        this.log(messages.getMessage('info.kept'));
        return { outbox: outbox.name, member, forgotten: false, transactions: 0 };
      }
      using lock = await outbox.lock();
      const transactions = await outbox.forget(member);
      this.log(messages.getMessage(transactions === 0 ? 'info.nothing' : 'info.done', [member, transactions]));
      this.log(messages.getMessage('info.results', [resultsFolder(outbox.name, '', undefined)]));
      return { outbox: outbox.name, member, forgotten: true, transactions };
    });
  }

  /** Asks for confirmation. @throws {SfError} if nobody can answer */
  async #mayErase(member: string, outbox: string): Promise<boolean> {
    if (this.jsonEnabled() || !process.stdin.isTTY) throw messages.createError('error.nobodyToAsk');
    return this.confirm({ message: messages.getMessage('prompt.erase', [member, outbox]), ms: patience });
  }
}
