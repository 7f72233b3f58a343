import { expect } from 'chai';
import { loadProgramRules } from '../../../src/rules/index.js';
import { stepsIn } from './rulesOutline.js';

const path = process.env['LOYALTY_REAL_PROGRAM'];

/** A program that was retrieved from an org cannot be part of the project. Its counts are known. */
describe('the rules of a real program', () => {
  it(path === undefined ? 'are not here: set LOYALTY_REAL_PROGRAM to their file' : 'load', async function () {
    if (path === undefined) return this.skip();
    const [rules, ...others] = await loadProgramRules(path);
    const all = rules?.processes.flatMap(({ eligibility, rules: chain }) => [...eligibility, ...chain]) ?? [];
    const kinds = all.flatMap(stepsIn).map(({ kind }) => kind);
    expect(others).to.deep.equal([]);
    expect({
      processes: rules?.processes.length,
      rules: all.length,
      parameters: rules?.processes.flatMap(({ parameters }) => [...parameters]).length,
      actions: kinds.filter((kind) => kind === 'action').length,
      conditions: kinds.filter((kind) => kind !== 'action').length,
      warnings: rules?.warnings,
    }).to.deep.equal({ processes: 10, rules: 19, parameters: 151, actions: 123, conditions: 35, warnings: [] });
  });
});
