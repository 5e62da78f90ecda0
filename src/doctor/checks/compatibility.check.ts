import { ClientCompatibility } from '../../clients/client-compatibility.entity.js';
import { Client } from '../../clients/client.entity.js';
import { CompatibilityUse } from '../../clients/compatibility-use.entity.js';
import { COMPATIBILITY_SWITCHES, type CompatibilitySwitch, isClientSwitch } from '../../protocol/compatibility/switches.js';
import { type Check, type Finding, warning } from '../check.js';
import type { Examination } from '../examination.js';

const DAY = 86_400_000;
/** Days after which a switch that nobody has used is best taken away. */
const UNUSED = 30;

type Use = Pick<CompatibilityUse, 'clientId' | 'name' | 'lastUsedAt'>;
type Allowed = Pick<ClientCompatibility, 'clientId' | 'name' | 'allowedAt'>;

/** Behaviours of the EHR's own server that are restored, each at a price. */
export class CompatibilityCheck implements Check {
  readonly id = 'compatibility';
  readonly healthy = "No behaviour of the EHR's own server is restored for anybody";
  readonly needs = ['ehr-tables', 'own-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source, config } = this.examination;
    const uses = await source.getRepository(CompatibilityUse).find();
    const allowed = await source.getRepository(ClientCompatibility).find({ order: { clientId: 'ASC', name: 'ASC' } });
    const clients = await source.getRepository(Client).find({ select: { clientId: true, name: true } });
    const now = this.examination.now();
    return [...serverFindings(config.compatibility, uses, now), ...clientFindings(allowed, clients, uses, now)];
  }
}

/** @param names switches of the setting CHARTKEY_COMPATIBILITY */
export function serverFindings(names: readonly CompatibilitySwitch[], uses: readonly Use[], now: Date): Finding[] {
  return names.map((name) => {
    const { restores, risk, reach } = COMPATIBILITY_SWITCHES[name];
    const last = latest(uses.filter((use) => use.name === name));
    const rely = uses.filter((use) => use.name === name && use.clientId !== '' && !isOld(use.lastUsedAt, now)).length;
    const step =
      isOld(last, now) || reach === 'server' || rely === 0
        ? `Take ${name} out of CHARTKEY_COMPATIBILITY${isOld(last, now) ? '' : ' when nobody needs it any more'}`
        : `Allow it to the clients that use it (chartkey clients compat <client_id> --allow ${name}; the metric names them), and take it out of CHARTKEY_COMPATIBILITY`;
    return warning(`compatibility.server.${name}`, [`For every client: ${restores}; ${usedWords(last, now)}`, risk, step]);
  });
}

/** Rows of clients that are gone, and of switches that only another release knows, change nothing and are passed over. */
export function clientFindings(
  allowed: readonly Allowed[],
  clients: ReadonlyArray<Pick<Client, 'clientId' | 'name'>>,
  uses: readonly Use[],
  now: Date,
): Finding[] {
  return allowed.flatMap(({ clientId, name, allowedAt }) => {
    const client = clients.find((candidate) => candidate.clientId === clientId);
    if (client === undefined || !isClientSwitch(name)) return [];
    const { restores, risk } = COMPATIBILITY_SWITCHES[name];
    const last = latest(uses.filter((use) => use.clientId === clientId && use.name === name));
    const step = isOld(last ?? allowedAt, now)
      ? `Run chartkey clients compat ${clientId} --deny ${name}`
      : `Have the maker of the client change it, then run chartkey clients compat ${clientId} --deny ${name}`;
    const what = `For the client ${client.name} (${clientId}): ${restores}; ${usedWords(last, now)}`;
    return [warning(`compatibility.client.${name}`, [what, risk, step])];
  });
}

function latest(uses: readonly Use[]): Date | null {
  const [last] = uses.map(({ lastUsedAt }) => lastUsedAt).sort((one, other) => other.getTime() - one.getTime());
  return last ?? null;
}

function isOld(moment: Date | null, now: Date): boolean {
  return moment !== null && now.getTime() - moment.getTime() > UNUSED * DAY;
}

function usedWords(last: Date | null, now: Date): string {
  if (last === null) return 'not used yet';
  const when = `last used ${last.toISOString().slice(0, 16)}Z`;
  return isOld(last, now) ? `${when}, not used for ${UNUSED} days: take it away` : when;
}
