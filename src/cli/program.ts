import { Command, CommanderError } from 'commander';
import { cleanupCommand } from './commands/cleanup.command.js';
import { clientsCommand } from './commands/clients.command.js';
import { doctorCommand } from './commands/doctor.command.js';
import { keysCommand } from './commands/keys.command.js';
import { migrateCommand } from './commands/migrate.command.js';
import { openapiCommand } from './commands/openapi.command.js';
import { scopesCommand } from './commands/scopes.command.js';
import { serveCommand } from './commands/serve.command.js';
import { usersCommand } from './commands/users.command.js';
import { EXIT_STATUS, explain, statusOf } from './exit-status.js';

const STATUSES = `
Exit status: 0 fine, 1 it found something or was refused, 2 it could not run.
Settings come from the environment and from the file .env; see .env.example.`;

/** The command line. */
export function createProgram(): Command {
  const program = new Command('chartkey')
    .description('OAuth 2.0, OpenID Connect and SMART App Launch authorization server for an OpenEMR database')
    .addHelpText('after', STATUSES);
  const ofRecords = [clientsCommand(), scopesCommand(), keysCommand(), usersCommand()];
  for (const command of [serveCommand(), ...ofRecords, migrateCommand(), openapiCommand(), cleanupCommand(), doctorCommand()]) {
    program.addCommand(command);
  }
  return endInOurWay(program);
}

/**
 * Runs one command. A server goes on after this returns; a failure ends the process.
 * @param words arguments without the names of program and interpreter
 */
export async function runProgram(words: readonly string[]): Promise<void> {
  try {
    await parseWords(createProgram(), words);
  } catch (error) {
    // The process ends here even if half of a server has started: what it opened would keep it alive.
    if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? EXIT_STATUS.fine : EXIT_STATUS.failed); // it has spoken
    process.stderr.write(`chartkey: ${explain(error)}\n`);
    process.exit(statusOf(error));
  }
}

/**
 * Reads a command line and runs what it names.
 * @param words arguments without the names of program and interpreter
 * @throws CommanderError when they cannot be read, and whatever the command throws
 */
export function parseWords(program: Command, words: readonly string[]): Promise<Command> {
  return program.parseAsync(withIdsLast(words), { from: 'user' });
}

/** Commands do not take this over from each other. */
function endInOurWay(command: Command): Command {
  command.exitOverride().showHelpAfterError('(--help tells more)');
  command.commands.forEach((child) => endInOurWay(child));
  return command;
}

/** What the registration endpoint gives out: 43 characters of base64url, of which one in 64 begins with a hyphen. No option looks like it. */
const ID_LIKE_AN_OPTION = /^-[\w-]{42}$/;

function withIdsLast(words: readonly string[]): readonly string[] {
  const ids = words.filter((word) => ID_LIKE_AN_OPTION.test(word));
  if (ids.length === 0 || words.includes('--')) return words;
  return [...words.filter((word) => !ID_LIKE_AN_OPTION.test(word)), '--', ...ids];
}
