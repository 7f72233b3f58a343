import { expect } from 'chai';
import { ListProgramsResult } from '../../src/cli/results/listResults.js';
import { Cli, resultOf } from '../support/cli.js';
import { openShop } from '../support/cliOrg.js';

/** Node code that finds half a file the first time, as beside a command that writes it at the same moment. */
const halfWritten = (file: string): string => `
  import fs from 'node:fs';
  const read = fs.promises.readFile;
  let isFirst = true;
  fs.promises.readFile = (path, ...rest) => {
    if (!isFirst || !String(path).endsWith('${file}')) return read(path, ...rest);
    isFirst = false;
    fs.writeFileSync(process.env.HOME + '/half-read', '');
    return Promise.resolve('');
  };
`;

describe('a file of the CLI that another command is writing', () => {
  for (const file of ['key.json', 'alias.json']) {
    it(`is read again: ${file}`, async () => {
      await using shop = await openShop({ members: 1 });
      await using cli = await Cli.create();
      const preload = await cli.file('half.mjs', halfWritten(file));
      const list = (shell?: string) => cli.run('list programs', ['--json'], { org: shop.org, shell });
      // The first command makes the file.
      resultOf(await list(), ListProgramsResult);
      const ended = await list(`NODE_OPTIONS='--import file://${preload}' "$@" && test -f ${cli.path('half-read')}`);
      expect(ended.code, ended.stdout + ended.stderr).to.equal(0);
      expect(resultOf(ended, ListProgramsResult).records).to.have.length(1);
    }).timeout(60_000);
  }
});
