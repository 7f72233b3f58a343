import { readXmlNode } from '../../base/files/xmlNode.js';
import type { XmlNode } from '../../base/files/xmlNode.js';
import type { ProgramRules, RuleProcess } from '../programRules.js';
import { readProcess } from './readProcess.js';
import { inReadingOrder, RulesSourceError } from './rulesSourceError.js';
import { RulesReading } from './rulesReading.js';
import { SetupElement } from './setupElement.js';

const rootName = 'LoyaltyProgramSetup';

/**
 * Reads the rules of a program. The order of elements means nothing.
 * @param file for errors and traces
 * @throws {RulesSourceError} with all mistakes
 */
export function parseProgramRules(xml: string, file: string): ProgramRules {
  const reading = new RulesReading(file);
  const root = new SetupElement(rootOf(xml, file), reading);
  root.checkShape();
  const label = root.requiredText('label');
  const processes = root.children('programProcesses').map((each) => readProcess(each, reading));
  checkNames(processes, reading);
  if (reading.errors.length > 0) throw new RulesSourceError(inReadingOrder(reading.errors));
  return {
    label,
    place: root.place,
    processes: processes.sort((a, b) => (a.name < b.name ? -1 : 1)),
    warnings: inReadingOrder(reading.warnings),
  };
}

function rootOf(xml: string, file: string): XmlNode {
  const root = parsedXml(xml, file);
  if (root.name === rootName) return root;
  throw new RulesSourceError([
    { place: { file, line: root.line }, message: `the file has <${root.name}>, not <${rootName}>` },
  ]);
}

function parsedXml(xml: string, file: string): XmlNode {
  try {
    return readXmlNode(xml);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = Number(/at line (\d+)/.exec(reason)?.[1] ?? 1);
    throw new RulesSourceError([{ place: { file, line }, message: `the file ${reason}` }]);
  }
}

function checkNames(processes: readonly RuleProcess[], reading: RulesReading): void {
  const lines = new Map<string, number>();
  for (const { name, place } of processes) {
    const line = lines.get(name);
    if (line !== undefined && name !== '') reading.fail(place, `the process "${name}" is already in line ${line}`);
    lines.set(name, place.line);
  }
}
