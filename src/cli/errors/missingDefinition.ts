import { Messages } from '@salesforce/core';
import type { SfError } from '@salesforce/core';
import { namesText } from '../../base/text/namesText.js';
import { soqlText } from '../../client/index.js';
import type { LoyaltyClient } from '../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/**
 * Returns the error that lists the active voucher definitions of the program, if none has this name. Called only after
 * the org has refused to issue a voucher.
 */
export async function missingDefinition(
  client: LoyaltyClient,
  program: string,
  name: string,
): Promise<SfError | undefined> {
  const rows = await client.query.all(
    'SELECT Name FROM VoucherDefinition WHERE IsActive = TRUE ' +
      `AND (LoyaltyProgram.Name = ${soqlText(program)} OR LoyaltyProgramId = NULL) ORDER BY Name`,
  );
  const names = rows.map((row) => String(row['Name']));
  if (names.some((each) => each.toLowerCase() === name.toLowerCase())) return undefined;
  const known = namesText(names) || messages.getMessage('info.none');
  return messages.createError('error.unknownDefinition', [program, name, known]);
}
