import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Paths of the TypeScript files below a folder, from the root of the project. */
const filesBelow = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(folder, path));

const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Index files, object definitions and commands are named by a convention: the folder belongs to their name. */
const namedByFolder = (path: string) =>
  basename(path) === 'index.ts' || /^src\/(contract\/objects|commands)\//.test(path);

const source = filesBelow('src').filter((path) => !namedByFolder(path));

/** The names that several files claim, each with its files. */
function shared(claims: readonly (readonly [name: string, path: string])[]): Record<string, string[]> {
  const paths = new Map<string, Set<string>>();
  for (const [name, path] of claims) paths.set(name, (paths.get(name) ?? new Set()).add(path));
  const several = [...paths].filter(([, files]) => files.size > 1);
  return Object.fromEntries(several.map(([name, files]) => [name, [...files]]));
}

/** Names that a file exports as declarations of its own, without what it passes on from other files. */
const exportsOf = (path: string) =>
  [...read(path).matchAll(/^export (?:abstract |async )?(?:function\*?|class|const|interface|type|enum) (\w+)/gm)].map(
    ([, name = '']) => name,
  );

describe('names in src/', () => {
  it('are unique for files: a name in a stack trace says which file it is', () => {
    expect(shared(source.map((path) => [basename(path), path]))).to.deep.equal({});
  });

  it('are unique for exports: one name has one meaning', () => {
    const claims = source.flatMap((path) => exportsOf(path).map((name) => [name, path] as const));
    expect(shared(claims)).to.deep.equal({});
  });
});

describe('doc comments in src/', () => {
  it('name the type of what is thrown in braces', () => {
    const untyped = source.flatMap((path) =>
      [...read(path).matchAll(/@throws (?!\{)[^\n]*/g)].map(([line]) => `${path}: ${line}`),
    );
    expect(untyped).to.deep.equal([]);
  });

  it('name only types that exist', () => {
    const declared = new Set(
      filesBelow('src').flatMap((path) => [...read(path).matchAll(/class (\w+)/g)].map(([, name]) => name)),
    );
    const ofOthers = ['unknown', 'Error', 'RangeError', 'TypeError', 'SfError', 'z.ZodError'];
    const named = source.flatMap((path) =>
      [...read(path).matchAll(/@throws \{([^}]+)\}/g)].flatMap(([, types = '']) =>
        types.split('|').map((type) => [type.trim(), path] as const),
      ),
    );
    const unknown = named.filter(([type]) => !declared.has(type) && !ofOthers.includes(type));
    expect(unknown).to.deep.equal([]);
  });
});
