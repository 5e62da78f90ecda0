import { Command, Option } from 'commander';
import { CLIENT_SWITCH_NAMES, COMPATIBILITY_SWITCHES, type CompatibilitySwitch } from '../../protocol/compatibility/switches.js';
import type { AllowedSwitch } from '../../clients/compatibility.js';
import { Refusal } from '../exit-status.js';
import { columns, type OutputOptions, print } from '../output.js';

interface CompatOptions extends OutputOptions {
  readonly allow?: readonly CompatibilitySwitch[];
  readonly deny?: readonly CompatibilitySwitch[];
}

/** `chartkey clients compat`: which behaviours of the EHR's own server one client gets. */
export function compatCommand(): Command {
  return new Command('compat')
    .description("behaviours of the EHR's own server that are restored for one client; without options, what it has")
    .argument('<client_id>')
    .addOption(new Option('--allow <switch...>', 'restore these; each has a risk, which is printed').choices(CLIENT_SWITCH_NAMES))
    .addOption(new Option('--deny <switch...>', 'take these away').choices(CLIENT_SWITCH_NAMES))
    .option('--json', 'print what it has as JSON')
    .action(change);
}

async function change(clientId: string, options: CompatOptions): Promise<void> {
  const { withApplication } = await import('../application.js');
  const { ClientsService } = await import('../../clients/clients.service.js');
  const { Compatibility } = await import('../../clients/compatibility.js');
  const { Transactions } = await import('../../platform/database/transactions.js');
  const { auditClientChange } = await import('../audit-by-operator.js');
  const { allow = [], deny = [] } = options;
  const switches = await withApplication(async (app) => {
    if ((await app.get(ClientsService).find(clientId)) === null) throw new Refusal(`no client has the id ${clientId}`);
    const compatibility = app.get(Compatibility);
    if (allow.length + deny.length > 0) {
      await app.get(Transactions).run((tx) => compatibility.change(tx, clientId, allow, deny));
      await auditClientChange(app, clientId, changeWords(allow, deny));
    }
    return compatibility.of(clientId);
  });
  print({ client_id: clientId, compatibility: switches.map(describedSwitch) }, words(switches), options);
}

/** By the names that `clients show` prints as well. Moments are ISO 8601. */
export function describedSwitch({ name, allowedAt, lastUsedAt }: AllowedSwitch): Readonly<Record<string, string | null>> {
  return { switch: name, allowed_at: allowedAt.toISOString(), last_used_at: lastUsedAt?.toISOString() ?? null };
}

/** One switch in a few words. */
export function usedWords({ name, lastUsedAt }: AllowedSwitch): string {
  return `${name} (${lastUsedAt === null ? 'not used yet' : `last used ${lastUsedAt.toISOString().slice(0, 16)}Z`})`;
}

function changeWords(allow: readonly string[], deny: readonly string[]): string {
  const parts = [...(allow.length > 0 ? [`allowed ${allow.join(', ')}`] : []), ...(deny.length > 0 ? [`denied ${deny.join(', ')}`] : [])];
  return `compatibility: ${parts.join('; ')}`;
}

function switchWords({ name }: AllowedSwitch): string {
  return `${name}: ${COMPATIBILITY_SWITCHES[name].restores}. WARNING: ${COMPATIBILITY_SWITCHES[name].risk}.`;
}

function words(switches: readonly AllowedSwitch[]): string[] {
  if (switches.length === 0) return ["No behaviour of the EHR's own server is restored for this client."];
  const rows = switches.map((allowed) => {
    const { allowed_at: since, last_used_at: last } = describedSwitch(allowed);
    return [allowed.name, since ?? '', last ?? 'not yet'];
  });
  return [...columns([['SWITCH', 'SINCE', 'LAST USED'], ...rows]), '', ...switches.map(switchWords)];
}
