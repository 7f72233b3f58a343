import { definedValues } from '../base/definedValues.js';
import { issueVoucher } from '../contract/actions/voucherActions.js';
import type { RedeemVoucherRequest, RedeemVoucherResponse } from '../contract/endpoints/redemptionShapes.js';
import { voucherEndpoints } from '../contract/endpoints/voucherEndpoints.js';
import { cancelVoucherTemplate } from '../contract/templates/voucherTemplates.js';
import type { ActionsResource } from './actions.js';
import type { CallEndpoint } from './call.js';
import { parseAnswer } from './parseAnswer.js';
import type { ProcessesResource } from './processes.js';
import type { QueryResource } from './query/queryResource.js';
import { findVouchers } from './query/findVouchers.js';
import type { VoucherCriteria, VoucherRow } from './query/findVouchers.js';

/** A voucher of a member. The number is needed if several of the member's vouchers have the code. */
export interface VoucherChoice {
  readonly membershipNumber: string;
  readonly voucherCode: string;
  readonly voucherNumber?: string | undefined;
}

/** Value, discount and dates are those of the definition unless given. */
export interface IssueVoucherRequest {
  /** Name of the definition. */
  readonly definition: string;
  /** The org generates a code if none is given and its setting allows it. */
  readonly code?: string | undefined;
  readonly memberId?: string | undefined;
  /** Of contact and account, one at most. */
  readonly contactId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly faceValue?: number | undefined;
  readonly discountPercent?: number | undefined;
  /** `yyyy-MM-dd` */
  readonly effectiveDate?: string | undefined;
  readonly expirationDate?: string | undefined;
  readonly journalId?: string | undefined;
  readonly promotionId?: string | undefined;
  readonly benefitId?: string | undefined;
  /** Kept in the field Reason of the voucher. */
  readonly notes?: string | undefined;
}

export interface RedeemRequest {
  /** Of a voucher with a fixed value; everything that is left unless given. */
  readonly amount?: number | undefined;
  /** Key of the reservation to redeem (v62). */
  readonly reservationKey?: string | undefined;
  readonly currencyIsoCode?: string | undefined;
  readonly contactId?: string | undefined;
}

export interface ReserveRequest {
  /** Chosen by the caller. Redeeming the reservation, or giving it up, needs it. */
  readonly reservationKey: string;
  /** Of a partially redeemable voucher; everything that is left unless given. */
  readonly value?: number | undefined;
  readonly currencyIsoCode?: string | undefined;
  readonly contactId?: string | undefined;
}

/** The member, and the voucher by one of its names. */
export type CancelRequest = {
  /** Name of the org's process of type CancelVoucher. Default: the name of the type. */
  readonly processName?: string | undefined;
} & ({ readonly membershipNumber: string } | { readonly memberId: string }) &
  ({ readonly voucherId: string } | { readonly voucherNumber: string } | { readonly voucherCode: string });

/** First API version whose redeem resource has actions. */
const actionsSince = 62;

/** The API version of the client is too old for what was asked. Nothing was sent. */
export class OldApiVersionError extends Error {
  override readonly name = 'OldApiVersionError';

  constructor(what: string, since: number, version: number) {
    super(
      `${what} needs API version ${since.toFixed(1)} or later, and this is ${version.toFixed(1)}. Nothing was sent.`,
    );
  }
}

/** `client.vouchers`: issues, redeems, reserves and cancels vouchers. `client.members.vouchers` lists them. */
export class VouchersResource {
  readonly #call: CallEndpoint;
  readonly #actions: ActionsResource;
  readonly #processes: ProcessesResource;
  readonly #query: QueryResource;
  readonly #version: number;

  constructor(
    call: CallEndpoint,
    resources: { actions: ActionsResource; processes: ProcessesResource; query: QueryResource; apiVersion: string },
  ) {
    this.#call = call;
    this.#actions = resources.actions;
    this.#processes = resources.processes;
    this.#query = resources.query;
    this.#version = Number.parseFloat(resources.apiVersion);
  }

