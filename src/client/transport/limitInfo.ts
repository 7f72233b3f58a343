/** Calls that the org counted in the last 24 hours, from all its clients. */
export interface ApiUsage {
  readonly used: number;
  readonly limit: number;
}

/**
 * Reads a header such as `api-usage=18/100000; per-app-api-usage=17/250(appName=x)`.
 * Pairs other than `api-usage` differ between releases. Guide: "Limit Info Header".
 */
export function parseLimitInfo(header: string | undefined): ApiUsage | undefined {
  for (const pair of header?.split(/[;,]/) ?? []) {
    const match = /^\s*api-usage\s*=\s*(\d+)\s*\/\s*(\d+)/i.exec(pair);
    if (match) return { used: Number(match[1]), limit: Number(match[2]) };
  }
  return undefined;
}
