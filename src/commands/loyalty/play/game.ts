import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { commandLine } from '../../../base/text/commandLine.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { rewardText } from '../../../cli/gameLines.js';
import { playRecord } from '../../../cli/gameRecords.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';

import { playStatuses } from '../../../cli/results/gameResults.js';
import type { PlayGameResult, PlayRecord } from '../../../cli/results/gameResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { playGame } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.play.game');
export type { PlayGameResult } from '../../../cli/results/gameResults.js';

export default class PlayGame extends SfCommand<PlayGameResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    game: filledText({
      summary: messages.getMessage('flags.game.summary'),
      description: messages.getMessage('flags.game.description'),
    }),
    play: filledText({
      summary: messages.getMessage('flags.play.summary'),
      description: messages.getMessage('flags.play.description'),
    }),
  };

  public async run(): Promise<PlayGameResult> {
    let list = '';
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(PlayGame)).flags,
      async ({ client, program, flags: { member: wanted, game, play } }) => {
        const { Id: participantId, MembershipNumber: member } = await client.members.get(program, wanted);
        list = commandLine('list games', { member, program, 'target-org': this.orgName });
        const record = playRecord(await playGame(client, { participantId, game, play }), member);
        this.#show(record);
        const result = { program, records: [record], counts: countBy([record], playStatuses) };
        return { result, exitCode: record.status === 'refused' ? exitCodes.attention : exitCodes.done };
      },
      () => (list === '' ? [] : [messages.getMessage('info.findOut', [list])]),
    );
  }

  #show({ status, member, game, reward, error }: PlayRecord): void {
    const name = game ?? '–';
    if (status === 'refused') this.warn(messages.getMessage('warning.refused', [name, error?.message]));
    else if (reward === null) this.log(messages.getMessage(`info.${status}`, [member, name]));
    else if (reward.type === 'NoReward')
      this.log(messages.getMessage(`info.${status}.nothing`, [member, name, reward.name ?? '–']));
    else {
      const text = messages.getMessage(`info.${status}.reward`, [member, name, rewardText(reward)]);
      if (status === 'played') this.logSuccess(text);
      else this.log(text);
    }
  }
}
