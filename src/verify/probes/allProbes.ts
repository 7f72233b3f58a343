import type { Probe } from '../probe.js';
import { bulkProbes } from './bulkProbes.js';
import { cartPromotionProbes } from './cartPromotionProbes.js';
import { httpProbes } from './httpProbes.js';
import { journalActionProbes } from './journalActionProbes.js';
import { journalLookUpProbes } from './journalLookUpProbes.js';
import { journalProbes } from './journalProbes.js';
import { loyaltyProbes } from './loyaltyProbes.js';
import { manyProbes } from './manyProbes.js';
import { memberProbes } from './memberProbes.js';
import { objectProbes } from './objectProbes.js';
import { personProbes } from './personProbes.js';
import { pointsActionProbes } from './pointsActionProbes.js';
import { processProbes } from './processProbes.js';
import { progressProbes } from './progressProbes.js';
import { recordProbes } from './recordProbes.js';
import { simulationProbes } from './simulationProbes.js';
import { soqlProbes } from './soqlProbes.js';
import { tierProbes } from './tierProbes.js';
import { transactionProbes } from './transactionProbes.js';
import { valueProbes } from './valueProbes.js';
import { voucherProbes } from './voucherProbes.js';

/** In the order in which they are asked. Probes for exactly-once come first. */
export const allProbes: readonly Probe[] = [
  ...journalLookUpProbes,
  ...journalProbes,
  ...journalActionProbes,
  ...simulationProbes,
  ...valueProbes,
  ...processProbes,
  ...pointsActionProbes,
  ...tierProbes,
  ...loyaltyProbes,
  ...personProbes,
  ...memberProbes,
  ...voucherProbes,
  ...transactionProbes,
  ...cartPromotionProbes,
  ...progressProbes,
  ...objectProbes,
  ...recordProbes,
  ...manyProbes,
  ...bulkProbes,
  ...soqlProbes,
  ...httpProbes,
];
