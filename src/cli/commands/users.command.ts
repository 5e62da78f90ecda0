import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Command } from 'commander';
import { Refusal } from '../exit-status.js';
import { type OutputOptions, print } from '../output.js';

interface UserOptions extends OutputOptions {
  /** The name is that of a patient in the portal. */
  readonly patient?: boolean;
}

/** `chartkey users …` */
export function usersCommand(): Command {
  const users = new Command('users').description('the people who sign in');
  ofOneUser(users, 'unlock', 'let somebody try again who failed too often').action(unlock);
  ofOneUser(users, 'reset-mfa', 'take away every second factor of somebody who has lost theirs, in the EHR as well, and sign them out')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .action(resetMfa);
  return users;
}

function ofOneUser(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .argument('<username>', 'login name, in exact case')
    .option('--patient', 'the name is that of a patient in the portal')
    .option('--json', 'print the result as JSON');
}

async function unlock(username: string, options: UserOptions): Promise<void> {
  const { unlockUser } = await import('../user-care.js');
  const blocked = await withApplication((app) => unlockUser(app, username, roleOf(options)));
  if (blocked === null) throw unknown(username, options);
  const words = blocked.map(({ address, reason }) => `but not from ${address}, which stays blocked for everybody: ${reason}`);
  print({ username, unlocked: true, blocked_addresses: blocked }, [`${username} may try again`, ...words], options);
}

async function resetMfa(username: string, options: UserOptions & { readonly reason: string }): Promise<void> {
  if (options.reason.trim() === '') throw new Refusal('--reason must say something');
  const { resetSecondFactors } = await import('../user-care.js');
  const reset = await withApplication((app) => resetSecondFactors(app, username, roleOf(options), options.reason.trim()));
  if (reset === null) throw unknown(username, options);
  const { hadSecondFactor, sessions } = reset;
  const words = hadSecondFactor ? `every second factor of ${username} is removed` : `${username} had no second factor`;
  const shown = { username, had_second_factor: hadSecondFactor, sessions_ended: sessions };
  print(shown, `${words}; sessions ended: ${sessions}; the next sign-in says so`, options);
}

/** Loaded late: `--help` needs no application. */
async function withApplication<T>(work: (app: NestFastifyApplication) => Promise<T>): Promise<T> {
  const application = await import('../application.js');
  return application.withApplication(work);
}

function roleOf({ patient = false }: UserOptions): 'users' | 'patient' {
  return patient ? 'patient' : 'users';
}

function unknown(username: string, { patient = false }: UserOptions): Refusal {
  return new Refusal(`no ${patient ? 'patient of the portal' : 'member of staff'} has the name ${username}`);
}
