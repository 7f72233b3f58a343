import { expect } from 'chai';
import { issueText, parseProgramRules, RulesSourceError } from '../../../src/rules/index.js';
import { brokenActions } from './brokenActions.js';
import { brokenDeclarations } from './brokenDeclarations.js';
import { brokenSteps } from './brokenSteps.js';
import { changed, smallProgram } from './smallProgram.js';

const file = 'Pier_Club.loyaltyProgramSetup-meta.xml';

const mistakesIn = (xml: string): string[] => {
  try {
    parseProgramRules(xml, file);
    return [];
  } catch (error) {
    if (!(error instanceof RulesSourceError)) throw error;
    return error.issues.map(issueText);
  }
};

describe('rules with mistakes', () => {
  it('load without them', () => {
    expect(mistakesIn(smallProgram)).to.deep.equal([]);
  });

  for (const [name, { changes, mistakes }] of Object.entries({
    ...brokenDeclarations,
    ...brokenActions,
    ...brokenSteps,
  })) {
    it(`are refused for ${name}`, () => {
      expect(mistakesIn(changed(changes))).to.deep.equal(mistakes.map((text) => `${file}:${text}`));
    });
  }

  it('tell all mistakes in one message, each with its file and line', () => {
    const changes = brokenSteps['several mistakes']?.changes ?? [];
    expect(() => parseProgramRules(changed(changes), file)).to.throw(
      RulesSourceError,
      new RegExp(`^The rules have 3 issues:\n${file}:9: .*\n${file}:55: .*\n${file}:95: .*$`),
    );
  });

  it('tell lines of files with the line ends of Windows', () => {
    const xml = changed([['<status>Active</status>', '<status>On</status>']]).replaceAll('\n', '\r\n');
    expect(mistakesIn(xml)).to.deep.equal([
      `${file}:9: <status> "On" is unknown; it must be Draft, Active or Inactive`,
    ]);
  });
});
