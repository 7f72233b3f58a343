/** How the built-in rule and the enrollment of an org behave. Read at every request, so that a test may change them. */
export interface LoyaltySettings {
  /** Points that the built-in rule gives per unit of transaction amount, in every active currency of the program. */
  readonly pointsPerUnit: number;
  /** Uses that one purchase adds to a cumulative promotion. A whole number. */
  readonly usagePerPurchase: number;
  /**
   * A new member starts in the lowest tier of each active tier group, however it is inserted, as in an org. Read at the
   * start only.
   */
  readonly assignInitialTier: boolean;
  /**
   * The tier follows the qualifying balance at once; a lower one only when the tier has expired or never expires. In an
   * org a tier process does that, usually in a batch.
   */
  readonly tierFollowsBalance: boolean;
  /**
   * Real-time journals fill the unique fields of the org's own, so that a second journal of a value is refused. Whether
   * a real org's engine does is not published; off, these fields stay empty in its journals.
   */
  readonly realtimeHonorsUniqueFields: boolean;
  /**
   * Loyalty setting `enablePointsLifecycleTracking`: keeps which credit paid for which debit, for the currencies that
   * allow it (`DoesAllowLedgerTracing`).
   */
  readonly pointsLifecycleTracking: boolean;
  /** Loyalty setting `enableAutomaticVoucherCodeGeneration`: a voucher that is issued without a code gets one. */
  readonly voucherCodeGeneration: boolean;
  /**
   * Who is in which segment of Data Cloud: membership numbers by the name of the MarketSegment. An org knows it from Data
   * Cloud, which this one does not have.
   */
  readonly segmentMembers: Readonly<Record<string, readonly string[]>>;
}

export const defaultLoyaltySettings: LoyaltySettings = {
  pointsPerUnit: 1,
  usagePerPurchase: 1,
  assignInitialTier: true,
  tierFollowsBalance: true,
  realtimeHonorsUniqueFields: true,
  pointsLifecycleTracking: false,
  voucherCodeGeneration: true,
  segmentMembers: {},
};
