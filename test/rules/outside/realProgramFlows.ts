import type { FlowFunctions, FlowValue, ProgramRules } from '../../../src/rules/index.js';
import { outsideUses } from '../../../src/rules/outside/outsideUses.js';

/** What flows found out about an order that comes back. */
export interface Returned {
  /** Points that the returned items brought. */
  readonly points: number;
  /** Their amount, and that of the whole order. */
  readonly amount: number;
  readonly ofOrder: number;
}

/**
 * The flows of the program. Those that say nothing, such as those that publish events, are found in the rules. A return
 * flow answers with keys and values in one text, as `key@value@`, from which the rules cut the values.
 */
export function flowsOf(rules: ProgramRules, returned: () => Returned): FlowFunctions {
  const silent = outsideUses([rules], 'RunFlow').map(({ name }) => [name, () => ({})] as const);
  let codes = 0;
  return {
    ...Object.fromEntries(silent),
    Loyalty_Process_Get_Runtime_Configuration: () => ({
      ...{ VoucherRewardTargetPoints: 200, VoucherRewardFaceValue: 10 },
    }),
    Loyalty_Process_Generate_Voucher_Codes: () => ({ VoucherCodes: `V-${(codes += 1)}` }),
    Return_total_points_credited: (given) => {
      const text = (...names: string[]): string => names.map((name) => word(given[name])).join('');
      const order = text('ReturnOrderId', 'ReturnOrderItemId', 'ReturnChannel');
      const { points, amount } = returned();
      return {
        ConcatenatedReturnChannelValue: `${text('ReturnOrderId')}@${text('ReturnChannel')}@`,
        ConcatenatedOutput: `${order}${text('OriginalOrderId', 'OriginalOrderItemId', 'OriginalChannel')}@${points}@`,
        ConcatenatedTotalReturnAmount: `${order}@${amount}@`,
      };
    },
    Handle_Return_Process_TJ: ({ OriginalOrderID }) => ({
      ConcatenatedOriOrderAmount: `${word(OriginalOrderID)}@${returned().ofOrder}@`,
      OriginalTotalAmount: returned().ofOrder,
    }),
    Transaction_Journal_Reversal_VoucherReversal_Value: () => ({ TotalVoucherFaceValueReversed: 0 }),
  };
}

function word(value: FlowValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
