import type { LookupAddress } from 'node:dns';
import { type IncomingMessage, request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { FETCH_LIMITS, type FetchLimits } from './fetch-limits.js';
import { KeySetError } from './key-set-error.js';

/** A document with what was said about how long it may be kept. */
export interface FetchedDocument {
  readonly body: Buffer;
  readonly cacheControl: string | undefined;
  readonly expires: string | undefined;
  readonly date: string | undefined;
}

/**
 * Fetches a small document, connecting to none but the given addresses. No redirect is followed, nothing is unpacked, no connection is kept.
 * @param addresses as checked: the name is not resolved again
 * @throws KeySetError when it cannot be had within the limits
 */
export async function fetchDocument(
  url: URL,
  addresses: readonly LookupAddress[],
  limits: FetchLimits = FETCH_LIMITS,
): Promise<FetchedDocument> {
  const signal = AbortSignal.timeout(limits.time);
  try {
    const response = await open(url, {
      agent: false,
      signal,
      lookup: pinned(addresses),
      headers: { accept: 'application/jwk-set+json, application/json', 'accept-encoding': 'identity' },
    });
    if (response.statusCode !== 200) {
      response.destroy();
      throw new KeySetError(`answered ${response.statusCode}`); // redirects are not followed
    }
    const body = await readAtMost(response, limits.size);
    const { 'cache-control': cacheControl, expires, date } = response.headers;
    return { body, cacheControl, expires, date };
  } catch (cause) {
    if (cause instanceof KeySetError) throw cause;
    throw new KeySetError(signal.aborted ? `took more than ${limits.time} ms` : 'could not be reached', { cause });
  }
}

function open(url: URL, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    send(url, options, resolve).on('error', reject).end();
  });
}

async function readAtMost(response: IncomingMessage, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > most) throw new KeySetError(`is larger than ${most} bytes`); // leaving the loop closes the connection
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Answers every question with the addresses that were checked. */
function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
}
