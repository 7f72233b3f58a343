/** A path of the contract as the router has it: `/…/{program}` → `/…/:program` */
export function routePath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
