import { Command, Option } from 'commander';
import type { ScopeRole } from '../../protocol/scope/role-rules.js';
import type { ScopeOutcome, ScopeReason } from '../../protocol/scope/scope-outcome.js';
import { columns, type OutputOptions, print } from '../output.js';

interface ExplainOptions extends OutputOptions {
  readonly client?: string;
  readonly role?: 'staff' | 'patient' | 'system';
}

const ROLES: Readonly<Record<NonNullable<ExplainOptions['role']>, ScopeRole>> = { staff: 'users', patient: 'patient', system: 'system' };

const REASONS: Readonly<Record<ScopeReason, string>> = {
  malformed: 'it has characters that no scope has',
  unknown: 'this server knows no such scope',
  'not-offered': "the EHR's API does not have it",
  'not-registered': 'the client is not registered for it',
  'not-for-role': "the EHR's API does not open it to this role",
  'not-provided': 'a visit cannot be chosen here',
};

const EXAMPLE = `
Example: chartkey scopes explain "openid patient/*.rs user/Patient.cruds" --client <client_id> --role staff`;

/** `chartkey scopes …` */
export function scopesCommand(): Command {
  const scopes = new Command('scopes').description('what may be asked for, and what becomes of it');
  scopes
    .command('explain')
    .description('say of each scope whether it is granted, what is granted in its place, or why it is refused')
    .argument('<scopes>', 'as in a request, separated by blanks')
    .option('--client <client_id>', 'for what this client is registered for; without it, for a client that may ask for everything')
    .addOption(new Option('--role <role>', 'for whom; without it, for anyone').choices(Object.keys(ROLES)))
    .option('--json', 'print the outcomes as JSON')
    .addHelpText('after', EXAMPLE)
    .action(explain);
  return scopes;
}

async function explain(scopes: string, { client, role, ...options }: ExplainOptions): Promise<void> {
  const { explainScopes } = await import('../scope-explanation.js');
  const outcomes = await explainScopes(scopes, client, role === undefined ? null : ROLES[role]);
  print(outcomes, columns([['SCOPE', 'OUTCOME', ''], ...outcomes.map(row)]), options);
}

function row(outcome: ScopeOutcome): string[] {
  const { scope } = outcome;
  switch (outcome.outcome) {
    case 'granted':
      return [scope, 'granted', ''];
    case 'narrowed':
      return [scope, 'narrowed', `to ${outcome.to.join(' ')}: ${REASONS[outcome.reason]}`];
    case 'refused':
      return [scope, 'refused', REASONS[outcome.reason]];
  }
}
