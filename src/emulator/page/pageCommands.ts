import { commandLine } from '../../base/text/commandLine.js';
import { shellOf, shellWord, variableLine } from '../../base/text/shell.js';

// What the page gives to copy: lines for the shell of this machine, on which the browser is, too.

/** The alias under which the page says to log in. */
const alias = 'local';

/** @param member a membership number, which may be anything */
export function promotionsOf(member: string, shell = shellOf()): string {
  return commandLine('list promotions', { member, 'target-org': alias }, shell);
}

export function nearReward(shell = shellOf()): string[] {
  return [commandLine('list progress', { near: 75, 'target-org': alias }, shell)];
}

export function logInCommands({ url, token }: { url: string; token: string }, shell = shellOf()): string[] {
  const place = shellWord(url, shell) ?? 'URL';
  if (shell === 'powershell') {
    return [
      variableLine('SF_ACCESS_TOKEN', token, shell),
      `sf org login access-token --no-prompt --instance-url ${place} --alias ${alias}`,
    ];
  }
  return [
    `SF_ACCESS_TOKEN=${shellWord(token, shell) ?? 'TOKEN'} \\`,
    '  sf org login access-token --no-prompt \\',
    `  --instance-url ${place} \\`,
    `  --alias ${alias}`,
  ];
}

export function useOnce({ url, token }: { url: string; token: string }, shell = shellOf()): string[] {
  return [
    variableLine('SF_ORG_INSTANCE_URL', url, shell),
    commandLine('list progress', { near: 75, 'target-org': token }, shell),
  ];
}

export function keepAndEnd(url: string, shell = shellOf()): string[] {
  return ['emulator save org.snapshot', 'emulator stop'].map((words) => commandLine(words, { url }, shell));
}

export function failTwice(url: string, shell = shellOf()): string[] {
  const address = shellWord(`${url}/emulator/faults`, shell) ?? 'URL';
  const fault = '{"fault":"error","status":503,"count":2}';
  if (shell === 'posix') return [`curl ${address} \\`, "  -H 'x-emulator-control: 1' \\", `  -d '${fault}'`];
  // No program: before PowerShell 7.3, one would be given the plan without its quotes.
  return [
    `Invoke-RestMethod ${address} -Method Post \``,
    "  -Headers @{ 'x-emulator-control' = '1' } `",
    `  -Body '${fault}'`,
  ];
}
