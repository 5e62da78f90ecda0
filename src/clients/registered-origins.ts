import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Client } from './client.entity.js';

/** Milliseconds after which even a known origin is looked up again: so long does a client that was switched off keep its entry. */
const KEPT = 10_000;
/** Milliseconds after which an unknown origin is looked up again: a new client does not wait, and strangers cause one read a second. */
const KEPT_FOR_STRANGERS = 1_000;

/** The web origins of enabled clients: whose pages may call from a browser. */
@Injectable()
export class RegisteredOrigins {
  private kept: { readonly origins: Promise<ReadonlySet<string>>; readonly at: number } | null = null;

  constructor(
    @InjectRepository(Client) private readonly clients: Repository<Client>,
    private readonly clock: Clock,
  ) {}

  /**
   * Decides whether an enabled client has a redirect URI of this origin.
   * @param origin value of the header `Origin`, such as `https://app.example`; compared as it is
   * @see RFC 6454 §7
   */
  async includes(origin: string): Promise<boolean> {
    if ((await this.read(KEPT)).has(origin)) return true;
    return (await this.read(KEPT_FOR_STRANGERS)).has(origin);
  }

  /** Makes the next question look at the table: a client has changed. */
  forget(): void {
    this.kept = null;
  }

  private read(longest: number): Promise<ReadonlySet<string>> {
    const now = this.clock.now().getTime();
    const age = this.kept === null ? Infinity : now - this.kept.at;
    if (this.kept !== null && age >= 0 && age < longest) return this.kept.origins;
    const reading = { origins: this.load(), at: now };
    this.kept = reading;
    reading.origins.catch(() => {
      if (this.kept === reading) this.kept = null; // a failed read is not kept
    });
    return reading.origins;
  }

  private async load(): Promise<ReadonlySet<string>> {
    const clients = await this.clients.find({ select: { clientId: true, redirectUris: true }, where: { isEnabled: true } });
    return new Set(clients.flatMap((client) => client.redirectUris).flatMap(originsOf));
  }
}

/** @returns nothing for schemes of an app's own, which no web page has */
function originsOf(uri: string): string[] {
  return /^https?:/i.test(uri) && URL.canParse(uri) ? [new URL(uri).origin] : [];
}
