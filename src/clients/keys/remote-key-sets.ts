import { Injectable, Logger } from '@nestjs/common';
import { type ClientKey, findClientKeys } from '../../protocol/client/assertion-keys.js';
import { Clock } from '../../platform/ambient/clock.js';
import { cacheLifetime } from './cache-lifetime.js';
import { fetchDocument } from './fetch-document.js';
import { KeySetError } from './key-set-error.js';
import { KeySetHosts } from './key-set-hosts.js';

/** Seconds between two fetches for keys that are not in the set. */
const REFETCH = 60;
/** Seconds after a failure until the next try. */
const RETRY = 10;
/** Seconds for which a set is used beyond its time while its host does not answer. */
const STALE = 3600;
/** Key sets that are kept; of more, the oldest is forgotten. */
const MOST = 1_000;

type Keys = readonly ClientKey[];

/** What is known of one address. Moments are epoch milliseconds. */
interface Kept {
  /** Null when it could not be had. */
  readonly keys: Keys | null;
  readonly failure: string;
  readonly triedAt: number;
  readonly freshUntil: number;
  readonly usableUntil: number;
}

/** Key sets at the addresses that clients have registered, kept as their headers say. Each address is asked once at a time. */
@Injectable()
export class RemoteKeySets {
  private readonly logger = new Logger('KeySets');
  private readonly kept = new Map<string, Kept>();
  private readonly fetching = new Map<string, Promise<Kept>>();

  constructor(
    private readonly hosts: KeySetHosts,
    private readonly clock: Clock,
  ) {}

  /** @throws KeySetError when the set cannot be had */
  async get(uri: string): Promise<Keys> {
    const known = this.kept.get(uri);
    const isFresh = known !== undefined && this.clock.now().getTime() < known.freshUntil;
    return keysOf(uri, isFresh ? known : await this.fetchOnce(uri));
  }

  /**
   * Asks again for a key that was not in the set: it may have been rolled over. Not more than once a minute for each address.
   * @returns null when it is too early to ask
   * @throws KeySetError when the set cannot be had
   */
  async getNewer(uri: string): Promise<Keys | null> {
    const known = this.kept.get(uri);
    const isEarly = known !== undefined && this.clock.now().getTime() < known.triedAt + REFETCH * 1000;
    return isEarly && !this.fetching.has(uri) ? null : keysOf(uri, await this.fetchOnce(uri));
  }

  private fetchOnce(uri: string): Promise<Kept> {
    const running = this.fetching.get(uri);
    if (running) return running;
    const fetching = this.fetch(uri).finally(() => this.fetching.delete(uri));
    this.fetching.set(uri, fetching);
    return fetching;
  }

  private async fetch(uri: string): Promise<Kept> {
    const found = await this.load(uri).catch((error: unknown) => this.withoutAnswer(uri, error));
    this.kept.delete(uri); // to the end of the order
    this.kept.set(uri, found);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST && oldest !== undefined) this.kept.delete(oldest);
    return found;
  }

  private async load(uri: string): Promise<Kept> {
    const url = URL.canParse(uri) ? new URL(uri) : null;
    if (url === null) throw new KeySetError('is not an address');
    const document = await fetchDocument(url, await this.hosts.check(url));
    const keys = findClientKeys(parse(document.body));
    if (keys === null) throw new KeySetError('is not a key set');
    const now = this.clock.now();
    const freshUntil = now.getTime() + cacheLifetime(document, now) * 1000;
    return { keys, failure: '', triedAt: now.getTime(), freshUntil, usableUntil: freshUntil + STALE * 1000 };
  }

  /** What was known stays in use for a while: a host that is away for minutes should not lock its client out. */
  private withoutAnswer(uri: string, error: unknown): Kept {
    if (!(error instanceof KeySetError)) throw error;
    const now = this.clock.now().getTime();
    const known = this.kept.get(uri);
    const isUsable = known !== undefined && known.keys !== null && now < known.usableUntil;
    this.logger.warn({ err: error, event: isUsable ? 'key set not renewed, the known one stays' : 'key set not available', uri });
    const usableUntil = known?.usableUntil ?? now;
    return { keys: isUsable ? known.keys : null, failure: error.message, triedAt: now, freshUntil: now + RETRY * 1000, usableUntil };
  }
}

/** @throws KeySetError */
function keysOf(uri: string, { keys, failure }: Kept): Keys {
  if (keys === null) throw new KeySetError(`${uri} ${failure}`);
  return keys;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
