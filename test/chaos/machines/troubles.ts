import type { FaultPlanInput, FaultRuleInput } from '../../../src/emulator/index.js';

const writes = { method: 'POST', path: '/connect/realtime/*' } as const;
const markers = { path: '/composite*' } as const;
const inserts = { method: 'POST', path: '/sobjects/Loyalty_Sync_Source__c*' } as const;

/** Returns lost answers and commits that come at most half a settle window after the request, for markers too. */
export function troubles(seed: number, settle: number): FaultPlanInput {
  const late = { milliseconds: [settle / 20, settle / 2] as [number, number] };
  const onWrites: FaultRuleInput[] = [
    { fault: 'lateCommit', rate: 0.05, ...late },
    { fault: 'lateCommit', rate: 0.02, ...late, connection: 'hang' },
    { fault: 'silence', rate: 0.03 },
    { fault: 'reset', rate: 0.02, committed: true },
    { fault: 'partial', rate: 0.01 },
    { fault: 'truncated', rate: 0.01 },
    { fault: 'error', rate: 0.02, status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Busy.' },
  ];
  return {
    seed,
    rules: [
      { fault: 'latency', milliseconds: [200, 2000], match: writes },
      ...onWrites.map((rule) => ({ ...rule, match: writes })),
      { fault: 'silence', rate: 0.05, match: inserts },
      { fault: 'reset', rate: 0.05, committed: true, match: markers },
    ],
  };
}
