import { z } from 'zod';
import { linesText, RecordName } from './commonShapes.js';
import { Currency } from './currencyShapes.js';
import { DefinedMember, Partner } from './partyShapes.js';
import { JournalType, Process } from './processShapes.js';
import { EngagementAttribute, Promotion } from './promotionShapes.js';
import { Badge, Benefit, BenefitType, VoucherDefinition } from './rewardShapes.js';
import { TierGroup } from './tierShapes.js';

/**
 * The schema of a definition, before its parts are compared with each other. Days are `yyyy-MM-dd`. The descriptions
 * are in the published JSON Schema, so that editors show them.
 */
export const ProgramShape = z.strictObject({
  $schema: z.string().optional().describe('Path of the JSON Schema, for editors.'),
  name: RecordName.regex(/[\p{L}\p{N}]/u, 'needs a letter or a digit').describe('Name of the program.'),
  description: linesText(1333).optional().describe('For people.'),
  status: z.enum(['Active', 'Inactive']).default('Active').describe('Default: Active.'),
  escrowDays: z.int().nonnegative().optional().describe('Days before points in escrow can be spent.'),
  tierGroups: z.array(TierGroup).default([]).describe('Groups of tiers.'),
  currencies: z.array(Currency).describe('Kinds of points.'),
  benefitTypes: z.array(BenefitType).default([]).describe('Kinds of benefits.'),
  benefits: z.array(Benefit).default([]).describe('Perks that tiers give.'),
  journalTypes: z.array(JournalType).default([]).describe('Kinds of journals, and their subtypes.'),
  voucherDefinitions: z.array(VoucherDefinition).default([]).describe('Kinds of vouchers.'),
  engagementAttributes: z.array(EngagementAttribute).default([]).describe('What the org counts for each member.'),
  promotions: z.array(Promotion).default([]).describe('Offers to members.'),
  badges: z.array(Badge).default([]).describe('Marks of honor.'),
  partners: z.array(Partner).default([]).describe('Other businesses whose customers earn or spend points.'),
  processes: z.array(Process).default([]).describe('Program processes.'),
  rules: z
    .string()
    .min(1)
    .optional()
    .describe(
      'Path of a file of type LoyaltyProgramSetup with the rules of the processes, from the folder of the definition. It is deployed to an org that takes deploys.',
    ),
  members: z.array(DefinedMember).default([]).describe('Persons to enroll.'),
});
export type ProgramShape = z.output<typeof ProgramShape>;
