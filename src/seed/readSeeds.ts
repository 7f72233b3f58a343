import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endedGroupsInMemory, loadMapping, loadMemberMapping, openFeed } from '../feed/index.js';
import type { Mapping, MemberMapping } from '../feed/index.js';
import { readDefinition } from '../program/index.js';
import type { ReadDefinition } from '../program/index.js';
import { SeedFolderError } from './seedFolderError.js';

/** What a seed folder has. The definition, the mappings and the columns of the feeds have been checked. */
export interface Seeds extends ReadDefinition {
  readonly folder: string;
  /** Persons to enroll, as `enroll member --file` reads them. */
  readonly members?: { readonly file: string; readonly mapping?: MemberMapping };
  /** Transactions, as `sync start` reads them. */
  readonly history?: { readonly files: readonly string[]; readonly mapping: Mapping };
}

const memberFiles = ['members.csv', 'members.ndjson'] as const;
const memberMappings = ['members-mapping.yml', 'members-mapping.yaml', 'members-mapping.json'] as const;
const historyFolder = 'history';
const historyMappings = ['mapping.yml', 'mapping.yaml', 'mapping.json'] as const;

/**
 * Reads a seed folder: a definition of a program (all YAML and JSON files in it), and, if they are there, `members.csv`
 * and a folder `history` with feeds and `mapping.yml`.
 * @throws {DefinitionError | FeedError | SeedFolderError} for files that cannot be used
 */
export async function readSeeds(folder: string): Promise<Seeds> {
  const definition = await readDefinition(folder);
  const members = await membersIn(folder);
  // The outbox knows a feed by its path, so the path must not depend on where the command is run.
  const history = await historyIn(resolve(folder, historyFolder));
  return { ...definition, folder, ...(members && { members }), ...(history && { history }) };
}

async function membersIn(folder: string): Promise<Seeds['members']> {
  const names = await namesIn(folder);
  const file = onlyOne(folder, names, memberFiles);
  const mapping = onlyOne(folder, names, memberMappings);
  if (file === undefined && mapping !== undefined) {
    throw new SeedFolderError(
      `${mapping} maps the columns of a file of members, but there is no members.csv beside it.`,
    );
  }
  if (file === undefined) return undefined;
  return { file, ...(mapping !== undefined && { mapping: await loadMemberMapping(mapping) }) };
}

async function historyIn(folder: string): Promise<Seeds['history']> {
  const names = await namesIn(folder);
  const files = names.filter((name) => /\.(?:csv|ndjson|jsonl)$/i.test(name)).map((name) => join(folder, name));
  const mapping = onlyOne(folder, names, historyMappings);
  if (files.length === 0 && mapping !== undefined) {
    throw new SeedFolderError(
      `${mapping} maps feeds, but there is none beside it: no name ends in .csv, .ndjson or .jsonl.`,
      'Put the feeds there, or delete the mapping.',
    );
  }
  if (files.length === 0) return undefined;
  if (mapping === undefined) {
    throw new SeedFolderError(
      `${folder} has feeds, but no mapping.yml, which says how a row becomes a transaction.`,
      'Write the mapping as docs/mapping.md describes it.',
    );
  }
  const history = { files, mapping: await loadMapping(mapping) };
  for (const file of files) await readFirstRow(file, history.mapping);
  return history;
}

/** Finds a feed without the columns of the mapping before anything is written. */
async function readFirstRow(file: string, mapping: Mapping): Promise<void> {
  const feed = await openFeed(file, mapping);
  await Array.fromAsync(feed.read({ endedGroups: endedGroupsInMemory(), limit: 1 }));
}

/** Sorted by code units, because the order of the feeds is the order in the org on every computer. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function onlyOne(folder: string, names: readonly string[], wanted: readonly string[]): string | undefined {
  const [first, second] = wanted.filter((name) => names.includes(name));
  if (second !== undefined) {
    throw new SeedFolderError(`${folder} has both ${first} and ${second}.`, 'Keep one of the two.');
  }
  return first === undefined ? undefined : join(folder, first);
}
