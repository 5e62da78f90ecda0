import { Command } from 'commander';
import { EXIT_STATUS, Refusal } from '../exit-status.js';
import { type OutputOptions, print } from '../output.js';
import { withMigrations } from '../migrations.js';

const EMBEDDED = 'Without DATABASE_URL this is the embedded demo EHR, tables of the EHR included.';

/** `chartkey migrate …` */
export function migrateCommand(): Command {
  const migrate = new Command('migrate').description('the tables of our own (oauth2_*); tables of an EHR are never altered');
  migrate
    .command('up')
    .description('run every migration that is pending')
    .option('--json', 'print their names as JSON')
    .action(async (options: OutputOptions) => {
      const names = await withMigrations((migrations) => migrations.up());
      print({ executed: names }, names.length === 0 ? 'Nothing to do.' : ['Executed', ...names.map(bullet)], options);
    });
  migrate
    .command('down')
    .description('take the last migration back, with everything its tables hold')
    .option('--json', 'print its name as JSON')
    .addHelpText('after', `\n${EMBEDDED}`)
    .action(async (options: OutputOptions) => {
      const name = await withMigrations((migrations) => migrations.down());
      if (name === null) throw new Refusal('no migration has been run');
      print({ reverted: name }, `Reverted ${name}`, options);
    });
  migrate
    .command('status')
    .description('say which migrations were run; exit status 1 when some are pending')
    .option('--json', 'print their names as JSON')
    .action(async (options: OutputOptions) => {
      const status = await withMigrations((migrations) => migrations.status());
      const words = [...section('Executed', status.executed), ...section('Pending', status.pending)];
      print(status, words, options);
      if (status.pending.length > 0) process.exitCode = EXIT_STATUS.found;
    });
  return migrate;
}

const bullet = (name: string): string => `  ${name}`;

function section(title: string, names: readonly string[]): string[] {
  return [title, ...(names.length === 0 ? ['  none'] : names.map(bullet))];
}
