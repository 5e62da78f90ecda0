import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Config } from '../config/config.js';
import { isAnyApiOn } from '../ehr/api-switches.js';
import { type Globals, GlobalSettings } from '../ehr/global-settings.js';
import type { RequestCounter } from '../metrics/request-metrics.js';
import { isAllowedHost } from './allowed-host.js';
import type { RequestLog } from './request-log.js';
import { securityHeaders } from './security-headers.js';

/** A public JSON document, the same for everyone. */
export interface StandingDocument {
  readonly body: string;
  /** In its quotation marks. */
  readonly etag: string;
}

interface Standing {
  /** Seconds for which anyone may keep it. */
  readonly lifetime: number;
  readonly find: (globals: Globals) => StandingDocument | null;
}

/**
 * Public documents that most requests for them get without being routed: those that ask for nothing but the document. Their routes answer all
 * others, and say the same.
 */
@Injectable()
export class StandingAnswers {
  private readonly standing = new Map<string, Standing>();

  constructor(
    private readonly settings: GlobalSettings,
    private readonly config: Config,
  ) {}

  /**
   * @param path of the route, below the prefix
   * @param lifetime seconds for which anyone may keep the document
   * @param find null where it has to be made first
   */
  add(path: string, lifetime: number, find: Standing['find']): void {
    this.standing.set(`/${this.config.prefix}/${path}`, { lifetime, find });
  }

  /** @returns null where the request must be routed: also while the settings of the EHR have to be read, or have the APIs off */
  find(url: string): { readonly document: StandingDocument; readonly lifetime: number } | null {
    const standing = this.standing.get(url);
    const globals = standing === undefined ? null : this.settings.fresh;
    if (standing === undefined || globals === null || !(this.config.serveWithoutApi || isAnyApiOn(globals))) return null;
    const document = standing.find(globals);
    return document && { document, lifetime: standing.lifetime };
  }
}

/** What a request with one of these asks for is not the document alone. */
const ASKS_MORE = ['if-none-match', 'content-length', 'transfer-encoding', 'expect', 'upgrade', 'x-forwarded-host'] as const;

/** What is noted about each request. */
export interface RequestNotes {
  readonly nextId: () => string;
  readonly log: RequestLog;
  readonly count: RequestCounter;
}

/** Lets standing answers be given before a request is routed. Called once, on the server as it will listen. */
export function serveStandingAnswers(app: NestFastifyApplication, config: Config, notes: RequestNotes): void {
  const server = app.getHttpServer();
  const answers = app.get(StandingAnswers);
  const shared = Object.entries(securityHeaders(config)).flat();
  const written = new WeakMap<StandingDocument, readonly string[]>();
  const headersOf = (document: StandingDocument, lifetime: number): readonly string[] => {
    const headers = written.get(document) ?? [...documentHeaders(document, lifetime), ...shared];
    written.set(document, headers);
    return headers;
  };
  const listeners = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const found = asksForDocument(request, config) && server.listening ? answers.find(request.url ?? '') : null;
    if (found === null) {
      for (const listener of listeners) listener.call(server, request, response);
      return;
    }
    const begun = performance.now();
    const id = notes.nextId();
    response.writeHead(200, ['x-request-id', id, ...headersOf(found.document, found.lifetime)]);
    response.end(request.method === 'HEAD' ? undefined : found.document.body);
    const [method, route, took] = [request.method ?? '', request.url ?? '', performance.now() - begun];
    notes.log(id, method, route, 200, took);
    notes.count(method, route, 200, took);
  });
}

function documentHeaders({ body, etag }: StandingDocument, lifetime: number): string[] {
  return [
    ...['etag', etag, 'cache-control', `public, max-age=${lifetime}`, 'access-control-allow-origin', '*'],
    ...['content-type', 'application/json; charset=utf-8', 'content-length', String(Buffer.byteLength(body))],
  ];
}

function asksForDocument({ method, headers }: IncomingMessage, config: Config): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  return ASKS_MORE.every((name) => headers[name] === undefined) && headers.host !== undefined && isAllowedHost(headers.host, config);
}
