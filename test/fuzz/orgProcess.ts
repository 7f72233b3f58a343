/**
 * A local org in a separate process, so that the parent can tell that it hangs. It reports its address and its defects,
 * and ends with its parent.
 */
import { Emulator } from '../../src/emulator/index.js';
import { seedProgram, sourceKey } from '../emulator/restClient.js';

export type OrgMessage = { readonly url: string; readonly token: string } | { readonly defect: string };

const send = (message: OrgMessage): void => void process.send?.(message);

process.on('warning', ({ name, message }) => {
  if (name === 'EmulatorDefect') send({ defect: message });
});
const org = await Emulator.start({ customFields: sourceKey });
process.on('disconnect', () => void org.stop());
seedProgram(org);
send({ url: org.url, token: org.accessToken });
