import type { z } from 'zod';

type NameIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NameIn<Rest> : never;

/** Values for the `{name}` segments of a path, not yet encoded. */
export type PathParameters<Path extends string> = Readonly<Record<NameIn<Path>, string>>;

/** A resource of the org, as its guide describes it. Client and local org both read it from here. */
export interface LoyaltyEndpoint<
  Path extends string = string,
  Query extends z.ZodType | undefined = z.ZodType | undefined,
  Request extends z.ZodType | undefined = z.ZodType | undefined,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: 'GET' | 'POST';
  /** Below `/services/data/vNN.0`. */
  readonly path: Path;
  /** First API version that has the resource. */
  readonly since: number;
  /** Title of its page in the guide. */
  readonly guide: string;
  /** Parameters of the query string, if any. Values arrive as strings. */
  readonly query: Query;
  /** The body, if any. */
  readonly request: Request;
  /** What a success answers. */
  readonly response: Response;
}

export type ParametersOf<E extends LoyaltyEndpoint> = PathParameters<E['path']>;
export type QueryOf<E extends LoyaltyEndpoint> = E['query'] extends z.ZodType ? z.input<E['query']> : undefined;
export type RequestOf<E extends LoyaltyEndpoint> = E['request'] extends z.ZodType ? z.infer<E['request']> : undefined;
export type ResponseOf<E extends LoyaltyEndpoint> = z.infer<E['response']>;

interface Facts<Path, Query, Request, Response> {
  readonly method: 'GET' | 'POST';
  readonly path: Path;
  readonly since: number;
  readonly guide: string;
  readonly query?: Query;
  readonly request?: Request;
  readonly response: Response;
}

/** Writes a resource down. `{name}` segments of the path become typed parameters. */
export function endpoint<
  const Path extends string,
  Response extends z.ZodType,
  Query extends z.ZodType | undefined = undefined,
  Request extends z.ZodType | undefined = undefined,
>({
  query,
  request,
  ...facts
}: Facts<Path, Query, Request, Response>): LoyaltyEndpoint<Path, Query, Request, Response> {
  return { ...facts, query: query as Query, request: request as Request };
}

/** Names a request without its values: `GET /loyalty-programs/{program}/members`. */
export function requestName({ method, path }: Pick<LoyaltyEndpoint, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** The path with its parameters filled in and encoded. */
export function pathOf<Path extends string>({ path }: { readonly path: Path }, params: PathParameters<Path>): string {
  const values: Readonly<Record<string, string>> = params;
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}