  /** Runs the action `issueVoucher` once. @returns the Id of the voucher. @throws {LoyaltyActionError} */
  async issue(program: string, request: IssueVoucherRequest): Promise<string> {
    const { VoucherId } = await this.#actions.run(issueVoucher, {
      VoucherDefinitionName: request.definition,
      ProgramName: program,
      ...definedValues({
        VoucherCode: request.code,
        LoyaltyProgramMemberId: request.memberId,
        ContactId: request.contactId,
        AccountId: request.accountId,
        FaceValue: request.faceValue,
        DiscountPercent: request.discountPercent,
        EffectiveDate: request.effectiveDate,
        ExpiryDate: request.expirationDate,
        JournalId: request.journalId,
        PromotionId: request.promotionId,
        BenefitId: request.benefitId,
        AdditionalNotes: request.notes,
      }),
    });
    return VoucherId;
  }

  /**
   * Redeems a voucher, a part of it, or a reservation:
   * `POST /loyalty/programs/{program}/members/{membershipNumber}/vouchers/{voucherCode}/redeem`, sent at most once.
   *
   * @throws {LoyaltyApiError} 409 `ALREADY_REDEEMED_VOUCHER`, 500 `MULTIPLE_VOUCHERS`, 400 `INVALID_API_INPUT`
   */
  async redeem(program: string, voucher: VoucherChoice, request: RedeemRequest = {}): Promise<RedeemVoucherResponse> {
    const { amount: redeemAmount, reservationKey, currencyIsoCode, contactId: contactID } = request;
    const action = this.#version >= actionsSince ? 'Redeem' : undefined;
    return this.#redeem(program, voucher, { action, redeemAmount, reservationKey, currencyIsoCode, contactID });
  }

  /** Reserves a voucher, or a part of it, under a key (v62). Sent at most once. @throws {OldApiVersionError} */
  async reserve(program: string, voucher: VoucherChoice, request: ReserveRequest): Promise<RedeemVoucherResponse> {
    this.requireReservations();
    const { reservationKey, value: reservedValue, currencyIsoCode, contactId: contactID } = request;
    return this.#redeem(program, voucher, {
      ...{ action: 'Reserve', reservationKey, reservedValue, currencyIsoCode, contactID },
    });
  }

  /** Gives up a reservation (v62). A voucher that has expired meanwhile is `Expired` then. Sent at most once. @throws {OldApiVersionError} */
  async reinstate(program: string, voucher: VoucherChoice, reservationKey: string): Promise<RedeemVoucherResponse> {
    this.requireReservations();
    return this.#redeem(program, voucher, { action: 'Reinstate', reservationKey });
  }

  /**
   * Before v62 the resource knows no action: it could redeem what was to be reserved.
   * @throws {OldApiVersionError}
   */
  requireReservations(): void {
    if (this.#version < actionsSince) throw new OldApiVersionError('A reservation', actionsSince, this.#version);
  }

  /** Runs a process of type CancelVoucher once. @throws {LoyaltyProcessError} */
  async cancel(program: string, request: CancelRequest): Promise<{ readonly voucherId: string | null }> {
    const { type, result } = cancelVoucherTemplate;
    const name = request.processName ?? type;
    const results = await this.#processes.run(program, name, {
      ...('memberId' in request ? { MemberId: request.memberId } : { MembershipNumber: request.membershipNumber }),
      ...('voucherId' in request && { VoucherId: request.voucherId }),
      ...('voucherNumber' in request && { VoucherNumber: request.voucherNumber }),
      ...('voucherCode' in request && { VoucherCode: request.voucherCode }),
    });
    const { VoucherId } = parseAnswer(results[0] ?? {}, result, `A result of the process ${name} came`);
    return { voucherId: VoucherId ?? null };
  }

  /** The vouchers of the program that match, read as records, so with the keys of reservations (v62). */
  async find(program: string, criteria: VoucherCriteria): Promise<VoucherRow[]> {
    return findVouchers(this.#query, program, { criteria, hasReservations: this.#version >= actionsSince });
  }

  async #redeem(
    program: string,
    { membershipNumber, voucherCode, voucherNumber }: VoucherChoice,
    body: { readonly [Name in keyof RedeemVoucherRequest]: RedeemVoucherRequest[Name] | undefined },
  ): Promise<RedeemVoucherResponse> {
    return this.#call(voucherEndpoints.redeem, {
      params: { program, membershipNumber, voucherCode },
      query: definedValues({ voucherNumber }),
      body: definedValues(body),
    });
  }
}
