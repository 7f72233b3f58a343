import { mapTraceablePtForRedemTrxn } from '../../../contract/actions/traceActions.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import { programCurrencies } from '../engine/programSetup.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { textOrNull } from '../rowValues.js';
import type { WriteContext } from '../writeContext.js';
import { serveAction } from './servedAction.js';
import type { ActionCall } from './servedAction.js';

type TraceCall = ActionCall<typeof mapTraceablePtForRedemTrxn.inputs>;

/**
 * Pending traces get the credits that have paid for their debits, and become Processed. A debit that several credits have
 * paid gets a trace for each. The local org traces at once, so only traces that were inserted are pending.
 */
export const mapTraces = serveAction(mapTraceablePtForRedemTrxn, (loyalty, call) => {
  const { store, userId } = call.writing;
  const { memberId, traces } = chosenTraces(call);
  for (const trace of traces) {
    const [first, ...others] =
      textOrNull(trace, 'CreditLoyaltyLedgerId') === null ? creditsFor(loyalty, call.writing, trace) : [];
    const values = { ...(first ?? {}), ProcessingStatus: 'Processed' };
    store.update('LoyaltyLedgerTraceability', trace.Id, values, { as: 'org', userId });
    for (const credit of others) {
      const { DebitLoyaltyLedgerId, LoyaltyProgramCurrencyId, LoyaltyProgramMemberId, ActionType } = trace;
      const same = { DebitLoyaltyLedgerId, LoyaltyProgramCurrencyId, LoyaltyProgramMemberId, ActionType };
      const added = { ...same, ...credit, ProcessingStatus: 'Processed' };
      store.insert('LoyaltyLedgerTraceability', added, { as: 'org', userId });
    }
  }
  return { loyaltyProgramMemberId: memberId, numberOfTracesProcessed: traces.length };
});

function chosenTraces({ writing: { store }, inputs }: TraceCall): {
  readonly memberId: string;
  readonly traces: readonly SObjectRow[];
} {
  const given = (
    name: 'loyaltyLedgerTraceabilityId' | 'loyaltyProgramMemberId',
    object: string,
  ): SObjectRow | undefined => (inputs.get(name) === undefined ? undefined : inputs.record(name, store, object));
  const member = given('loyaltyProgramMemberId', 'LoyaltyProgramMember');
  const trace = given('loyaltyLedgerTraceabilityId', 'LoyaltyLedgerTraceability');
  if (trace) {
    const memberId = textOrNull(trace, 'LoyaltyProgramMemberId') ?? '';
    if (member && member.Id !== memberId) {
      throw new ProcessFailure(`The trace ${String(trace['Name'])} does not belong to the member ${member.Id}.`);
    }
    return { memberId, traces: [trace].filter(isPending) };
  }
  if (!member) throw new ProcessFailure('Give loyaltyLedgerTraceabilityId or loyaltyProgramMemberId.');
  const all = store.find('LoyaltyLedgerTraceability', { LoyaltyProgramMemberId: member.Id });
  return { memberId: member.Id, traces: all.filter(isPending) };
}

function isPending({ ProcessingStatus: status }: SObjectRow): boolean {
  return status === 'Pending' || status === 'InProgress';
}

/** What each credit has paid of the debit. */
function creditsFor({ engine }: LoyaltyOrg, writing: WriteContext, trace: SObjectRow) {
  const { store } = writing;
  const memberId = String(trace['LoyaltyProgramMemberId']);
  const programId = String(store.get('LoyaltyProgramMember', memberId)?.['ProgramId']);
  const currency = programCurrencies(store, programId).find(({ id }) => id === trace['LoyaltyProgramCurrencyId']);
  const held = engine.points
    .read(writing, [memberId])
    .currencies.ofMember(memberId)
    .find(({ currencyId }) => currencyId === currency?.id);
  if (!held) return [];
  return engine.points.rules.lots
    .read(held)
    .uses.filter(({ debitId, lot }) => debitId === trace['DebitLoyaltyLedgerId'] && lot?.ledgerId !== undefined)
    .map(({ lot, points }) => ({ CreditLoyaltyLedgerId: lot?.ledgerId ?? null, Points: points.toNumber() }));
}
