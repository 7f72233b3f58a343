import { Messages } from '@salesforce/core';
import {
  InactiveProgramError,
  JournalTypeNotFoundError,
  UnknownMemberError,
  UnknownProgramError,
  UnknownTierError,
} from '../../client/index.js';
import type { LookUpError } from '../../client/index.js';
import type { Advice } from './errorAdvice.js';
import { commandLine } from '../../base/text/commandLine.js';
import type { OrgName } from '../orgName.js';
import { exitCodes } from './exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** What to do about something that is not there. The command cannot be carried out as it was given. */
export function lookUpAdvice(error: LookUpError, org?: OrgName): Advice {
  return { actions: actionsFor(error, org), exitCode: exitCodes.failed };
}

function actionsFor(error: LookUpError, org: OrgName): string[] {
  if (error instanceof UnknownProgramError) {
    const key = error.programs.length === 0 ? 'error.noProgram.actions' : 'error.unknownProgram.actions';
    return messages.getMessages(key);
  }
  if (error instanceof InactiveProgramError) return messages.getMessages('error.inactiveProgram.actions');
  if (error instanceof JournalTypeNotFoundError) return messages.getMessages('error.unknownJournalType.actions');
  if (error instanceof UnknownTierError) return messages.getMessages('error.unknownTier.actions');
  if (!(error instanceof UnknownMemberError)) return messages.getMessages('error.unknownPromotion.actions');
  const { program, member } = error;
  const enroll = commandLine('enroll member', { program, member, 'last-name': null, 'target-org': org });
  return messages.getMessages('error.unknownMember.actions', [enroll]);
}
