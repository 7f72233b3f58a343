import type { Model, ModelItem } from './model.js';

/** A line of a feed, and what it says. */
export interface ModelLine {
  readonly key: string;
  readonly member: string;
  readonly content: string;
  readonly details: string;
  readonly feed: string;
  readonly line: number;
}

export type Decision =
  | 'new'
  | 'forgotten'
  | 'repeated'
  | 'repeatAccepted'
  | 'conflict'
  | 'known'
  | 'superseded'
  | 'corrected'
  | 'takenUpByItself'
  | 'refusedBefore'
  | 'openBefore';

/** The table "The same key again", row by row. */
export function decide(model: Model, line: ModelLine, { acceptsRepeats }: { acceptsRepeats: boolean }): Decision {
  const item = model.currentOf(line.key);
  if (!item) return model.forgotten.has(line.key) ? 'forgotten' : 'new';
  const inRun = model.items
    .filter(({ key }) => key === line.key)
    .flatMap(({ content, places }) => places.map((place) => ({ ...place, content })))
    .filter(({ run }) => run === model.run);
  const [lastInFile] = inRun.filter(({ feed }) => feed === line.feed).toSorted((a, b) => b.line - a.line);
  if (lastInFile && lastInFile.content !== line.content) return 'conflict';
  if (lastInFile) return acceptsRepeats ? 'repeatAccepted' : 'repeated';
  if (inRun.length > 0) return inOtherFile(model, item, line);
  return inOtherRun(model, item, line);
}

function inOtherFile(model: Model, item: ModelItem, line: ModelLine): Decision {
  if (item.content === line.content) return 'repeatAccepted';
  if (model.isOverruled(line)) return overruled(item);
  return item.state === 'done' || item.wasSent ? 'conflict' : 'corrected';
}

function inOtherRun(model: Model, item: ModelItem, line: ModelLine): Decision {
  const isSame = item.content === line.content;
  const saysMore = isSame && item.details !== line.details;
  if (!isSame && model.isOverruled(line)) return overruled(item);
  switch (item.state) {
    case 'done':
      if (isSame) return 'known';
      return item.keptOrg ? 'corrected' : 'conflict';
    case 'sent':
    case 'parked':
    case 'conflictInOrg':
    case 'doubled':
      return isSame ? 'openBefore' : 'corrected';
    case 'refused':
      if (!isSame || saysMore) return 'corrected';
      if (item.run === model.run || item.past.has(model.run)) return 'openBefore';
      return item.code === 'UNKNOWN_MEMBER' ? 'takenUpByItself' : 'refusedBefore';
    default:
      return isSame && !saysMore ? 'openBefore' : 'corrected';
  }
}

/** An old line that is read again after a correction has replaced it. */
function overruled({ state }: ModelItem): Decision {
  if (state === 'refused') return 'refusedBefore';
  return ['parked', 'conflictInOrg', 'doubled'].includes(state) ? 'openBefore' : 'superseded';
}
