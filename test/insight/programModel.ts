/** A member as the model knows it. Days are `yyyy-MM-dd`. */
export interface ModelMember {
  readonly id: string;
  readonly channel: string;
  readonly enrolled: string;
  readonly status: 'Active' | 'Inactive' | 'Merged';
  readonly ended: string | null;
  readonly receivesPromotions: boolean;
  /** Whole points that decide on the tier. */
  readonly tierPoints: number;
  readonly progress: readonly { readonly completed: number; readonly target: number }[];
  /** In the order of their days. */
  readonly tiers: readonly { readonly tier: string; readonly since: string; readonly until: string | null }[];
}

/** An event in the life of a member. Amounts and points are whole hundredths. */
export interface ModelEvent {
  readonly member: ModelMember;
  readonly kind:
    'purchase' | 'return' | 'canceled' | 'redemption' | 'givenBack' | 'expiry' | 'sent' | 'received' | 'pending';
  readonly day: string;
  readonly amount: number;
  readonly points: number;
  /** Of points that a purchase earned. */
  readonly expires: string | null;
}

export interface ModelVoucher {
  readonly member: ModelMember;
  readonly status: 'Issued' | 'Redeemed' | 'Expired';
  readonly issued: string;
  readonly expires: string;
  readonly used: string | null;
}

/** Two years of a program that was made up from a number, in a local org and in the memory of the test. */
export interface ModelledProgram {
  readonly members: readonly ModelMember[];
  readonly events: readonly ModelEvent[];
  readonly vouchers: readonly ModelVoucher[];
  readonly programId: string;
}
