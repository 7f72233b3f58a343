import { TransactionJournalInput } from '../../../contract/realtime.js';
import type { ProgramCurrency, RuleAction } from '../../rules/rule.js';
import { JournalFields } from '../journalFields.js';
import type { StoredJournal } from '../journals.js';
import { parse } from '../parse.js';
import type { ProcessCall, ProcessRun } from './processCall.js';
import { ProcessFailure } from '../processFailure.js';
import type { ProcessParameters } from './processParameters.js';
import { currenciesOf } from '../engine/programSetup.js';

/** Template CreditPointsToMembers: a journal, and points for its member. */
export const creditPoints: ProcessRun = (call) => [
  { PointsCredited: movePoints(call, { input: 'PointsToCredit', journalType: 'Accrual', sign: 1 }) },
];

/** Template DebitPointsFromMembers. */
export const debitPoints: ProcessRun = (call) => [
  { PointsDebited: movePoints(call, { input: 'PointsToDebit', journalType: 'Redemption', sign: -1 }) },
];

interface Direction {
  readonly input: string;
  /** Of a journal that names none. */
  readonly journalType: string;
  readonly sign: 1 | -1;
}

function movePoints(call: ProcessCall, { input, journalType, sign }: Direction): number {
  const { writing, program, engine, parameters } = call;
  const points = parameters.positiveNumber(input).toDecimalPlaces(2);
  const currency = currencyOf(call);
  const journals = [insertJournal(call, journalType)];
  const move: RuleAction = (journal, effects) => effects.movePoints(journal, currency, points.times(sign));
  engine.run(writing, { programId: program.id, journals }, [{ actions: [move], journals }]);
  return points.toNumber();
}

/** The journal keeps what the caller sent, and is Processed whatever status it came with. */
function insertJournal(
  { writing, program, members, journals, parameters }: ProcessCall,
  journalType: string,
): StoredJournal {
  const given = parameters.get('TransactionJournal');
  if (typeof given !== 'object' || given === null) throw new ProcessFailure('TransactionJournal is missing.');
  const named = Object.keys(given).some((key) => /^journaltype(id|name)?$/i.test(key));
  const journal = parse(TransactionJournalInput, {
    ...(!named && { JournalTypeName: journalType }),
    ...memberOf(parameters),
    ...given,
  });
  const [fields] = new JournalFields(writing, program, members).resolve([journal]);
  const values = { ...fields, Status: 'Processed' };
  const id = writing.store.insert('TransactionJournal', values, { userId: writing.userId });
  const [stored] = journals.read([id]);
  if (!stored) throw new Error(`The journal ${id} is not there after it was inserted`);
  return stored;
}

/** The template has the member inside the journal; a copy may take it as a parameter of its own. */
function memberOf(parameters: ProcessParameters): Record<string, string | undefined> {
  return { MemberId: parameters.text('MemberId'), MembershipNumber: parameters.text('MembershipNumber') };
}

/**
 * The template's rule names the currency, and is not published. Here: the one that an added parameter
 * `ProgramCurrencyName` names, else the primary one that can be spent, else the first of those, else the first of all.
 */
function currencyOf({ writing, program, parameters }: ProcessCall): ProgramCurrency {
  const currencies = currenciesOf(writing.store, program.id);
  const wanted = parameters.text('ProgramCurrencyName');
  const spendable = currencies.filter(({ type }) => type === 'NonQualifying');
  const currency =
    wanted === undefined
      ? (spendable.find(({ isPrimary }) => isPrimary) ?? spendable[0] ?? currencies[0])
      : currencies.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (currency) return currency;
  throw new ProcessFailure(`${program.name} has no active currency${wanted === undefined ? '' : ` ${wanted}`}.`);
}
