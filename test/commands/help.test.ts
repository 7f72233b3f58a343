import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedPlugin } from '../support/shippedPlugin.js';

interface Manifest {
  readonly commands: Readonly<Record<string, { readonly hasDynamicHelp?: boolean }>>;
}

describe('--help', function () {
  this.timeout(60_000);

  it('comes from the manifest, so that no command is loaded to show it', async () => {
    const text = await readFile(join(await shippedPlugin(), 'oclif.manifest.json'), 'utf8');
    const { commands } = JSON.parse(text) as Manifest;
    const loaded = Object.keys(commands).filter((name) => commands[name]?.hasDynamicHelp);
    expect(commands).to.include.keys('loyalty:sync:start', 'loyalty:list:progress');
    expect(loaded).to.deep.equal([]);
  });
});
