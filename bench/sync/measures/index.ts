import type { Measure } from '../measure.js';
import { besideBulk } from './besideBulk.js';
import { besideLoop } from './besideLoop.js';
import { calls } from './calls.js';
import { growth } from './growth.js';
import { live } from './live.js';
import { memory } from './memory.js';
import { sharedOutbox } from './sharedOutbox.js';
import { single } from './single.js';
import { slowOrg, slowOrgWide } from './slowOrg.js';
import { slowOrgSkewed } from './slowOrgSkewed.js';
import { takeover } from './takeover.js';
import { throughput } from './throughput.js';
import { workers } from './workers.js';

/** The measures by the names that the command takes. */
export const measures: Readonly<Record<string, Measure>> = {
  even: throughput('even', { must: 30_000, aim: 60_000 }),
  skewed: throughput('skewed', { must: 25_000, aim: 50_000 }),
  single,
  'slow-org': slowOrg,
  'slow-org-wide': slowOrgWide,
  'slow-org-skewed': slowOrgSkewed(8, 200_000),
  'slow-org-skewed-wide': slowOrgSkewed(16, 1_000_000),
  calls,
  memory,
  growth,
  live,
  'shared-outbox': sharedOutbox,
  workers,
  takeover,
  'beside-loop': besideLoop,
  'beside-bulk': besideBulk,
};
