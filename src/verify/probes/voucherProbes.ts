import { at, outcome } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared, differs, held } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';
import { issuedVoucher, someone, voucherDefinition, vouchersOf } from '../probeVoucher.js';

const needs = ['program', 'members'] as const;

function redeem(org: ProbedOrg, code: string, body: object = {}): Promise<ProbeAnswer> {
  const path = `${vouchersOf(org, someone(org).number)}/${encodeURIComponent(code)}/redeem`;
  return org.ask('POST', path, { body });
}

/** Returns these fields of a voucher. */
async function stored(org: ProbedOrg, id: string, ...fields: readonly string[]): Promise<unknown[]> {
  const [row] = await org.rows(`SELECT ${fields.join(', ')} FROM Voucher WHERE Id = '${id}'`);
  return fields.map((field) => row?.[field]);
}

export const voucherProbes: readonly Probe[] = [
  {
    id: 'voucher-redeemed-once',
    assumption: 'Redeeming answers 201 and sets the status; a second time is 409, and an unknown code 400.',
    needs,
    calls: 6,
    ask: async (org) => {
      const { id, code } = await issuedVoucher(org);
      const first = await redeem(org, code);
      if (first.status !== 201) return differs(outcome(first));
      const answers = [outcome(await redeem(org, code)), outcome(await redeem(org, org.unused('probe-none')))];
      const finding = compared(answers, ['409 ALREADY_REDEEMED_VOUCHER', '400 INVALID_API_INPUT']);
      if (finding !== held) return finding;
      return compared(await stored(org, id, 'Status', 'RemainingValue'), ['Redeemed', 0]);
    },
  },
  {
    id: 'voucher-redeemed-in-part',
    assumption: 'After a part is redeemed, the answer says Redeemed with what is left, and the record stays Issued.',
    needs,
    calls: 4,
    ask: async (org) => {
      const { id, code } = await issuedVoucher(org, { IsPartialRedeemable: true });
      const answer = await redeem(org, code, { action: 'Redeem', redeemAmount: 2 });
      const told = [answer.status, at(answer.json, 'status'), Number(at(answer.json, 'remainingAmount'))];
      const finding = compared(told, [201, 'Redeemed', 3]);
      if (finding !== held) return finding;
      return compared(await stored(org, id, 'Status', 'RemainingValue'), ['Issued', 3]);
    },
  },
  {
    id: 'voucher-reservation',
    assumption:
      'A reservation keeps the key of the request; another key is refused, and giving it up frees the voucher.',
    needs,
    calls: 6,
    ask: async (org) => {
      const { id, code } = await issuedVoucher(org, { IsPartialRedeemable: true });
      const reserved = await redeem(org, code, { action: 'Reserve', reservationKey: 'probe-key', reservedValue: 2 });
      if (at(reserved.json, 'reservationKey') !== 'probe-key') return differs(`${outcome(reserved)}: another key`);
      const wrong = await redeem(org, code, { action: 'Reinstate', reservationKey: 'probe-other' });
      const given = await redeem(org, code, { action: 'Reinstate', reservationKey: 'probe-key' });
      const finding = compared([outcome(wrong), given.status], ['400 INVALID_API_INPUT', 201]);
      if (finding !== held) return finding;
      return compared(await stored(org, id, 'Status', 'ReservationKey'), ['Issued', null]);
    },
  },
  {
    id: 'voucher-issued-by-action',
    assumption: 'The action issueVoucher takes value and dates from the definition and keeps the notes as the reason.',
    needs,
    calls: 3,
    ask: async (org) => {
      const { name: VoucherDefinitionName } = await voucherDefinition(org);
      const given = { VoucherDefinitionName, VoucherCode: org.unused('probe-code'), AdditionalNotes: 'probe-notes' };
      const inputs = [{ ...given, ProgramName: org.program.name, LoyaltyProgramMemberId: someone(org).id }];
      const answer = await org.ask('POST', '/actions/standard/issueVoucher', { body: { inputs } });
      const id = at(answer.json, 0, 'outputValues', 'VoucherId');
      if (typeof id !== 'string') return differs(outcome(answer));
      org.created.push({ object: 'Voucher', id });
      const fields = ['Status', 'FaceValue', 'ExpirationDate', 'Reason'];
      return compared(await stored(org, id, ...fields), ['Issued', 5, '2099-12-31', 'probe-notes']);
    },
  },
];
