/** Updates the figures at the top of docs/fidelity.md. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Emulator } from '../src/emulator/index.js';
import { documentedLoyaltyResources } from '../src/emulator/unimplemented/absentLoyaltyResources.js';

export const fidelityPage = join(import.meta.dirname, '..', 'docs', 'fidelity.md');

/** A row of one of the tables. */
export interface FidelityRow {
  readonly assumption: string;
  readonly evidence: string;
  readonly howToFindOut: string;
}

const figures = /(<!-- figures: npm run figures -->\n)[^]*?(<!-- \/figures -->)/;

export function rowsOf(page: string): FidelityRow[] {
  const rows: FidelityRow[] = [];
  let columns: string[] = [];
  for (const line of page.split('\n')) {
    if (!line.startsWith('| ')) continue;
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim());
    if (cells[0] === 'Assumption') columns = cells;
    else rows.push(rowOf(cells, columns));
  }
  return rows;
}

function rowOf(cells: readonly string[], columns: readonly string[]): FidelityRow {
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
  return { assumption: cell('Assumption'), evidence: cell('Evidence'), howToFindOut: cell('How to find out') };
}

/** Returns the probes that a row names. */
export function probesOf({ howToFindOut }: FidelityRow): string[] {
  const [probes = ''] = howToFindOut.split('by hand:');
  return [...probes.matchAll(/`([^`]+)`/g)].map(([, id = '']) => id);
}

export function hasEvidence({ evidence }: FidelityRow): boolean {
  return /\p{L}/u.test(evidence);
}

/** Returns the page with up-to-date figures. A test compares it with the file. */
export async function freshFidelityPage(page: string): Promise<string> {
  const rows = rowsOf(page);
  const withProbe = rows.filter((row) => probesOf(row).length > 0).length;
  const answering = await answeringResources();
  const head = [
    `* **${rows.filter(hasEvidence).length} of ${rows.length}** rows name their evidence.`,
    `* **${withProbe} of ${rows.length}** rows have a probe.`,
    `* **${answering} of ${documentedLoyaltyResources.length}** documented loyalty resources answer in the local org.`,
  ].join('\n');
  return page.replace(figures, `$1\n${head}\n\n$2`);
}

/** Counts the documented resources that the local org implements. */
async function answeringResources(): Promise<number> {
  await using org = await Emulator.start();
  const headers = { authorization: `Bearer ${org.accessToken}`, 'content-type': 'application/json' };
  const statuses = documentedLoyaltyResources.map(async ({ method, path }) => {
    const url = `${org.url}/services/data/v68.0${path.replaceAll(/:\w+/g, 'x1')}`;
    return (await fetch(url, { method, headers, ...(method === 'POST' && { body: '{}' }) })).status;
  });
  return (await Promise.all(statuses)).filter((status) => status !== 501).length;
}

if (import.meta.main) {
  await writeFile(fidelityPage, await freshFidelityPage(await readFile(fidelityPage, 'utf8')));
}
