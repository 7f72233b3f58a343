import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { GenerateProgramResult } from '../../src/cli/results/programResults.js';
import { programTemplate, readDefinition } from '../../src/program/index.js';
import { Cli, errorOf, resultOf } from '../support/cli.js';
import { expectScreen } from '../support/screen.js';

describe('loyalty generate program', function () {
  this.timeout(60_000);

  let cli: Cli;

  before(async () => {
    cli = await Cli.create();
  });

  after(() => cli[Symbol.asyncDispose]());

  const generate = (...args: string[]) => cli.run('generate program', args, { columns: 80 });

  it('writes a definition with its schema, which can be read as it is', async () => {
    const args = ['--template', 'tiered', '--name', 'Bean & Co: #1', '--output-file', 'p.yml', '--with-schema'];
    const result = resultOf(await generate(...args, '--json'), GenerateProgramResult);
    expect(result).to.deep.equal({
      ...{ template: 'tiered', status: 'written', file: 'p.yml' },
      schemaFile: 'program-definition.schema.json',
    });
    const { definition, files } = await readDefinition(cli.path('p.yml'));
    expect(definition).to.deep.include({ name: 'Bean & Co: #1' });
    expect(files).to.deep.equal([cli.path('p.yml')]);
    const [first] = (await readFile(cli.path('p.yml'), 'utf8')).split('\n');
    expect(first).to.equal('# yaml-language-server: $schema=program-definition.schema.json');
    expect(JSON.parse(await readFile(cli.path('program-definition.schema.json'), 'utf8'))).to.have.property('$schema');
  });

  it('prints the template, and says what it wrote', async () => {
    const printed = await generate('--template', 'points');
    expect(printed).to.include({ code: 0, stdout: await programTemplate('points'), stderr: '' });
    const written = await generate('--template', 'points', '--output-file', 'points.yml', '--with-schema');
    expect([written.code, written.stderr]).to.deep.equal([0, '']);
    expectScreen('generate program', written, [
      'Wrote points.yml.',
      'Wrote program-definition.schema.json.',
      'Its comments say what each part means. When it is as you want it:',
      '  sf loyalty create program --file points.yml',
    ]);
  });

  it('does not replace a file without being told to', async () => {
    await cli.file('mine.yml', 'name: Mine\n');
    const args = ['--template', 'points', '--output-file', 'mine.yml', '--json'];
    const refused = await generate(...args);
    expect(errorOf(refused).message).to.contain('nobody can answer');
    expect(await readFile(cli.path('mine.yml'), 'utf8')).to.equal('name: Mine\n');
    expect(resultOf(await generate(...args, '--no-prompt'), GenerateProgramResult).status).to.equal('written');
    expect((await readDefinition(cli.path('mine.yml'))).definition.name).to.equal('Corner Points');
  });

  it('refuses a name that no program can have', async () => {
    const ended = await generate('--template', 'points', '--name', '%%', '--json');
    expect(ended.code).to.equal(2);
    expect(errorOf(ended).message).to.match(/--name: "%%": A program needs a name with a letter or a digit/);
  });
});
