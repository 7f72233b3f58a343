import { Messages } from '@salesforce/core';
import { shortText } from '../base/text/shortText.js';
import { programsText, UnknownProgramError } from '../client/index.js';
import type { LoyaltyClient, ProgramRow } from '../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/**
 * Returns the program to work in: the named one, or else the only active one in the org. In the second case it prints
 * which one.
 * @throws {UnknownProgramError}
 * @throws {SfError} if none was named, and the org has no active program or several
 */
export async function chooseProgram(
  client: LoyaltyClient,
  named: string | undefined,
  command: { info(sentence: string): void },
): Promise<string> {
  return (await findProgram(client, named, command)).Name;
}

/** Does the same, and returns the record. */
export async function findProgram(
  client: LoyaltyClient,
  named: string | undefined,
  command: { info(sentence: string): void },
): Promise<ProgramRow> {
  const programs = await client.programs.list();
  if (programs.length === 0) throw messages.createError('error.noProgram');
  if (named !== undefined) {
    const found =
      programs.find(({ Name }) => Name === named) ??
      programs.find(({ Name }) => Name.toLowerCase() === named.toLowerCase());
    if (!found) throw new UnknownProgramError(named, programs);
    // What an inactive program holds can still be read; whether it takes anything is for the org to say.
    if (found.Status !== 'Active') command.info(messages.getMessage('info.inactiveProgram', [shortText(found.Name)]));
    return found;
  }
  const [only, ...others] = programs.filter(({ Status }) => Status === 'Active');
  if (!only) throw messages.createError('error.noActiveProgram', [programsText(programs)]);
  if (others.length > 0) throw messages.createError('error.programNeeded', [programsText(programs)]);
  command.info(messages.getMessage('info.onlyProgram', [shortText(only.Name)]));
  return only;
}
