import { Messages } from '@salesforce/core';
import { InactiveProgramError, UnknownMemberError, UnknownProgramError, type LookUpError } from '../client/index.js';
import type { Advice } from './advice.js';
import { commandLine } from './commandLine.js';
import { exitCodes } from './exitCode.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** What to do about something that is not there. The command cannot be carried out as it was given. */
export function lookUpAdvice(error: LookUpError): Advice {
  return { actions: actionsFor(error), exitCode: exitCodes.failed };
}

function actionsFor(error: LookUpError): string[] {
  if (error instanceof UnknownProgramError) {
    const key = error.programs.length === 0 ? 'error.noProgram.actions' : 'error.unknownProgram.actions';
    return messages.getMessages(key);
  }
  if (error instanceof InactiveProgramError) return messages.getMessages('error.inactiveProgram.actions');
  if (!(error instanceof UnknownMemberError)) return messages.getMessages('error.unknownPromotion.actions');
  const { program, member } = error;
  return messages.getMessages('error.unknownMember.actions', [commandLine('enroll member', { program, member })]);
}
