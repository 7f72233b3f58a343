import { Messages } from '@salesforce/core';
import { mustTakeFile } from '../../base/files/replaceFile.js';
import { isReportPage } from '../../insight/index.js';
import { mayReplace } from '../askFirst.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.report.program');

type AskingCommand = Parameters<typeof mayReplace>[0] & { log(line: string): void };

/**
 * Returns the file that the page can be written into. Undefined if none is wanted, or if a person keeps the file that is
 * there. It is known before the org is read, which takes long.
 * @throws {SfError} where another file is there and nobody can be asked
 */
export async function pagePath(
  command: AskingCommand,
  { html, 'no-prompt': isUnasked }: { readonly html?: string | undefined; readonly 'no-prompt': boolean },
): Promise<string | undefined> {
  if (html === undefined) return undefined;
  await mustTakeFile(html);
  if (isUnasked || (await isReportPage(html)) || (await mayReplace(command, html))) return html;
  command.log(messages.getMessage('info.kept', [html]));
  return undefined;
}
