import type { Probe } from '../probe.js';
import { bulkProbes } from './bulkProbes.js';
import { httpProbes } from './httpProbes.js';
import { journalActionProbes } from './journalActionProbes.js';
import { journalLookUpProbes } from './journalLookUpProbes.js';
import { journalProbes } from './journalProbes.js';
import { loyaltyProbes } from './loyaltyProbes.js';
import { manyProbes } from './manyProbes.js';
import { memberProbes } from './memberProbes.js';
import { objectProbes } from './objectProbes.js';
import { personProbes } from './personProbes.js';
import { processProbes } from './processProbes.js';
import { progressProbes } from './progressProbes.js';
import { recordProbes } from './recordProbes.js';
import { soqlProbes } from './soqlProbes.js';
import { valueProbes } from './valueProbes.js';

/** In the order in which they are asked. Probes for exactly-once come first. */
export const allProbes: readonly Probe[] = [
  ...journalLookUpProbes,
  ...journalProbes,
  ...journalActionProbes,
  ...valueProbes,
  ...processProbes,
  ...loyaltyProbes,
  ...personProbes,
  ...memberProbes,
  ...progressProbes,
  ...objectProbes,
  ...recordProbes,
  ...manyProbes,
  ...bulkProbes,
  ...soqlProbes,
  ...httpProbes,
];
