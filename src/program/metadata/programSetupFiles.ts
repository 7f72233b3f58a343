import { definedValues } from '../../base/definedValues.js';
import { metadataFile, xmlNode } from '../../base/files/writeXml.js';
import type { ProgramDefinition } from '../definition/programDefinition.js';

/** A file of a metadata deploy. The path is that within the package. */
export interface MetadataFile {
  readonly path: string;
  readonly content: string;
}

export interface ProgramSetupQuestion {
  /** Name of the program as the org has it: a deploy whose label matches none would create another program. */
  readonly program: string;
  readonly definition: Pick<ProgramDefinition, 'processes' | 'tierGroups'>;
  /** Content of the file with the rules, if there is one. */
  readonly rules?: string | undefined;
  /** Such as `66.0`. */
  readonly apiVersion: string;
}

/**
 * Returns the package with the processes of a program, as metadata of the type LoyaltyProgramSetup: the file with the
 * rules as it is, or one without rules that is made from the definition. Its name is the program's, with underscores for
 * blanks (seen in files of real programs).
 */
export function programSetupFiles({ program, definition, rules, apiVersion }: ProgramSetupQuestion): MetadataFile[] {
  const name = program.replace(/\s+/g, '_');
  return [
    { path: 'package.xml', content: packageXml(name, apiVersion) },
    {
      path: `loyaltyProgramSetups/${name}.loyaltyProgramSetup`,
      content: rules ?? programSetupXml(program, definition),
    },
  ];
}

function packageXml(name: string, apiVersion: string): string {
  const types = xmlNode('types', [xmlNode('members', name), xmlNode('name', 'LoyaltyProgramSetup')]);
  return metadataFile(xmlNode('Package', [types, xmlNode('version', apiVersion)]));
}

/** Elements in the order of the alphabet, as an org writes them. */
function programSetupXml(program: string, { processes, tierGroups }: ProgramSetupQuestion['definition']): string {
  const elements = processes.map((process) => {
    const { name, type, status, execution, description, journalType, journalSubtype } = process;
    const tierGroup = type === 'TierProcessing' ? (process.tierGroup ?? tierGroups[0]?.name) : undefined;
    const texts = definedValues({
      description,
      executionType: execution,
      journalSubType: journalSubtype,
      journalType,
      loyaltyTierGroup: tierGroup,
      processName: name,
      processType: type,
      status,
    });
    return xmlNode(
      'programProcesses',
      Object.entries(texts).map(([element, text]) => xmlNode(element, text)),
    );
  });
  return metadataFile(xmlNode('LoyaltyProgramSetup', [xmlNode('label', program), ...elements]));
}
