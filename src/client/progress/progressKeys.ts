/** The Ids of a member and a promotion. */
export interface ProgressKeys {
  readonly memberId: string;
  readonly promotionId: string;
}
