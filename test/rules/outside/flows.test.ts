import { expect } from 'chai';
import type { RulesSourceError } from '../../../src/rules/index.js';
import { flowLine, inputs, OutsideFolder } from './outsideFolder.js';

const rulesFile = 'loyaltyProgramSetups/Harbour.loyaltyProgramSetup-meta.xml';

const answers = `Get_Rate:
  answers:
    - when: { Amount: 0 }
      outputs: { Rate: 0 }
    - when: { amount: 12.5 }
      outputs: { Rate: 2 }
  default: { Rate: 1 }
`;

describe('flows of rules', () => {
  it('answer what flows.yml says for their inputs, or its default', async () => {
    for (const file of ['flows.yml', 'loyaltyProgramSetups/flows.yaml']) {
      await using folder = await OutsideFolder.of({ [file]: answers });
      const flow = (await folder.open()).flow('get_rate');
      const rate = (Amount: number | null): unknown => flow?.(inputs({ Amount }))?.get('Rate');
      expect([rate(0), rate(12.5), rate(7), rate(null)], file).to.deep.equal([0, 2, 1, 1]);
    }
  });

  it('answer only where all inputs match', async () => {
    await using folder = await OutsideFolder.of({
      'flows.yml': answers.replace('Amount: 0', 'Amount: 0, Brand: aurora'),
    });
    const flow = (await folder.open()).flow('Get_Rate');
    const rate = (Brand: string): unknown => flow?.(inputs({ Amount: 0, Brand }))?.get('Rate');
    expect([rate('Aurora'), rate('Borealis')]).to.deep.equal([0, 1]);
  });

  it('have no answer for other inputs without a default', async () => {
    await using folder = await OutsideFolder.of({ 'flows.yml': answers.replace(/ {2}default.*\n/, '') });
    expect((await folder.open()).flow('Get_Rate')?.(inputs({ Amount: 7 }))).to.equal(undefined);
  });

  it('answered in code go before the file, and get plain values', async () => {
    await using folder = await OutsideFolder.of({ 'flows.yml': answers });
    const given: unknown[] = [];
    const rules = await folder.open({
      flows: {
        Get_Rate: (values) => {
          given.push(values);
          return { Rate: 5, Since: '2026-11-29', Record: { Name: 'Aurora' } };
        },
      },
    });
    const outputs = rules.flow('Get_Rate')?.(inputs({ Day: { is: 'Date', day: '2026-01-31' }, Amount: 1 }));
    expect(given).to.deep.equal([{ Day: '2026-01-31', Amount: 1 }]);
    expect(Object.fromEntries(outputs ?? [])).to.deep.equal({
      Rate: 5,
      Since: { is: 'Date', day: '2026-11-29' },
      Record: { is: 'Record', fields: new Map([['name', 'Aurora']]) },
    });
  });

  it('without an answer stop the load with their name and place, and a way out', async () => {
    await using folder = await OutsideFolder.of({});
    const message = `${rulesFile}:${flowLine}: nothing answers for the flow "Get_Rate"`;
    expect(await folder.mistakes()).to.deep.equal([message]);
    const error: unknown = await folder.open().catch((reason: unknown) => reason);
    expect((error as RulesSourceError).actions.join(' '))
      .to.include('flows.yml')
      .and.include('--answer-flows-empty');
  });

  it('without an answer are taken on demand, and say so', async () => {
    await using folder = await OutsideFolder.of({});
    const rules = await folder.open({ answerFlowsEmpty: true });
    expect([rules.flow('Get_Rate'), rules.answersFlowsEmpty]).to.deep.equal([undefined, true]);
  });

  const mistakes: Record<string, readonly [text: string, message: string]> = {
    'a list instead of names': [
      '- Get_Rate\n',
      'flows.yml:1: the file: a list must be an object that has an object with answers or default for each name',
    ],
    'an unknown part': [
      'Get_Rate:\n  default: { Rate: 1 }\n  otherwise: 1\n',
      'flows.yml:3: Get_Rate.otherwise: is not a key here; use one of answers, default',
    ],
    'a list as a value': [
      'Get_Rate:\n  default:\n    Rate: [1]\n',
      'flows.yml:3: Get_Rate.default.Rate: a list must be a single value',
    ],
    'an input that no action has': [
      'Get_Rate:\n  answers:\n    - when: { Amuont: 1 }\n      outputs: {}\n  default: {}\n',
      'flows.yml:3: no action has the input "Amuont" of the flow Get_Rate; did you mean "Amount"?',
    ],
    'an output that no action has': [
      'Get_Rate:\n  default: { Ratio: 1 }\n',
      'flows.yml:2: no action has the output "Ratio" of the flow Get_Rate; did you mean "Rate"?',
    ],
    'a quote that does not end': ["Get_Rate:\n  default: { Rate: 'x }\n", 'flows.yml:2: the file opens a quote'],
  };
  for (const [name, [text, message]] of Object.entries(mistakes))
    it(`tell ${name} with its line`, async () => {
      await using folder = await OutsideFolder.of({ 'flows.yml': text });
      const [first] = await folder.mistakes({ answerFlowsEmpty: true });
      expect(first).to.match(new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
    });
});
