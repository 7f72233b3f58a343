import { nearest } from '../../base/text/nearest.js';

/** A name in an expression, and the character behind it. */
export interface UsedName {
  readonly name: string;
  readonly position: number;
}

type Node = Readonly<Record<string, unknown>>;

/**
 * Names in an expression that can only be columns of the row: its value is the row itself where they stand. Names behind
 * a dot or in a filter are about something else, and what is asked for with `$exists` may be absent.
 *
 * @param tree as JSONata parses the expression
 */
export function columnsIn(tree: unknown): UsedName[] {
  const found: UsedName[] = [];
  const optional = new Set<string>();
  // Without recursion: an expression of many terms is a deep tree.
  const left: { readonly node: unknown; readonly ofRow: boolean }[] = [{ node: tree, ofRow: true }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { node, ofRow } = next;
    if (Array.isArray(node)) left.push(...node.map((each: unknown) => ({ node: each, ofRow })));
    if (!isNode(node) || Array.isArray(node)) continue;
    const steps = node['type'] === 'path' && Array.isArray(node['steps']) ? (node['steps'] as unknown[]) : undefined;
    if (steps === undefined) {
      if (isCallOf(node, 'exists')) for (const { name } of columnsIn(node['arguments'])) optional.add(name);
      const keepsRow = ofRow && rowKeepers.has(String(node['type']));
      left.push(...Object.values(node).map((each) => ({ node: each, ofRow: keepsRow })));
      continue;
    }
    const column = columnOf(steps, ofRow);
    if (column) found.push(column);
    const { steps: _, ...rest } = node;
    const [first, ...others] = steps;
    // The filters of a first step that is a name are about its value; any other first step is about the row.
    left.push({ node: first, ofRow: ofRow && isNode(first) && first['type'] !== 'name' });
    left.push({ node: [...others, ...Object.values(rest)], ofRow: false });
  }
  return found.filter(({ name }) => !optional.has(name)).toSorted((a, b) => a.position - b.position);
}

/** What is evaluated for the same value as its parts. */
const rowKeepers: ReadonlySet<string> = new Set(
  'unary binary apply function partial lambda condition block bind'.split(' '),
);

/** `store`, `$.store` or `$$.store`. */
function columnOf([first, second]: readonly unknown[], ofRow: boolean): UsedName | undefined {
  if (!isNode(first)) return undefined;
  if (first['type'] === 'name') return ofRow ? usedName(first) : undefined;
  const isRow = first['type'] === 'variable' && (first['value'] === '$' || (first['value'] === '' && ofRow));
  const isPlain = first['predicate'] === undefined && first['stages'] === undefined;
  return isRow && isPlain && isNode(second) && second['type'] === 'name' ? usedName(second) : undefined;
}

/** The first variable that nothing defines: a function that JSONata does not have, or a value that is always nothing. */
export function undefinedIn(tree: unknown): (UsedName & { readonly meant: string | undefined }) | undefined {
  const used: UsedName[] = [];
  const known = new Set<string>(['', '$', ...functions]);
  const left: unknown[] = [tree];
  while (left.length > 0) {
    const node = left.pop();
    if (!isNode(node)) continue;
    if (node['type'] === 'variable') used.push(usedName(node));
    for (const name of definedBy(node)) known.add(name);
    left.push(...Object.values(node));
  }
  const unknown = used.toSorted((a, b) => a.position - b.position).find(({ name }) => !known.has(name));
  return unknown && { ...unknown, meant: nearest(unknown.name, known) };
}

/** Wherever they are defined: what is known too widely is no error. */
function definedBy(node: Node): string[] {
  const parameters: unknown = node['type'] === 'lambda' ? node['arguments'] : [];
  const bound = node['type'] === 'bind' ? [node['lhs']] : [];
  const ofVariables = [...(Array.isArray(parameters) ? (parameters as unknown[]) : []), ...bound]
    .filter(isNode)
    .map(({ value }) => value);
  const ofStep = [node['focus'], node['index'], node['type'] === 'index' ? node['value'] : undefined];
  return [...ofVariables, ...ofStep].filter((name) => typeof name === 'string');
}

function isCallOf(node: Node, name: string): boolean {
  return node['type'] === 'function' && isNode(node['procedure']) && node['procedure']['value'] === name;
}

function usedName({ value, position }: Node): UsedName {
  return { name: String(value), position: typeof position === 'number' ? position : 0 };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

/** Functions of JSONata, without the dollar sign. */
export const functions = [
  ...'abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl'.split(' '),
  ...'decodeUrlComponent distinct each encodeUrl encodeUrlComponent error eval exists filter floor'.split(' '),
  ...'formatBase formatInteger formatNumber fromMillis join keys length lookup lowercase map match max'.split(' '),
  ...'merge millis min not now number pad parseInteger power random reduce replace reverse round shuffle'.split(' '),
  ...'sift single sort split spread sqrt string substring substringAfter substringBefore sum toMillis'.split(' '),
  ...'trim type uppercase zip'.split(' '),
];
