/**
 * A person account has the fields of its contact under a name with `Person` in front: the lines of those that the stub of
 * Account has. An account of a company has them, too, so that none is required.
 */
export function personLines(contactLines: readonly string[], accountStub: ReadonlySet<string>): string[] {
  return contactLines
    .filter((line) => accountStub.has(`Person${nameOf(line)}`))
    .map((line) =>
      line
        .replace(/^/, 'Person')
        .replace(/ (required|idLookup|cascade|refuse)\b/g, '')
        .replace(/ in (\w+Address)\b/, ' in Person$1')
        .replace(/ as (\w+)/, ' as Person$1'),
    );
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(' '));
}
