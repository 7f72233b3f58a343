import type { Faults } from '../faults/index.js';
import type { Org } from '../org.js';
import type { Parts } from './pageDocument.js';
import { faultLine } from './faultLine.js';
import { MemberViews } from './memberViews.js';
import { foundSection, membersSection } from './membersSection.js';
import { ProgramTotals } from './programTotals.js';
import type { RecentRequests } from './recentRequests.js';
import { rowCounts } from './rowCounts.js';
import { faultsSection, objectsSection, programsSection, requestsSection, totalsSection } from './pageSections.js';

/** What the page shows besides rows. */
export interface Shown {
  readonly requests: RecentRequests;
  readonly faults: Pick<Faults, 'rules'>;
}

/** Draws the parts of the page, with or without a search for members. */
export class PageParts {
  readonly #org: Org;
  readonly #shown: Shown;
  readonly #started: number;
  readonly #members: MemberViews;
  readonly #programs: ProgramTotals;
  readonly #all = atMostNowAndThen(() => ({ ...this.#withoutMembers(), ...this.#membersOf('') }));
  /** The last search and its parts, because the page requests the same search repeatedly. */
  #searched = { text: '', parts: atMostNowAndThen(() => this.#membersOf('')) };

  constructor(org: Org, shown: Shown) {
    this.#org = org;
    this.#shown = shown;
    this.#started = org.clock.now();
    this.#members = new MemberViews(org.store.db);
    this.#programs = new ProgramTotals(org.store.db);
  }

  draw(search: string): Parts {
    if (search === '') return this.#all();
    if (search !== this.#searched.text) {
      this.#searched = { text: search, parts: atMostNowAndThen(() => this.#membersOf(search)) };
    }
    return { ...this.#all(), ...this.#searched.parts() };
  }

  #membersOf(search: string): Pick<Parts, 'found' | 'members'> {
    const list = search === '' ? this.#members.list() : this.#members.search(search);
    return { found: foundSection(search, list.length), members: membersSection(list, search) };
  }

  #withoutMembers(): Omit<Parts, 'found' | 'members'> {
    const { store, clock, usage } = this.#org;
    const { requests, faults } = this.#shown;
    return {
      totals: totalsSection({
        ...{ requests: requests.total, callsUsed: usage.used, callsMax: usage.max },
        uptime: clock.now() - this.#started,
      }),
      programs: programsSection(this.#programs.list()),
      faults: faultsSection(faults.rules.map(faultLine)),
      requests: requestsSection(requests.list()),
      objects: objectsSection(rowCounts(store)),
    };
  }
}

/**
 * Limits how often parts are drawn, because requests wait during that time. They are drawn at most once a second and in
 * at most a fiftieth of the time, no matter how many browsers show the page.
 */
function atMostNowAndThen<T extends object>(draw: () => T): () => T {
  let drawn: T | undefined;
  let until = 0;
  return () => {
    const now = performance.now();
    if (drawn && now < until) return drawn;
    drawn = draw();
    const took = performance.now() - now;
    until = now + Math.max(1_000, took * 50);
    return drawn;
  };
}
