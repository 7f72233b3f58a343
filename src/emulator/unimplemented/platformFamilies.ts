import { notFound, notImplemented } from '../orgRefusal.js';
import type { OrgRefusal } from '../orgRefusal.js';

/**
 * Families of resources below `/services/data/vNN.0` that this org does not implement, by their first path segments.
 */
export const families: ReadonlyMap<string, string> = new Map([
  ['tooling', 'the Tooling API'],
  ...named('suggestions of searches', [
    'search/suggestions',
    'search/suggestTitleMatches',
    'search/suggestSearchQueries',
  ]),
  ['graphql', 'GraphQL'],
  ['ui-api', 'the User Interface API'],
  ...named('events, Chatter or Analytics', ['event', 'chatter', 'analytics', 'wave', 'smartdatadiscovery']),
  ...named('tabs, themes and the app menu', ['tabs', 'theme', 'appMenu']),
  ['quickActions', 'quick actions'],
  ['process', 'approval processes and workflow rules'],
  ...named('knowledge and support', ['support', 'knowledgeManagement']),
  ['actions/custom', 'other custom actions'],
  ['connect/business-rules', 'decision tables'],
  ...named('Chatter', ['connect/communities', 'connect/files', 'connect/organization', 'connect/user-profiles']),
  ...named('commerce', ['commerce', 'connect/commerce']),
  ...named('the async query API', ['async-queries']),
  ...named('licensing', ['licensing']),
  ...named('duplicate rules', ['dedupe', 'match']),
  ...named('folders of reports and dashboards', ['folders']),
  ...named('consent', ['consent']),
  ...named('scheduling', ['scheduling']),
  ['global-promotions-management/promotions', 'the authoring of promotions'],
]);

const others: readonly (readonly [RegExp, string])[] = [
  [/^\/services\/async(?:\/|$)/, 'Bulk API 1.0'],
  [/^\/services\/Soap\/s(?:\/|$)/, 'Apex'],
  [/^\/services\/Soap(?:\/|$)/, 'SOAP: log in with OAuth'],
  [/^\/services\/apexrest(?:\/|$)/, 'Apex REST'],
  [/^\/cometd(?:\/|$)/, 'the Streaming API'],
];

const form = /^\/services\/data\/v\d\d\.0\/(([^/]+)(?:\/[^/]+)?)/;

/** Returns the error for a path without an endpoint: 404, or 501 if an org has the resource. */
export function absence(path: string): OrgRefusal {
  const [, two = '', one = ''] = form.exec(path) ?? [];
  const what = families.get(two) ?? families.get(one) ?? others.find(([pattern]) => pattern.test(path))?.[1];
  return what === undefined ? notFound() : notImplemented(what);
}

function named(what: string, segments: readonly string[]): (readonly [string, string])[] {
  return segments.map((segment) => [segment, what] as const);
}
