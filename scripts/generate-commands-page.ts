/** Writes docs/commands.md: every command with its flags and examples, from the commands themselves. */
import { Config } from '@oclif/core';
import type { Command } from '@oclif/core';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const commandsPage = join(root, 'docs', 'commands.md');

type Flag = Command.Flag.Cached;

/** Flags of nearly every command, told once at the top of the page. */
const shared = new Set(['json', 'flags-dir', 'target-org', 'api-version']);

interface PackageJson {
  readonly oclif: {
    readonly topics: { readonly loyalty: { readonly subtopics: Record<string, { description: string }> } };
  };
}

/** Returns the up-to-date page. A test compares it with the file. */
export async function freshCommandsPage(): Promise<string> {
  const config = await Config.load({ root, devPlugins: false, userPlugins: false });
  const commands = config.commands.filter(({ id }) => id.startsWith('loyalty:')).sort(byId);
  const { oclif } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as PackageJson;
  const topics = Map.groupBy(commands, ({ id }) => id.split(':')[1] ?? '');
  const pages = [...topics].map(([topic, those]) => {
    const about = sentence(oclif.topics.loyalty.subtopics[topic]?.description ?? '');
    return [`## ${topic}`, about, ...those.map((command) => commandText(command, config.bin))].join('\n\n');
  });
  return `${[head(commands, config.bin), ...pages].join('\n\n')}\n`;
}

function head(commands: readonly Command.Loadable[], bin: string): string {
  const rows = commands.map((command) => {
    const name = nameOf(command, bin);
    return `| [\`${name}\`](#${name.replaceAll(' ', '-')}) | ${cell(command.summary ?? '')} |`;
  });
  return `# Commands

This page is generated from the commands: \`npm run commands-page\`. \`${bin} loyalty <command> --help\` shows the same.

The words of a command may come in any order. Every command has these flags:

| Flag | |
|---|---|
| \`--json\` | Prints one JSON document instead of text. Its \`result\` has a schema in [schemas/](../schemas). |
| \`--flags-dir <folder>\` | Takes flags from files of a folder. |

Commands that ask an org also have these:

| Flag | |
|---|---|
| \`-o\`, \`--target-org <org>\` | Username or alias of the org. Without it, the org that \`${bin} config set target-org\` has set. |
| \`--api-version <version>\` | API version of the requests. |

What a command exits with is told in the [README](../README.md).

| Command | |
|---|---|
${rows.join('\n')}`;
}

function commandText(command: Command.Loadable, bin: string): string {
  const name = nameOf(command, bin);
  const flags = Object.values(command.flags).filter((flag) => flag.hidden !== true);
  const own = flags.filter((flag) => !shared.has(flag.name));
  const parts = [`### ${name}`, command.summary ?? '', command.description ?? '', usage(name, flags)];
  if (own.length > 0) parts.push(`| Flag | |\n|---|---|\n${own.map(flagRow).join('\n')}`);
  parts.push(examplesText(command, name, bin));
  return parts.filter((part) => part !== '').join('\n\n');
}

function usage(name: string, flags: readonly Flag[]): string {
  const own = flags.filter((flag) => flag.required === true || !shared.has(flag.name));
  const words = own
    .sort((one, other) => Number(other.required ?? false) - Number(one.required ?? false))
    .map((flag) => (flag.required === true ? written(flag) : `[${written(flag)}]`));
  return `\`\`\`\n${wrapped([name, ...words])}\n\`\`\``;
}

/** Lines of at most 100 characters; those after the first are indented. */
function wrapped(words: readonly string[]): string {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 100) lines.push(`${lines.pop()} ${word}`);
    else lines.push(lines.length === 0 ? word : `    ${word}`);
  }
  return lines.join('\n');
}

function written(flag: Flag): string {
  const name = flag.type === 'boolean' && flag.allowNo ? `--[no-]${flag.name}` : `--${flag.name}`;
  if (flag.type === 'boolean') return name;
  const value = flag.options?.join('|') ?? `<${[flag.helpValue ?? 'value'].flat().join(' ')}>`;
  return `${name} ${value}${flag.multiple === true ? '…' : ''}`;
}

function flagRow(flag: Flag): string {
  const char = flag.char ? `\`-${flag.char}\`, ` : '';
  const facts = [
    sentence(flag.summary ?? flag.description ?? ''),
    flag.summary === undefined ? '' : sentence(flag.description ?? ''),
    flag.required === true ? 'Required.' : '',
    flag.type === 'option' && flag.options ? `One of ${flag.options.map(code).join(', ')}.` : '',
    flag.type === 'option' && ['string', 'number'].includes(typeof flag.default)
      ? `Default: ${code(flag.default)}.`
      : '',
    flag.type === 'option' && flag.env ? `Environment variable: ${code(flag.env)}.` : '',
    flag.exclusive && flag.exclusive.length > 0
      ? `Not with ${flag.exclusive.map((each) => code(`--${each}`)).join(', ')}.`
      : '',
    flag.dependsOn && flag.dependsOn.length > 0
      ? `Only with ${flag.dependsOn.map((each) => code(`--${each}`)).join(', ')}.`
      : '',
  ];
  return `| ${char}\`${cell(written(flag))}\` | ${cell(facts.filter((fact) => fact !== '').join(' '))} |`;
}

function examplesText({ examples = [], id }: Command.Loadable, name: string, bin: string): string {
  const texts = examples.map((example) => {
    const text = typeof example === 'string' ? example : [example.description, example.command].flat().join('\n');
    const [first = '', ...commands] = text
      .replaceAll('<%= config.bin %>', bin)
      .replaceAll('<%= command.id %>', id.replaceAll(':', ' '))
      .split('\n')
      .map((line) => line.trim());
    return `${first}\n\n\`\`\`sh\n${commands.join('\n').trim()}\n\`\`\``;
  });
  return texts.length === 0 ? '' : `Examples of \`${name}\`:\n\n${texts.join('\n\n')}`;
}

function nameOf({ id }: { readonly id: string }, bin: string): string {
  return `${bin} ${id.replaceAll(':', ' ')}`;
}

function sentence(text: string): string {
  return text === '' || /[.!?:)]$/.test(text) ? text : `${text}.`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}

if (import.meta.main) await writeFile(commandsPage, await freshCommandsPage());
