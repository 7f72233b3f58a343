/** A command that passes hostile text to everything that a command can print with, in a separate process. */
import { Config } from '@oclif/core';
import { SfError } from '@salesforce/core';
import { SfCommand } from '../../src/cli/sfCommand.js';
import { hostile } from './hostileText.js';

class HostileCommand extends SfCommand<unknown> {
  static override readonly id = 'hostile';

  async run(): Promise<unknown> {
    await this.parse(HostileCommand);
    this.log(hostile);
    this.log('%s', hostile);
    this.logToStderr(hostile);
    this.logSuccess(hostile);
    this.logSensitive(hostile);
    this.info({ message: hostile, name: hostile, actions: [hostile] });
    this.warn(hostile);
    this.warn({ message: hostile, name: hostile, actions: [hostile] });
    this.styledHeader(hostile);
    this.styledObject({ [hostile]: hostile, deep: [{ value: hostile }] });
    this.styledJSON({ [hostile]: hostile });
    this.url(hostile, hostile);
    this.table({ title: hostile, data: [{ name: hostile, value: { deep: hostile }, count: 7 }] });
    this.spinner.start(hostile, hostile);
    this.spinner.status = hostile;
    this.spinner.stop(hostile);
    if (this.jsonEnabled()) return { [hostile]: hostile };
    this.spinner.start(hostile);
    const cause = Object.assign(new Error(hostile), { data: [{ errorCode: hostile, message: hostile }] });
    const error = SfError.create({ name: hostile, message: hostile, actions: [hostile], exitCode: 68, cause });
    throw Object.assign(error, { code: process.env['HOSTILE_CODE'] ?? hostile });
  }
}

const command = new HostileCommand(process.argv.slice(2), await Config.load(import.meta.dirname));
// The CLI prints nothing more about an error that the command has printed.
await command._run().catch(() => undefined);
