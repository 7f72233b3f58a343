import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Emulator } from '../../src/emulator/index.js';
import {
  createProgram,
  exportProgram,
  planProgram,
  ProgramDefinition,
  readDefinition,
  writeDefinition,
} from '../../src/program/index.js';
import type { ProgramDefinitionInput } from '../../src/program/index.js';
import { anyDefinition } from './definitionArbitrary.js';
import { clientOf } from './localOrg.js';

describe('Any definition', () => {
  let file: string;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-round-trip-'));
    file = join(folder, 'program.yaml');
  });
  after(() => rm(folder, { recursive: true }));

  it('is what an empty org has after it was created there, and its export gives the same bytes again', async function () {
    this.timeout(120_000);
    const run = async (definition: ProgramDefinitionInput): Promise<void> => {
      const exported = await createdAndExported(definition);
      expect(withoutJournalTypes(exported)).to.deep.equal(
        withoutJournalTypes(inOrder(ProgramDefinition.parse(definition))),
      );
      const text = writeDefinition(exported);
      await writeFile(file, text);
      const read = await readDefinition(file);
      expect(writeDefinition(await createdAndExported(read.definition))).to.equal(text);
    };
    await fc.assert(fc.asyncProperty(anyDefinition, run), { numRuns: 8, endOnFailure: true });
  });
});

/** Creates a program in an empty org, and exports it. A second plan has nothing to do. */
async function createdAndExported(definition: ProgramDefinitionInput): Promise<ProgramDefinition> {
  await using org = await Emulator.start();
  const client = await clientOf(org);
  await createProgram(client, definition);
  const { entries, untouched } = await planProgram(client, definition);
  expect(entries.filter(({ action }) => action !== 'leave')).to.deep.equal([]);
  expect(untouched).to.deep.equal([]);
  const { definition: exported, notExported } = await exportProgram(client, definition.name, { members: true });
  expect(notExported).to.deep.equal([]);
  return exported;
}

/** An org has some before, and an export has all their subtypes. */
function withoutJournalTypes({ journalTypes: _types, ...rest }: ProgramDefinition): unknown {
  return rest;
}

/** The definition as an export has it: everything but tiers in the order of its name. */
function inOrder(definition: ProgramDefinition): ProgramDefinition {
  const sorted = Object.entries(definition).map(([key, value]: [string, unknown]) => [
    key,
    Array.isArray(value) ? value.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)) : value,
  ]);
  const tierGroups = (Object.fromEntries(sorted) as ProgramDefinition).tierGroups.map((group) => ({
    ...group,
    tiers: group.tiers.map((tier) => ({ ...tier, benefits: tier.benefits.toSorted() })),
  }));
  return { ...(Object.fromEntries(sorted) as ProgramDefinition), tierGroups };
}

function sortKey(item: { readonly name: string } | { readonly number: string }): string {
  return 'name' in item ? item.name : item.number;
}
