/** Returns a text as YAML, quoted only where it has to be. */
export function yamlText(text: string): string {
  return /^[A-Za-z_][\w.]*(?: [\w.]+)*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
