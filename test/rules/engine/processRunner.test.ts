import { expect } from 'chai';
import type { ProcessTrace, RuleJournal } from '../../../src/rules/index.js';
import { action, condition, formulaParameter, group, process, program, rule, variable } from './madeRules.js';
import { journal, MadeWorld, nothingOutside, outline, run } from './madeWorld.js';

const amount = 'TransactionJournal.TransactionAmount';
const credit = (points: string, name = 'Credit') => action(name, 'CreditPoints', { PointsToCredit: points });

describe('the processes of a program', () => {
  let world: MadeWorld;
  const journals = (...amounts: readonly (number | null)[]): RuleJournal[] =>
    amounts.map((value, index) => {
      const id = 'abcdef'.charAt(index);
      world.amounts.set(id, value);
      return journal(id);
    });
  const stepsOf = (traces: readonly ProcessTrace[]): string[][] =>
    traces.map(({ rules }) => rules.flatMap(({ steps }) => outline(steps)));

  beforeEach(() => {
    world = new MadeWorld();
  });

  it('run each action for all journals of a request before the next one', () => {
    const rules = program(process([rule('Base', [credit(`{!${amount}}`, 'One'), credit('1', 'Two')])]));
    run(rules, world, journals(5, 7));
    expect(world.calls).to.deep.equal(['a CreditPoints 5', 'b CreditPoints 7', 'a CreditPoints 1', 'b CreditPoints 1']);
  });

  it('run what is below a condition only for journals that meet it, and say which values were compared', () => {
    const large = condition([amount, 'GreaterThan', '6'], [credit('1')]);
    const { traces } = run(
      program(process([rule('Base', [large, credit('2', 'Always')])])),
      world,
      journals(5, 7, null),
    );
    expect(stepsOf(traces)).to.deep.equal([
      [`¿${amount} GreaterThan 6`, 'Always'],
      [`?${amount} GreaterThan 6`, 'Credit', 'Always'],
      [`¿${amount} GreaterThan 6`, 'Always'],
    ]);
    const [step] = traces[1]?.rules[0]?.steps ?? [];
    expect(step).to.have.nested.property('criteria[0].left', 7);
    expect(step).to.have.nested.property('criteria[0].right', 6);
  });

  it('run only the first condition of a group that is met', () => {
    const tiers = group([
      condition([amount, 'GreaterThan', '100'], [credit('3', 'Three')]),
      condition([amount, 'GreaterThan', '10'], [credit('2', 'Two')]),
      condition([amount, 'GreaterThan', '1'], [credit('1', 'One')]),
    ]);
    const { traces } = run(program(process([rule('Base', [tiers])])), world, journals(200, 20, 0));
    const ran = stepsOf(traces).map((steps) => steps.filter((step) => /^[A-Z]/.test(step)));
    expect(ran).to.deep.equal([['Three'], ['Two'], []]);
    expect(stepsOf(traces).map((steps) => steps.length)).to.deep.equal([2, 3, 3]);
  });

  it('keep variables across the rules of a run, and not across journals', () => {
    const add = action('Add', 'AssignParameterValues', { Sum: `{!Sum} + {!${amount}}` });
    const rules = [rule('One', [add]), rule('Two', [add]), rule('Three', [credit('{!Sum}')])];
    run(program(process(rules, { parameters: [variable('Sum', 'Numeric')] })), world, journals(5, 7));
    expect(world.calls).to.deep.equal(['a CreditPoints 10', 'b CreditPoints 14']);
  });

  it('evaluate a formula whenever it is used', () => {
    const parameters = [variable('Base', 'Numeric'), formulaParameter('Double', '{!Base} * 2')];
    const set = action('Set', 'AssignParameterValues', { Base: '4' });
    run(
      program(process([rule('Base', [credit('{!Double}'), set, credit('{!Double}')])], { parameters })),
      world,
      journals(1),
    );
    expect(world.calls).to.deep.equal(['a CreditPoints 0', 'a CreditPoints 8']);
  });

  it('fail where a formula needs its own value', () => {
    const parameters = [formulaParameter('One', '{!Two} + 1'), formulaParameter('Two', '{!One} + 1')];
    const { failure } = run(program(process([rule('Base', [credit('{!One}')])], { parameters })), world, journals(1));
    expect(failure).to.equal('The formula One needs its own value.');
  });

  it('round numbers to the places of their parameter, ties away from zero', () => {
    const parameters = [variable('Whole', 'Numeric', 0), variable('Cents', 'Numeric', 2), variable('Any', 'Numeric')];
    const value = `{!${amount}} / 8`;
    const set = action('Set', 'AssignParameterValues', { Whole: value, Cents: value, Any: value });
    const { traces } = run(program(process([rule('Base', [set])], { parameters })), world, journals(4.2, -4));
    const assigned = traces.map(({ rules }) =>
      Object.fromEntries((rules[0]?.steps[0] as never as { assigned: [] }).assigned),
    );
    expect(assigned).to.deep.equal([
      { Whole: 1, Cents: 0.53, Any: 0.525 },
      { Whole: -1, Cents: -0.5, Any: -0.5 },
    ]);
  });

  it('count a number that nothing has set as 0 where numbers are compared, and as blank otherwise', () => {
    const parameters = [variable('Unset', 'Numeric'), variable('Name', 'Text')];
    const steps = [
      condition(['Unset', 'LessThan', '1'], [credit('1', 'Less')]),
      condition(['Unset', 'Equals', '0'], [credit('2', 'Zero')]),
      condition(['Unset', 'Equals', 'NULL'], [credit('3', 'Blank')]),
      condition(['Name', 'LessThan', '"z"'], [credit('4', 'Text')]),
    ];
    const { traces } = run(program(process([rule('Base', steps)], { parameters })), world, journals(1));
    expect(stepsOf(traces)[0]?.filter((step) => /^[A-Z]/.test(step))).to.deep.equal(['Less', 'Blank']);
  });

  it('give outputs to variables, whatever the case of their names', () => {
    const parameters = [variable('Balance', 'Numeric')];
    const look = action('Look', 'GetMemberPointBalance', {}, { outputs: { POINTSBALANCE: 'Balance' } });
    run(
      program(process([rule('Base', [credit('5'), look, credit('{!Balance}')])], { parameters })),
      world,
      journals(1),
    );
    expect(world.balance).to.equal(10);
  });

  describe('skip a rule', () => {
    const skipOf = (given: Parameters<typeof rule>[2]): unknown => {
      const { traces } = run(program(process([rule('Base', [credit('1')], given)])), world, journals(1));
      expect(world.calls).to.have.length(traces[0]?.rules[0]?.skipped === undefined ? 1 : 0);
      return traces[0]?.rules[0]?.skipped;
    };

    const own: readonly (readonly [Parameters<typeof rule>[2], string | undefined])[] = [
      [{ status: 'Inactive' }, 'ruleNotActive'],
      [{ startDate: '2026-06-16' }, 'ruleNotStarted'],
      [{ endDate: '2026-06-14' }, 'ruleEnded'],
      [{ startDate: '2026-06-15', endDate: '2026-06-15' }, undefined],
      [{ promotion: 'Unknown' }, 'noSuchPromotion'],
    ];
    for (const [given, reason] of own)
      it(`${JSON.stringify(given)}: ${reason ?? 'it runs'}`, () => {
        expect(skipOf(given)).to.equal(reason);
      });

    const always = { isActive: true, startDate: undefined, endDate: undefined };
    for (const [promotion, reason] of [
      [{ ...always, isActive: false }, 'promotionNotActive'],
      [{ ...always, startDate: '2026-06-16' }, 'promotionNotStarted'],
      [{ ...always, endDate: '2026-06-14' }, 'promotionEnded'],
      [{ ...always, isFor: false }, 'memberNotEligible'],
      [always, undefined],
    ] as const)
      it(`with the promotion ${JSON.stringify(promotion)}, whose dates and status replace its own: ${reason ?? 'it runs'}`, () => {
        world.promotions.set('Summer', promotion);
        expect(skipOf({ promotion: 'Summer', status: 'Inactive', endDate: '2020-01-01' })).to.equal(reason);
        if (reason === undefined) expect(world.calls).to.deep.equal(['a CreditPoints 1 Summer']);
      });

    it('and go on with the next one', () => {
      const rules = [rule('Past', [credit('1')], { endDate: '2020-01-01' }), rule('Base', [credit('2')])];
      run(program(process(rules)), world, journals(1));
      expect(world.calls).to.deep.equal(['a CreditPoints 2']);
    });
  });

  it('let in only journals that meet the eligibility rule', () => {
    const eligibility = [rule('Not free', [condition([amount, 'GreaterThan', '0'])])];
    const { traces } = run(program(process([rule('Base', [credit('1')])], { eligibility })), world, journals(5, 0));
    expect(world.calls).to.deep.equal(['a CreditPoints 1']);
    expect(traces.map(({ barred }) => barred?.rule.name)).to.deep.equal([undefined, 'Not free']);
  });

  it('show where an eligibility rule failed', () => {
    const eligibility = [rule('Enough', [condition([amount, 'GreaterThan', '1 / 0'])])];
    const { traces, failure } = run(
      program(process([rule('Base', [credit('1')])], { eligibility })),
      world,
      journals(5),
    );
    expect(failure).to.contain('1 / 0');
    expect(outline(traces[0]?.barred?.steps ?? [])).to.deep.equal([`!${amount} GreaterThan 1 / 0`]);
    expect(world.calls).to.deep.equal([]);
  });

  it('are chosen by type and subtype; one that names the subtype goes first', () => {
    const named = (name: string, given: Parameters<typeof process>[1]) => process([rule(name, [])], { name, ...given });
    const rules = program(
      named('any', {}),
      named('gift', { journalSubType: 'Gift' }),
      named('draft', { journalSubType: 'Draft', status: 'Draft' }),
      named('batch', { journalSubType: 'Nightly', executionType: 'Batch' }),
    );
    const chosen = (journalType: string, journalSubType?: string): string | undefined =>
      run(rules, world, [journal('a', { journalType, journalSubType })]).traces[0]?.process?.name;
    expect(chosen('Accrual')).to.equal('any');
    expect(chosen('accrual', 'gift')).to.equal('gift');
    expect(chosen('Accrual', 'Draft')).to.equal('any');
    expect(chosen('Accrual', 'Nightly')).to.equal('any');
    expect(chosen('Redemption', 'Gift')).to.equal(undefined);
  });

  describe('that run others', () => {
    const other = (steps: Parameters<typeof rule>[1]) =>
      process([rule('Inner', steps)], { name: 'Gifts', journalSubType: 'Gift' });
    const start = action('Start', 'RunProgramProcess', { TransactionAmount: `{!${amount}} + 1` }, { target: 'Gifts' });

    it('have the trace of the other process', () => {
      const { traces } = run(
        program(process([rule('Outer', [start])]), other([credit(`{!${amount}}`)])),
        world,
        journals(5),
      );
      expect(world.calls).to.deep.equal(["a' CreditPoints 6"]);
      const [step] = traces[0]?.rules[0]?.steps ?? [];
      expect(step?.kind === 'action' && stepsOf(step.process ? [step.process] : [])).to.deep.equal([['Credit']]);
    });

    it('fail where the other one fails, and show both up to there', () => {
      const rules = program(process([rule('Outer', [credit('1'), start])]), other([credit('-1', 'Bad')]));
      const { traces, failure } = run(rules, world, journals(5));
      expect(failure).to.equal('Points cannot be negative.');
      expect(stepsOf(traces)).to.deep.equal([['Credit', 'Start!']]);
      const step = traces[0]?.rules[0]?.steps[1];
      expect(step?.kind === 'action' && stepsOf(step.process ? [step.process] : [])).to.deep.equal([['Bad!']]);
    });

    it('end where they run each other without end', () => {
      const rules = program(process([rule('Outer', [start])]), other([start]));
      expect(run(rules, world, journals(5)).failure).to.equal(
        'The process Gifts is run by 10 processes in each other.',
      );
    });

    it('fail where the other one is not active', () => {
      const rules = program(process([rule('Outer', [start])]), { ...other([]), status: 'Draft' });
      expect(run(rules, world, journals(5)).failure).to.equal('The process Gifts is not active.');
    });
  });

  describe('that call one by its name', () => {
    const points = { ...variable('Points', 'Numeric'), isInput: true };
    const inner = (type = 'UpdateMemberDetails') =>
      process([rule('Inner', [credit('{!Points} * 2')])], {
        name: 'Give',
        type,
        journalType: undefined,
        parameters: [points],
      });
    const outer = (inputs: Readonly<Record<string, string>>) =>
      process([rule('Outer', [action('Call', 'RunProgramProcess', inputs, { target: 'Give' })])]);

    it('give its inputs to its variables, and it acts on the same journal', () => {
      const { traces, failure } = run(program(outer({ points: '3' }), inner()), world, journals(5));
      expect([failure, world.calls]).to.deep.equal([undefined, ['a CreditPoints 6']]);
      const [step] = traces[0]?.rules[0]?.steps ?? [];
      expect(step?.kind === 'action' && step.process?.process?.name).to.equal('Give');
    });

    it('fail where it is called for another member', () => {
      world.field = () => 'member-1';
      const { failure } = run(program(outer({ MemberId: '"member-2"' }), inner()), world, journals(5));
      expect(failure).to.equal('The process Give is called for member-2, who is not the member of the journal.');
      expect(run(program(outer({ MemberId: '"member-1"' }), inner()), world, journals(5)).failure).to.equal(undefined);
    });
  });

  it('that fail show every journal up to the failure', () => {
    const rules = program(
      process([rule('Base', [credit('1', 'One'), credit(`{!${amount}}`, 'Two'), credit('3', 'Three')])]),
    );
    const { traces, failure } = run(rules, world, journals(5, -1, 7));
    expect(failure).to.equal('Points cannot be negative.');
    expect(stepsOf(traces)).to.deep.equal([['One', 'Two'], ['One', 'Two!'], ['One']]);
  });

  it('ask flows and decision tables outside', () => {
    const parameters = [variable('Bonus', 'Numeric'), variable('How', 'Text'), variable('Row', 'Sobject')];
    const steps = [
      action('Ask', 'RunFlow', { Amount: `{!${amount}}` }, { target: 'Bonus', outputs: { Bonus: 'Bonus' } }),
      action(
        'Decide',
        'GetOutputsFromDecisionTable',
        { Store: '"Pier"' },
        {
          target: 'Stores',
          outputs: { DecisionTableOutcomeType: 'How', DecisionTableSingleOutcome: 'Row' },
        },
      ),
      condition(['How', 'Equals', '"Single Match"'], [credit('{!Bonus} * {!Row.Factor}')]),
    ];
    const row = { is: 'Record', fields: new Map([['factor', 3]]) } as const;
    run(program(process([rule('Base', steps)], { parameters })), world, journals(5), {
      flow: () => (inputs) => new Map([['BONUS', Number(inputs.get('Amount')) + 1]]),
      decide: (table, inputs) => (table === 'Stores' && inputs.get('Store') === 'Pier' ? [row] : []),
    });
    expect(world.calls).to.deep.equal(['a CreditPoints 18']);
    const { failure } = run(
      program(process([rule('Base', steps)], { parameters })),
      world,
      journals(5),
      nothingOutside,
    );
    expect(failure).to.equal('Nothing answers for the flow Bonus.');
  });
});
