import { expect } from 'chai';
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DocumentText } from '../../src/base/files/documentText.js';
import { ProgramShape } from '../../src/program/definition/programShape.js';
import { harbourRewards, ProgramDefinition, readDefinition, writeDefinition } from '../../src/program/index.js';
import { valuesOf } from './definitionTexts.js';
import { wholeDefinition } from './wholeDefinition.js';

describe('writeDefinition', () => {
  it('writes the same as JSON', () => {
    const json = writeDefinition(ProgramDefinition.parse(wholeDefinition), 'json');
    expect(json.startsWith('{\n  "name": "')).to.equal(true);
    expect(JSON.parse(json)).to.deep.equal(parse(writeDefinition(wholeDefinition)));
  });

  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-definition-'));
  });
  after(() => rm(folder, { recursive: true }));

  for (const definition of [wholeDefinition, harbourRewards]) {
    it(`writes ${definition.name} so that reading gives the same definition`, async () => {
      const file = join(folder, 'program.yml');
      await writeFile(file, writeDefinition(definition));
      expect((await readDefinition(file)).definition).to.deep.equal(ProgramDefinition.parse(definition));
    });
  }

  it('writes any texts and numbers so that reading gives the same', () => {
    const shapes = valuesOf(ProgramShape).map((value) => ProgramShape.parse(value));
    fc.assert(
      fc.property(shapes, (shape) => {
        const text = writeDefinition(shape);
        expect(ProgramShape.parse(new DocumentText(text).value())).to.deep.equal(shape);
        expect(writeDefinition(ProgramShape.parse(new DocumentText(text).value()))).to.equal(text);
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same bytes for the same definition, with or without its defaults', () => {
    const complete = ProgramDefinition.parse(wholeDefinition);
    const turned = Object.fromEntries(Object.entries(complete).toReversed()) as ProgramDefinition;
    expect(writeDefinition(turned)).to.equal(writeDefinition(wholeDefinition));
  });

  it('leaves defaults out, keeps the order of the shape, and quotes what only looks like a date or a number', () => {
    const text = writeDefinition({
      currencies: [{ expiry: 'never', type: 'NonQualifying', primary: false, name: '12' }],
      promotions: [],
      status: 'Active',
      members: [{ lastName: 'No', number: '007', enrollmentDate: '2026-01-01' }],
      name: 'Café',
    });
    expect(text.split('\n')).to.deep.equal([
      'name: Café',
      'currencies:',
      "  - name: '12'",
      '    type: NonQualifying',
      '    expiry: never',
      'members:',
      "  - number: '007'",
      "    lastName: 'No'",
      "    enrollmentDate: '2026-01-01'",
      '',
    ]);
    expect(parse(text, { version: '1.1' })).to.have.nested.property('members[0].lastName', 'No');
  });
});
