import { readDocument } from '../../base/files/readDocument.js';
import { isJsonObject } from '../../base/jsonObject.js';
import { parseXml } from '../../base/files/xmlText.js';
import { danglingName } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';

type Json = Readonly<Record<string, unknown>>;

/** Where a definition names the file. */
const path = ['rules'];

/**
 * Returns what is wrong with a file of type LoyaltyProgramSetup. It has the whole program: a deploy would create any
 * program and process that the definition does not have.
 * @param definition as it is in its files, perhaps with mistakes of its own
 */
export async function rulesFileIssues(file: string, definition: Json): Promise<readonly DefinitionIssue[]> {
  try {
    return [...setupIssues(file, parseXml(await readDocument(file)), definition)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ path, message: `${file} cannot be used: ${reason}` }];
  }
}

function* setupIssues(file: string, xml: Json, { name, processes }: Json): Generator<DefinitionIssue> {
  const { LoyaltyProgramSetup: setup } = xml;
  if (!isJsonObject(setup)) {
    yield { path, message: `${file} has no element LoyaltyProgramSetup` };
    return;
  }
  const label = textOf(setup['label']);
  if (typeof name === 'string' && label.toLowerCase() !== name.toLowerCase()) {
    yield { path, message: `${file} is for the program "${label}", not for "${name}"; correct its label` };
  }
  const defined = listOf(processes ?? []).filter(isJsonObject);
  for (const process of listOf(setup['programProcesses'])) yield* ruledProcessIssues(file, process, defined);
}

function* ruledProcessIssues(file: string, element: unknown, processes: readonly Json[]): Generator<DefinitionIssue> {
  const ruled = isJsonObject(element) ? element : {};
  const name = textOf(ruled['processName']);
  const names = processes.map((process) => textOf(process['name']));
  for (const { message } of danglingName(path, name, { section: 'processes', names })) {
    yield { path, message: `${file} has the process "${name}", but ${message}` };
  }
  const type = processes[names.indexOf(name)]?.['type'];
  // A sample of the guide has blanks in the type.
  const ruledType = textOf(ruled['processType']).replaceAll(' ', '');
  if (typeof type !== 'string' || ruledType === '' || ruledType === type) return;
  yield { path, message: `${file} has the process "${name}" with the type ${ruledType}; here it has ${type}` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** An element that occurs once is parsed as itself, not as a list. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
