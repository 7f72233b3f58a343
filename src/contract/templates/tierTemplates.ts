import { z } from 'zod';
import { optional, recordId, textParameter } from '../parameter.js';
import { processTemplate } from '../processTemplate.js';

/**
 * Guide: "Update Member Tier", whose sample nests its results once. `NewTier` is the name of a tier: an org refused
 * `TierName`. Without an active rule the result is empty.
 */
export const tierProcessing = processTemplate({
  type: 'TierProcessing',
  inputs: {
    MemberId: optional(recordId),
    MembershipNumber: optional(textParameter),
    NewTier: textParameter,
    ReasonForChange: optional(textParameter),
  },
  result: z.looseObject({
    CurrentTier: z.string().nullish(),
    PreviousTier: z.string().nullish(),
    /** `yyyy-MM-dd`, like `TierExpirationDate`. */
    EffectiveDate: z.string().nullish(),
    TierExpirationDate: z.string().nullish(),
  }),
});
