import { Messages } from '@salesforce/core';
import type { LoyaltyClient } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/**
 * The program to work in: the one that was named, else the only active one of the org, which the command says.
 * @throws SfError that lists the org's programs
 */
export async function chooseProgram(
  client: LoyaltyClient,
  named: string | undefined,
  command: { info(sentence: string): void },
): Promise<string> {
  const programs = await client.programs.list();
  if (programs.length === 0) throw messages.createError('error.noProgram');
  const names = programs.map(({ Name }) => Name).join(', ');
  if (named !== undefined) {
    const found =
      programs.find(({ Name }) => Name === named) ??
      programs.find(({ Name }) => Name.toLowerCase() === named.toLowerCase());
    if (!found) throw messages.createError('error.unknownProgram', [named, names]);
    return found.Name;
  }
  const [only, ...others] = programs.filter(({ Status }) => Status === 'Active');
  if (!only || others.length > 0) throw messages.createError('error.programNeeded', [names]);
  command.info(messages.getMessage('info.onlyProgram', [only.Name]));
  return only.Name;
}
