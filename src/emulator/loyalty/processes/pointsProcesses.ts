import { isJsonObject } from '../../../base/jsonObject.js';
import { TransactionJournalInput } from '../../../contract/endpoints/realtimeEndpoints.js';
import { creditPointsToMembers, debitPointsFromMembers } from '../../../contract/templates/pointsTemplates.js';
import type { Decimal } from '../../../base/decimal.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { StoredJournal } from '../journalReader.js';
import { JournalResolver } from '../journalResolver.js';
import { parseInput } from '../parseInput.js';
import { ProcessFailure } from '../processFailure.js';
import type { ProgramCurrency } from '../rules/reward.js';
import { serveProcess } from './processCall.js';
import type { ProcessCall } from './processCall.js';

/** A journal, and points for its member. */
export const creditPointsProcess = serveProcess(creditPointsToMembers, (call) => {
  const points = pointsOf(call.inputs.positiveNumber('PointsToCredit'));
  movePoints(call, points, 'Accrual');
  return [{ PointsCredited: points.toNumber() }];
});

export const debitPoints = serveProcess(debitPointsFromMembers, (call) => {
  const points = pointsOf(call.inputs.positiveNumber('PointsToDebit'));
  movePoints(call, points.negated(), 'Redemption');
  return [{ PointsDebited: points.toNumber() }];
});

/** What both templates take. */
type PointsCall = ProcessCall<Omit<typeof creditPointsToMembers.inputs, 'PointsToCredit'>>;

function pointsOf(given: Decimal): Decimal {
  return given.toDecimalPlaces(2);
}

/** @param journalType of a journal that names none */
function movePoints(call: PointsCall, points: Decimal, journalType: string): void {
  const { writing, program, loyalty } = call;
  const currency = currencyOf(call);
  const journals = [insertJournal(call, journalType)];
  const give = () => ({ kind: 'points', currency, points }) as const;
  loyalty.engine.run(writing, { programId: program.id, journals }, [{ actions: [give], journals }]);
}

/** The journal keeps what the caller sent, and is Processed whatever status it came with. */
function insertJournal({ writing, program, loyalty, inputs }: PointsCall, journalType: string): StoredJournal {
  const given = inputs.get('TransactionJournal');
  if (!isJsonObject(given)) throw new ProcessFailure('TransactionJournal is missing.');
  const named = Object.keys(given).some((key) => /^journaltype(id|name)?$/i.test(key));
  const journal = parseInput(TransactionJournalInput, {
    ...(!named && { JournalTypeName: journalType }),
    MemberId: inputs.text('MemberId'),
    MembershipNumber: inputs.text('MembershipNumber'),
    ...given,
  });
  const [fields] = new JournalResolver(writing, program, loyalty.members).resolve([journal]);
  const values = { ...fields, Status: 'Processed' };
  const id = writing.store.insert('TransactionJournal', values, { userId: writing.userId });
  const [stored] = loyalty.journals.read([id]);
  if (!stored) throw new Error(`The journal ${id} is not there after it was inserted`);
  return stored;
}

/**
 * The template's rule names the currency, and is not published. Here: the one that an added parameter
 * `ProgramCurrencyName` names, else the primary one that can be spent, else the first of those, else the first of all.
 */
function currencyOf({ writing, program, inputs }: PointsCall): ProgramCurrency {
  const currencies = programCurrencies(writing.store, program.id);
  const wanted = inputs.text('ProgramCurrencyName');
  const spendable = currencies.filter(({ type }) => type === 'NonQualifying');
  const currency =
    wanted === undefined
      ? (spendable.find(({ isPrimary }) => isPrimary) ?? spendable[0] ?? currencies[0])
      : currencies.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (currency) return currency;
  throw new ProcessFailure(`${program.name} has no active currency${wanted === undefined ? '' : ` ${wanted}`}.`);
}
