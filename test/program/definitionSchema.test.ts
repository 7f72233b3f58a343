import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { schemasDirectory } from '../../scripts/generate-schemas.js';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Yields every key below a schema, with its path and its description. */
function* keysOf(schema: Schema, path = ''): Generator<readonly [path: string, description: string | undefined]> {
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    yield [`${path}${key}`, value.description];
    yield* keysOf(value, `${path}${key}.`);
  }
  for (const inner of [schema.items, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) {
    if (inner) yield* keysOf(inner, path);
  }
}

describe('the JSON Schema of a program definition', () => {
  it('describes every key, so that an editor can show what it means', async () => {
    const schema = JSON.parse(await readFile(join(schemasDirectory, 'program-definition.json'), 'utf8')) as Schema;
    const keys = [...keysOf(schema)];
    expect(keys.filter(([, description]) => !description)).to.deep.equal([]);
    expect(keys.map(([path]) => path)).to.include.members(['promotions.reward.voucher', 'tierGroups.tiers.fees.type']);
  });
});
