import { existsSync } from 'node:fs';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Milliseconds that a person has for the answer. */
const patience = 60_000;

export const noPromptFlag = Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') });

interface AskingCommand {
  jsonEnabled(): boolean;
  confirm(question: { readonly message: string; readonly ms: number }): Promise<boolean>;
}

/** Returns whether a person agrees. @throws {SfError} where nobody can be asked */
export async function askFirst(command: AskingCommand, message: string): Promise<boolean> {
  if (command.jsonEnabled() || !process.stdin.isTTY) throw messages.createError('error.nobodyToAsk');
  return command.confirm({ message, ms: patience });
}

/**
 * Returns whether a file can be written: it is new, or a person agrees to replace it.
 * @throws {SfError} where nobody can be asked
 */
export async function mayReplace(command: AskingCommand, file: string): Promise<boolean> {
  return !existsSync(file) || askFirst(command, messages.getMessage('prompt.replace', [file]));
}
