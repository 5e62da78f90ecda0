import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import type { ConnectionOptions } from 'node:tls';
import { Injectable, Logger } from '@nestjs/common';
import { Client, ResultCodeError, SASL_MECHANISMS } from 'ldapts';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { bindName, readDirectorySettings } from './directory-settings.js';

/** What a directory says about a password; `unavailable`: nothing, for a reason that is not the person's. */
export type DirectoryVerdict = 'accepted' | 'refused' | 'unavailable';

/** Result codes of a bind that are about the person: inappropriateAuthentication, invalidCredentials, and the like. @see RFC 4511 §4.1.9 */
const ABOUT_THE_PERSON: ReadonlySet<number> = new Set([19, 32, 48, 49, 50, 53]);

/** Asks the directory (LDAP) that the EHR names about passwords. @see the EHR's src/Common/Auth/AuthUtils.php */
@Injectable()
export class DirectoryService {
  /** Milliseconds for all that is asked of one address: connection, TLS and bind. */
  protected readonly patience: number = 5000;

  private readonly logger = new Logger('Directory');

  constructor(
    private readonly settings: GlobalSettings,
    private readonly site: EhrSite,
  ) {}

  /** Whether somebody can bind with this password. It never throws. */
  async verify(username: string, password: string): Promise<DirectoryVerdict> {
    const { urls, template } = readDirectorySettings(await this.settings.read());
    // A bind without a password succeeds as nobody, whatever the name: RFC 4513 §5.1.2.
    if (password === '' || password.startsWith('\0')) return 'refused';
    if (urls.length === 0 || !template.includes('{login}')) return this.unavailable('gbl_ldap_host or gbl_ldap_dn of the EHR is not set');
    const name = bindName(template, username);
    if (name === null || SASL_MECHANISMS.some((mechanism) => mechanism === name)) return 'refused';
    return this.ask(urls, name, password);
  }

  /**
   * Whether the directory answers, by a bind as nobody.
   * @returns what is wrong with each address; empty when all is well
   */
  async findFaults(): Promise<string[]> {
    const { urls } = readDirectorySettings(await this.settings.read());
    const faults: string[] = [];
    for (const url of urls) {
      const answer = await this.bind(url, '', '').catch(explain);
      if (typeof answer === 'string') faults.push(`${url}: ${answer}`);
      else if (answer !== 0 && !ABOUT_THE_PERSON.has(answer)) faults.push(`${url}: LDAP result code ${answer}`);
    }
    return faults;
  }

  /** Whether the EHR's site has the file that makes it speak TLS with the directory. */
  async hasAuthority(): Promise<boolean> {
    return (await this.readFile('ldap-ca')) !== null;
  }

  private async ask(urls: readonly string[], name: string, password: string): Promise<DirectoryVerdict> {
    const faults: string[] = [];
    for (const url of urls) {
      try {
        const code = await this.bind(url, name, password);
        if (code === 0) return 'accepted';
        if (ABOUT_THE_PERSON.has(code)) return 'refused';
        faults.push(`${url}: LDAP result code ${code}`);
      } catch (failure) {
        faults.push(`${url}: ${explain(failure)}`);
      }
    }
    return this.unavailable(faults.join('; '));
  }

  private unavailable(detail: string): 'unavailable' {
    this.logger.error({ detail }, 'the directory (LDAP) cannot be asked: people whose password is there are refused');
    return 'unavailable';
  }

  /** @returns LDAP result code @throws Error when there is none in time */
  private async bind(url: string, name: string, password: string): Promise<number> {
    const tls = await this.tlsOptions();
    const options = { ...tls, ...peerOf(url) };
    const isTlsFromStart = /^ldaps:/i.test(url);
    const client = new Client({
      url,
      timeout: this.patience,
      connectTimeout: this.patience,
      strictDN: false,
      ...(isTlsFromStart && { tlsOptions: options }), // with any, it would speak TLS at once
    });
    try {
      return await inTime(this.patience, async () => {
        if (tls !== null && !isTlsFromStart) await client.startTLS({ ...options }); // RFC 4513 §3; the EHR does so where it has the file
        await client.bind(name, password);
        return 0;
      });
    } catch (failure) {
      if (failure instanceof ResultCodeError) return failure.code;
      throw failure;
    } finally {
      client.unbind().catch(() => undefined);
    }
  }

  /** As the EHR does it: with its `ldap-ca` certificates are checked against that, with `ldap-cert` and `ldap-key` it has one of its own. */
  private async tlsOptions(): Promise<ConnectionOptions | null> {
    const [ca, cert, key] = await Promise.all(['ldap-ca', 'ldap-cert', 'ldap-key'].map((file) => this.readFile(file)));
    if (typeof ca !== 'string') return null;
    return { ca, ...(typeof cert === 'string' && typeof key === 'string' && { cert, key }) };
  }

  private async readFile(name: string): Promise<string | null> {
    try {
      return await readFile(join(this.site.siteDir, 'documents', 'certificates', name), 'utf8');
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw failure; // there, and not to be read: never on without TLS
    }
  }
}

/** Whose certificate is expected. An address that is a number has no name to ask for (RFC 6066 §3). */
function peerOf(url: string): ConnectionOptions {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? { host, servername: host } : { host };
}

async function inTime<T>(patience: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([work(), end]);
  } finally {
    clearTimeout(timer);
  }
}

function explain(failure: unknown): string {
  return failure instanceof Error ? failure.message || failure.name : String(failure);
}
