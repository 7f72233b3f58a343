import { isJsonObject } from '../../../base/jsonObject.js';
import { TransactionJournalInput } from '../../../contract/endpoints/realtimeEndpoints.js';
import { creditPointsToMembers, debitPointsFromMembers } from '../../../contract/templates/pointsTemplates.js';
import type { Decimal } from '../../../base/decimal.js';
import { chosenCurrency } from '../engine/chosenCurrency.js';
import type { StoredJournal } from '../journalReader.js';
import { JournalResolver } from '../journalResolver.js';
import { parseInput } from '../parseInput.js';
import { ProcessFailure } from '../processFailure.js';
import { serveProcess } from './processCall.js';
import type { ProcessCall } from './processCall.js';

/** A journal, and points for its member. */
export const creditPointsProcess = serveProcess(creditPointsToMembers, (call) => {
  const points = pointsOf(call.inputs.positiveNumber('PointsToCredit'));
  movePoints(call, points, 'Accrual');
  return [{ PointsCredited: points.toNumber() }];
});

export const debitPointsProcess = serveProcess(debitPointsFromMembers, (call) => {
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
  // The template's rule names the currency, and is not published. A copy may take it as a parameter.
  const currency = chosenCurrency(writing.store, program, call.inputs.text('ProgramCurrencyName'));
  const journals = [journalOfCall(call, journalType)];
  const give = () => ({ kind: 'points', currency, points }) as const;
  loyalty.engine.run(writing, { programId: program.id, journals }, [{ actions: [give], journals }]);
}

/**
 * Inserts the journal of a call. It keeps what the caller sent, and is Processed whatever status it came with.
 * @throws {ProcessFailure} without one
 */
export function journalOfCall({ writing, program, loyalty, inputs }: PointsCall, journalType: string): StoredJournal {
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
