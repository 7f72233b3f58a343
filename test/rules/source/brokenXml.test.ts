import { expect } from 'chai';
import { parseProgramRules } from '../../../src/rules/index.js';

/** A program with one constant, whose lines are 1 to 10. */
const program = (value = '10', label = '<label>Pier Club</label>'): string => `<LoyaltyProgramSetup>
  ${label}
  <programProcesses>
    <processName>A</processName><processType>TransactionJournal</processType>
    <journalType>Accrual</journalType>
    <parameters><parameterName>Limit</parameterName><parameterType>Constant</parameterType>
      <dataType>Numeric</dataType>
      <value>${value}</value>
    </parameters></programProcesses>
</LoyaltyProgramSetup>`;

const problemOf = (xml: string): string => {
  try {
    parseProgramRules(xml, 'f');
    return '';
  } catch (error) {
    return String(error);
  }
};

describe('Files of rules that are not what they look like', () => {
  const whole = program();
  const refused: Record<string, [xml: string, problem: string]> = {
    'that end within an element': [
      whole.slice(0, whole.indexOf('</value>')),
      'f:8: the file is not valid XML at line 8 (the file ends before <value> is closed)',
    ],
    'that end between elements': [
      whole.slice(0, whole.indexOf('<parameters>')),
      'f:3: the file is not valid XML at line 3 (the file ends before <programProcesses> is closed)',
    ],
    'that end after a comment and CDATA with tags': [
      `<LoyaltyProgramSetup>\n<!-- <a> --><label><![CDATA[<b>]]></label>\n<programProcesses>\n`,
      'f:3: the file is not valid XML at line 3 (the file ends before <programProcesses> is closed)',
    ],
    'with a NUL': [program('10', '<label>Pier\0 Club</label>'), 'at line 2 (it has the control character U+0000)'],
    'with the number of a control character': [
      program('10', '<label>Pier&#x1F; Club</label>'),
      'at line 2 (it has the control character &#x1F;)',
    ],
    'with an attribute': [
      program('10', '<label kind="short">Pier Club</label>'),
      'f:2: <label> has the attribute "kind", which the format does not have',
    ],
    'with a number that is not kept': [
      program('9007199254740993'),
      'f:8: the constant "Limit" of the type Numeric cannot be "9007199254740993": numbers keep 15 digits',
    ],
  };
  for (const [what, [xml, problem]] of Object.entries(refused)) {
    it(`are refused ${what}`, () => {
      expect(problemOf(xml)).to.contain(problem);
    });
  }

  it('are read with what every file may have', () => {
    const space = '<LoyaltyProgramSetup xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="x">';
    const xml = program('9007199254740992', '<label>Pier&#x9;&amp;&#13; Club</label>');
    expect(problemOf(xml.replace('<LoyaltyProgramSetup>', space))).to.equal('');
    expect(problemOf(program('0.10'))).to.equal('');
    expect(problemOf(program('-007.50'))).to.equal('');
  });
});
