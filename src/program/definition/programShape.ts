import { z } from 'zod';
import { RecordName } from './commonShapes.js';
import { Currency } from './currencyShapes.js';
import { DefinedMember, Partner } from './partyShapes.js';
import { JournalType, Process } from './processShapes.js';
import { EngagementAttribute, Promotion } from './promotionShapes.js';
import { Badge, Benefit, BenefitType, VoucherDefinition } from './rewardShapes.js';
import { TierGroup } from './tierShapes.js';

/** The schema of a definition, before its parts are compared with each other. Days are `yyyy-MM-dd`. */
export const ProgramShape = z.strictObject({
  /** For editors. */
  $schema: z.string().optional(),
  name: RecordName.regex(/[\p{L}\p{N}]/u, 'needs a letter or a digit'),
  description: z.string().max(1333).optional(),
  status: z.enum(['Active', 'Inactive']).default('Active'),
  /** Days before points in escrow can be spent. */
  escrowDays: z.int().nonnegative().optional(),
  tierGroups: z.array(TierGroup).default([]),
  currencies: z.array(Currency),
  benefitTypes: z.array(BenefitType).default([]),
  benefits: z.array(Benefit).default([]),
  journalTypes: z.array(JournalType).default([]),
  voucherDefinitions: z.array(VoucherDefinition).default([]),
  engagementAttributes: z.array(EngagementAttribute).default([]),
  promotions: z.array(Promotion).default([]),
  badges: z.array(Badge).default([]),
  partners: z.array(Partner).default([]),
  processes: z.array(Process).default([]),
  /**
   * Path of a file of type LoyaltyProgramSetup with the rules of the processes, beside the definition. Deployed to an
   * org that takes deploys.
   */
  rules: z.string().min(1).optional(),
  members: z.array(DefinedMember).default([]),
});
export type ProgramShape = z.output<typeof ProgramShape>;
