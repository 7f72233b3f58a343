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
  return xmlFile('Package', [
    ...['    <types>', `        <members>${escaped(name)}</members>`, '        <name>LoyaltyProgramSetup</name>'],
    '    </types>',
    `    <version>${apiVersion}</version>`,
  ]);
}

/** Elements in the order of the alphabet, as an org writes them. */
function programSetupXml(program: string, { processes, tierGroups }: ProgramSetupQuestion['definition']): string {
  const blocks = processes.map((process) => {
    const { name, type, status, execution, description, journalType, journalSubtype } = process;
    const tierGroup = type === 'TierProcessing' ? (process.tierGroup ?? tierGroups[0]?.name) : undefined;
    const elements = {
      description,
      executionType: execution,
      journalSubType: journalSubtype,
      journalType,
      loyaltyTierGroup: tierGroup,
      processName: name,
      processType: type,
      status,
    };
    const lines = Object.entries(elements).flatMap(([element, value]) =>
      value === undefined ? [] : `        <${element}>${escaped(value)}</${element}>`,
    );
    return ['    <programProcesses>', ...lines, '    </programProcesses>'];
  });
  return xmlFile('LoyaltyProgramSetup', [`    <label>${escaped(program)}</label>`, ...blocks.flat()]);
}

function xmlFile(root: string, lines: readonly string[]): string {
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  const open = `<${root} xmlns="http://soap.sforce.com/2006/04/metadata">`;
  return [head, open, ...lines, `</${root}>`, ''].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
