/**
 * Writes schemas/: one JSON Schema per command, for the `result` of its --json output, and one per kind of input file.
 */
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { resultSchemas } from '../src/cli/results/index.js';
import { FaultPlan } from '../src/emulator/index.js';
import { MappingFile, MemberMappingFile } from '../src/feed/index.js';
import { EventFile, GoalFile, SegmentFile } from '../src/insight/index.js';
import { ProgramDefinition } from '../src/program/index.js';
import { RuleCaseFile } from '../src/ruleCases/index.js';

export const schemasDirectory = join(import.meta.dirname, '..', 'schemas');
/** Files that people write. */
export const inputSchemas = {
  'mapping-file': MappingFile,
  'member-mapping-file': MemberMappingFile,
  'fault-plan': FaultPlan,
  'program-definition': ProgramDefinition,
  'rule-cases': RuleCaseFile,
  goals: GoalFile,
  events: EventFile,
  'segment-file': SegmentFile,
};

/** Returns the up-to-date content of each file by its name. A test compares it with the folder. */
export function freshSchemas(): Map<string, string> {
  return new Map([...schemaFiles(resultSchemas, 'output'), ...schemaFiles(inputSchemas, 'input')]);
}

function schemaFiles(schemas: Record<string, z.ZodType>, io: 'input' | 'output'): Array<[string, string]> {
  return Object.entries(schemas).map(([name, schema]) => [
    `${name}.json`,
    // draft-07, because that is what the tools around the Salesforce CLI read.
    `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io }), null, 2)}\n`,
  ]);
}

async function writeSchemas(): Promise<void> {
  const fresh = freshSchemas();
  for (const file of await readdir(schemasDirectory)) {
    if (!fresh.has(file)) await rm(join(schemasDirectory, file));
  }
  for (const [file, content] of fresh) await writeFile(join(schemasDirectory, file), content);
}

if (import.meta.main) await writeSchemas();
