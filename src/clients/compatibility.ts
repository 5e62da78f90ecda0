import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CLIENT_SWITCH_NAMES, type CompatibilitySwitch, isClientSwitch } from '../protocol/compatibility/switches.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/transactions.js';
import { ClientCompatibility } from './client-compatibility.entity.js';
import { ClientsService } from './clients.service.js';
import { CompatibilityUses, NO_CLIENT } from './compatibility-uses.js';

/** Milliseconds for which the table is not read again: a change takes effect without restart, on every replica. */
const KEPT = 5000;

/** Switches of clients, by client. */
type Switches = ReadonlyMap<string, ReadonlySet<string>>;

/** A switch that a client has. */
export interface AllowedSwitch {
  readonly name: CompatibilitySwitch;
  readonly allowedAt: Date;
  /** To the hour; null when it has not changed an answer yet. */
  readonly lastUsedAt: Date | null;
}

/** Which behaviours of the EHR's own server are restored for whom: for one client by a row, for all by the settings. */
@Injectable()
export class Compatibility {
  private kept: { readonly switches: Promise<Switches>; readonly at: number } | null = null;

  constructor(
    @InjectRepository(ClientCompatibility) private readonly rows: Repository<ClientCompatibility>,
    private readonly uses: CompatibilityUses,
    private readonly clients: ClientsService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** Whether a switch is in force. @param clientId as proven or merely named; null when nobody is */
  async isOn(name: CompatibilitySwitch, clientId: string | null): Promise<boolean> {
    if (this.config.compatibility.includes(name)) return true;
    return clientId !== null && this.hasOwn(name, clientId);
  }

  /** Asks `isOn` where the answer is about to be changed by it, and notes the use. @param clientId of a proven client; null for none */
  async apply(name: CompatibilitySwitch, clientId: string | null): Promise<boolean> {
    if (!(await this.isOn(name, clientId))) return false;
    this.uses.note(name, clientId ?? NO_CLIENT);
    return true;
  }

  /** `apply` where the client is only named: the use is noted under its name if there is such a client. */
  async applyToNamed(name: CompatibilitySwitch, clientId: string | null): Promise<boolean> {
    if (!(await this.isOn(name, clientId))) return false;
    const isClient = clientId !== null && (await this.clients.find(clientId)) !== null;
    this.uses.note(name, isClient ? clientId : NO_CLIENT);
    return true;
  }

  /** The switches of one client, in the order of the table. */
  async of(clientId: string): Promise<AllowedSwitch[]> {
    const rows = await this.rows.findBy({ clientId });
    const lastUses = await this.uses.lastUses(clientId);
    return CLIENT_SWITCH_NAMES.flatMap((name) => {
      const row = rows.find((candidate) => candidate.name === name);
      return row ? [{ name, allowedAt: row.allowedAt, lastUsedAt: lastUses.get(name) ?? null }] : [];
    });
  }

  /** Gives a client switches, and takes others away; both may be empty. What is named in both is taken away. */
  async change(
    tx: Transaction,
    clientId: string,
    allow: readonly CompatibilitySwitch[],
    deny: readonly CompatibilitySwitch[],
  ): Promise<void> {
    const allowedAt = this.clock.now();
    for (const name of allow) {
      await tx.createQueryBuilder().insert().into(ClientCompatibility).values({ clientId, name, allowedAt }).orIgnore().execute();
    }
    for (const name of deny) await tx.delete(ClientCompatibility, { clientId, name });
    this.kept = null;
  }

  private async hasOwn(name: CompatibilitySwitch, clientId: string): Promise<boolean> {
    return isClientSwitch(name) && ((await this.read()).get(clientId)?.has(name) ?? false);
  }

  private read(): Promise<Switches> {
    const now = this.clock.now().getTime();
    const age = this.kept === null ? Infinity : now - this.kept.at;
    if (this.kept !== null && age >= 0 && age < KEPT) return this.kept.switches;
    const reading = { switches: this.load(), at: now };
    this.kept = reading;
    reading.switches.catch(() => {
      if (this.kept === reading) this.kept = null; // a failed read is not kept
    });
    return reading.switches;
  }

  private async load(): Promise<Switches> {
    const switches = new Map<string, Set<string>>();
    for (const { clientId, name } of await this.rows.find()) {
      switches.set(clientId, (switches.get(clientId) ?? new Set()).add(name));
    }
    return switches;
  }
}
