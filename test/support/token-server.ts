import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { ClientsService } from '../../src/clients/clients.service.js';
import type { Client } from '../../src/clients/client.entity.js';
import { demoUuid } from '../../src/platform/database/embedded/demo-table.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { findUuidText } from '../../src/platform/ehr/stored-uuid.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { SentParameters } from '../../src/protocol/parameters/form.js';
import type { TokenResponse } from '../../src/protocol/token/token-response.js';
import type { ApprovedRequest } from '../../src/tokens/approved-request.js';
import { AuthorizationCodesService } from '../../src/tokens/authorization-codes.service.js';
import { TokenService } from '../../src/tokens/token.service.js';
import { TokensModule } from '../../src/tokens/tokens.module.js';
import { layEmbeddedSite } from './embedded-site.js';
import { FixedClock } from './fixed-clock.js';
import { SeededRandom } from './seeded-random.js';

export const CONFIDENTIAL = 'demo-confidential-client-0000000000000000001';
export const PUBLIC = 'demo-public-client-00000000000000000000000001';
export const CLINICIAN = findUuidText(demoUuid('102')) ?? '';
/** Where the client asks from. */
export const ADDRESS = '192.0.2.7';
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

class TokensOnly {}

/** The module of tokens on a demo site of its own, without a web server. Time stands still until it is moved. */
export class TokenServer {
  private constructor(
    private readonly app: INestApplicationContext,
    readonly clock: FixedClock,
    private readonly folder: string,
  ) {}

  /** @param env settings; without DATABASE_URL the database is the embedded one */
  static async start(env: Record<string, string> = {}): Promise<TokenServer> {
    const folder = mkdtempSync(join(tmpdir(), 'chartkey-tokens-'));
    const clock = FixedClock.at('2026-01-01T00:00:00.250Z');
    if (env['DATABASE_URL'] === undefined) await layEmbeddedSite(folder);
    const config = loadConfig({ CHARTKEY_DATA_DIR: folder, ...env });
    const platform = PlatformModule.forRoot(config, { clock, random: new SeededRandom() });
    const app = await NestFactory.createApplicationContext({ module: TokensOnly, imports: [platform, TokensModule] }, { logger: false });
    return new TokenServer(app, clock, folder);
  }

  get<T>(service: Type<T>): T {
    return this.app.get(service);
  }

  async close(): Promise<void> {
    await this.app.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  query<Row = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.app.get(DataSource).query(sql, parameters);
  }

  async client(clientId: string): Promise<Client> {
    const client = await this.app.get(ClientsService).find(clientId);
    if (!client) throw new Error(`no client ${clientId}`);
    return client;
  }

  /** A code for what the demo clinician has allowed the public client. */
  code(changes: Partial<ApprovedRequest> = {}): Promise<string> {
    return this.app.get(AuthorizationCodesService).issue({
      clientId: PUBLIC,
      subject: CLINICIAN,
      role: 'users',
      redirectUri: 'http://127.0.0.1:8087/cb',
      redirectUriSent: true,
      scope: ['openid', 'offline_access', 'fhirUser', 'api:fhir'],
      requestedScope: ['openid', 'offline_access', 'fhirUser', 'api:fhir', 'patient/Patient.read'],
      state: 'the-state',
      nonce: 'the-nonce',
      codeChallenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      sid: 'the-sid',
      authTime: new Date('2025-12-31T23:59:00Z'),
      amr: ['pwd'],
      acr: '1',
      isRemembered: false,
      launchContext: {},
      ...changes,
    });
  }

  async exchange(code: string, changes: Record<string, string> = {}, clientId = PUBLIC): Promise<TokenResponse> {
    const sent = { grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1:8087/cb', code_verifier: VERIFIER, ...changes };
    return this.app.get(TokenService).exchange(new SentParameters(Object.entries(sent)), await this.client(clientId), ADDRESS);
  }

  async refresh(refreshToken: string | undefined, changes: Record<string, string> = {}, clientId = PUBLIC): Promise<TokenResponse> {
    const sent = { grant_type: 'refresh_token', refresh_token: refreshToken ?? '', ...changes };
    return this.app.get(TokenService).exchange(new SentParameters(Object.entries(sent)), await this.client(clientId), ADDRESS);
  }

  /** Tokens of a new code. */
  async tokens(changes: Partial<ApprovedRequest> = {}): Promise<TokenResponse> {
    return this.exchange(await this.code(changes), {}, changes.clientId);
  }
}

/** The claims of a JWT, unproven. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}
