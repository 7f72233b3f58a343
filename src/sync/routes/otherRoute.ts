import { isRouteInput, routeInputs } from '../../transaction.js';
import type { OutboxItem } from '../../outbox/index.js';

/** What a transaction is made for: a journal, which three routes send, or the inputs of one route. */
export type RouteKind = 'journals' | 'credit-points' | 'progress';

/** Code of a transaction that another route sends. The outbox may have it from another feed. */
const otherRouteCode = 'OTHER_ROUTE';

const takes = { 'credit-points': 'PointsToCredit', progress: 'UsageIncrementForCumulativePromotion' } as const;

/** Returns why a route cannot send an item, if its fields are those of another route. Nothing is sent of it then. */
export function otherRoute(
  { journal }: OutboxItem,
  kind: RouteKind,
): { readonly code: string; readonly message: string } | undefined {
  const needed = kindOf(journal);
  if (needed === kind) return undefined;
  return { code: otherRouteCode, message: `${misfit(journal, { needed, kind })}. Nothing was sent.` };
}

function kindOf(journal: OutboxItem['journal']): RouteKind {
  if (journal[takes.progress] !== undefined) return 'progress';
  for (const name of routeInputs) if (journal[name] !== undefined) return 'credit-points';
  return 'journals';
}

function misfit(
  journal: OutboxItem['journal'],
  { needed, kind }: { readonly needed: RouteKind; readonly kind: RouteKind },
): string {
  const retry = `"sync retry" with --code ${otherRouteCode}`;
  if (needed !== 'journals') {
    const input = Object.keys(journal).find((name) => isRouteInput(name));
    return `It has ${input}, which only --route ${needed} takes: run ${retry} and --route ${needed}`;
  }
  const missing = kind === 'journals' ? '' : takes[kind];
  return (
    `It has no ${missing}, which --route ${kind} needs. If it is a journal of another feed, run ${retry} and the route ` +
    `of that feed (realtime needs no --route); otherwise map ${missing}, and read the feed again`
  );
}
