import { expect } from 'chai';
import { creationExitCode, halfwayError } from '../../src/cli/createdProgram.js';
import { SimultaneousCreationError } from '../../src/program/index.js';
import type { ProgramPlan } from '../../src/program/index.js';

describe('a program that another run created at the same time', () => {
  it('ends with 69, because the same command can be repeated', () => {
    const plan: ProgramPlan = {
      program: 'Club',
      programId: undefined,

      entries: [],
      untouched: [],
    };
    const error = halfwayError(new SimultaneousCreationError('Club'), plan, { applied: [], again: 'Go on.' });
    expect(error).to.include({ exitCode: 69, name: 'SimultaneousCreationError' });
    expect(creationExitCode(new SimultaneousCreationError('Club'))).to.equal(69);
  });
});
