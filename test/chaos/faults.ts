import type { FaultPlanInput, FaultRuleInput } from '../../src/emulator/index.js';

const writes = { method: 'POST', path: '/connect/realtime/*' } as const;
const reads = { method: 'GET', path: '/query*' } as const;
const lock = {
  status: 400,
  errorCode: 'UNABLE_TO_LOCK_ROW',
  message: 'unable to obtain exclusive access to this record',
};

/** About a tenth of all writes fail, in every known way. Late commits take at most half a settle window. */
const writeFaults: FaultRuleInput[] = [
  { fault: 'silence', rate: 0.02 },
  { fault: 'silence', rate: 0.003, connection: 'hang' },
  { fault: 'lateCommit', rate: 0.02, milliseconds: [100, 1000] },
  { fault: 'lateCommit', rate: 0.003, milliseconds: [100, 1000], connection: 'hang' },
  { fault: 'partial', rate: 0.01 },
  { fault: 'partial', rate: 0.005, status: 400, errorCode: 'INVALID_API_INPUT', message: 'One of them is wrong.' },
  { fault: 'error', rate: 0.005, committed: true },
  { fault: 'error', rate: 0.005 },
  { fault: 'error', rate: 0.01, ...lock },
  { fault: 'drop', rate: 0.005 },
  { fault: 'truncated', rate: 0.005 },
  { fault: 'reset', rate: 0.005 },
  { fault: 'reset', rate: 0.005, committed: true },
  { fault: 'html', rate: 0.005 },
  { fault: 'html', rate: 0.005, status: 504, committed: true },
  { fault: 'unauthorized', rate: 0.005 },
  { fault: 'quota', rate: 0.005, limit: 'concurrent' },
  { fault: 'quota', rate: 0.01, count: 1 },
];

const readFaults: FaultRuleInput[] = [
  { fault: 'reset', rate: 0.02 },
  { fault: 'truncated', rate: 0.02 },
  { fault: 'drop', rate: 0.02 },
  { fault: 'html', rate: 0.02 },
  { fault: 'error', rate: 0.02, status: 503, errorCode: 'SERVER_UNAVAILABLE', message: 'Busy.' },
];

const times: FaultRuleInput[] = [
  { fault: 'latency', milliseconds: [0, 40], match: writes },
  { fault: 'latency', milliseconds: [200, 800], rate: 0.03, match: writes },
];

export function chaosPlan(seed: number): FaultPlanInput {
  return {
    seed,
    rules: [
      ...times,
      ...writeFaults.map((rule) => ({ ...rule, match: writes })),
      ...readFaults.map((rule) => ({ ...rule, match: reads })),
    ],
  };
}
