import { z } from 'zod';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import { mostFound } from './search.js';
import type { Search, SearchedObject } from './search.js';
import { malformedSearch } from './searchErrors.js';

const Count = z.coerce.number().int().min(1).max(mostFound);
const Scope = z
  .string()
  .transform((text) => text.toUpperCase())
  .pipe(z.enum(['ALL', 'EMAIL', 'NAME', 'PHONE', 'SIDEBAR']));

/** The body of a search. Members about knowledge articles, divisions and sites have no effect here. */
const SearchBody = z.looseObject({
  q: z.string(),
  in: Scope.default('ALL'),
  fields: z.array(z.string()).default([]),
  sobjects: z
    .array(
      z.looseObject({
        name: z.string().regex(/^\w+$/),
        fields: z.array(z.string()).optional(),
        where: z.string().optional(),
        orderBy: z.string().optional(),
        limit: Count.optional(),
      }),
    )
    .default([]),
  overallLimit: Count.default(mostFound),
  defaultLimit: Count.optional(),
  offset: z.coerce.number().int().min(0).max(mostFound).optional(),
  metadata: z.string().optional(),
});

/** Reads a search from a JSON body. @throws {OrgRefusal} 400 MALFORMED_SEARCH */
export function searchOfBody({ body }: OrgRequest): Search {
  return searchOf(body.object());
}

/** Reads a search from `?q=Acme&sobject=Account&Account.fields=id,name`. @throws {OrgRefusal} 400 MALFORMED_SEARCH */
export function searchOfQuery({ query }: OrgRequest): Search {
  const one = (name: string): string | undefined => query.get(name) ?? undefined;
  const list = (name: string): string[] | undefined => one(name)?.split(',');
  const sobjects = query
    .getAll('sobject')
    .flatMap((names) => names.split(','))
    .map((name) => ({
      name,
      fields: list(`${name}.fields`),
      where: one(`${name}.where`),
      orderBy: one(`${name}.orderBy`),
      limit: one(`${name}.limit`),
    }));
  const names = ['q', 'in', 'overallLimit', 'defaultLimit', 'offset', 'metadata'];
  const given = Object.fromEntries(names.map((name) => [name, one(name)]));
  return searchOf({ ...given, fields: list('fields'), sobjects });
}

function searchOf(given: Record<string, unknown>): Search {
  const read = SearchBody.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw malformedSearch(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is invalid'}`);
  }
  const { q, in: scope, fields, sobjects, overallLimit, defaultLimit, offset, metadata } = read.data;
  if (sobjects.length === 0 && fields.length > 0) throw malformedSearch('fields needs at least one sobject');
  const objects = sobjects.map((each): SearchedObject => ({
    name: each.name,
    fields: each.fields ?? fields,
    where: each.where,
    orderBy: each.orderBy?.replace(/NULLS_(FIRST|LAST)/gi, 'NULLS $1'),
    limit: each.limit ?? defaultLimit,
    offset: sobjects.length === 1 ? offset : undefined,
  }));
  return { text: q, scope, objects, limit: overallLimit, withLabels: metadata?.toUpperCase() === 'LABELS' };
}
