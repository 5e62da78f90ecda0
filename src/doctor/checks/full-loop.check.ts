import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DataSource, In, IsNull, Not } from 'typeorm';
import { Client } from '../../clients/client.entity.js';
import { Consent } from '../../consents/consent.entity.js';
import { AuditService } from '../../platform/audit/audit.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import { hasTable } from '../../platform/ehr/since.js';
import { RegistrationService } from '../../registration/registration.service.js';
import { acrOf } from '../../protocol/token/acr.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { ClientsService } from '../../clients/clients.service.js';
import { AccessToken } from '../../tokens/access-token.entity.js';
import { AuthorizationCode } from '../../tokens/authorization-code.entity.js';
import { AuthorizationCodesService } from '../../tokens/authorization-codes.service.js';
import { GrantRecord } from '../../tokens/grant.entity.js';
import { IntrospectionService } from '../../tokens/introspection.service.js';
import { Issuance } from '../../tokens/issuance.entity.js';
import { RefreshToken } from '../../tokens/refresh-token.entity.js';
import { RevocationService } from '../../tokens/revocation.service.js';
import { TokenService } from '../../tokens/token.service.js';
import { User } from '../../users/user.entity.js';
import { type Check, error, type Finding, info } from '../check.js';
import type { Examination } from '../examination.js';

const REDIRECT_URI = 'https://doctor.invalid/callback'; // RFC 2606 §2: a name that nobody has
const SCOPE = ['openid', 'offline_access'];
const ADDRESS = 'command line';
const SID_BYTES = 16;
const STORES = [Client, AuthorizationCode, GrantRecord, AccessToken, RefreshToken, Consent] as const;

type Credentials = Readonly<Record<'client_id' | 'client_secret', string>>;

/** What the loop saw that it should not have seen. */
class LoopError extends Error {}

/** The whole way of a token, with a client that exists for as long as this takes: code, exchange, introspection, revocation. */
export class FullLoopCheck implements Check {
  readonly id = 'full-loop';
  readonly healthy = 'A code was issued, exchanged, its token introspected and revoked, and nothing of it is left';
  readonly needs = ['ehr-tables', 'own-tables', 'keys', 'writing'] as const;
  readonly isSlow = true;

  /** @param open the application, on the same settings */
  constructor(
    private readonly examination: Examination,
    private readonly open: () => Promise<NestFastifyApplication>,
  ) {}

  async run(): Promise<Finding[]> {
    const subject = await findSomebody(this.examination.source);
    if (subject === null) return [nobody()];
    const app = await this.open();
    try {
      keepOutOfLog(app.get(AuditService));
      return await this.runWith(app, subject);
    } finally {
      await app.close();
    }
  }

  private async runWith(app: NestFastifyApplication, subject: string): Promise<Finding[]> {
    const credentials = await register(app);
    const findings: Finding[] = [];
    try {
      await walk(app, credentials, subject, this.examination);
    } catch (failure) {
      findings.push(broken(failure));
    } finally {
      await app.get(Transactions).run((tx) => removeTrial(tx, credentials.client_id));
    }
    const left = await countLeft(this.examination.source, credentials.client_id);
    return left === 0 ? findings : [...findings, leftOver(left, credentials.client_id)];
  }
}

/** A trial is no event of the clinic: its log stays as it is. */
function keepOutOfLog(audit: AuditService): void {
  const run = audit.runRecorded.bind(audit);
  audit.record = () => Promise.resolve();
  audit.runRecorded = (_entry, work) => run(null, work);
}

async function findSomebody(source: DataSource): Promise<string | null> {
  const user = await source
    .getRepository(User)
    .findOne({ where: { isActive: true, uuid: Not(IsNull()), username: Not('') }, order: { id: 'ASC' } });
  return user?.uuid ?? null;
}

async function register(app: NestFastifyApplication): Promise<Credentials> {
  const metadata = {
    application_type: 'private',
    client_name: 'Trial of chartkey doctor',
    redirect_uris: [REDIRECT_URI],
    scope: SCOPE.join(' '),
  };
  const { client_id, client_secret = '' } = await app
    .get(RegistrationService)
    .register(metadata, { isEnabled: true, reason: 'It is a trial.' });
  return { client_id, client_secret };
}

async function walk(app: NestFastifyApplication, credentials: Credentials, subject: string, examination: Examination): Promise<void> {
  const client = await app.get(ClientsService).find(credentials.client_id);
  if (client === null) throw new LoopError('the client that was just registered is not found');
  const code = await app.get(AuthorizationCodesService).issue(approval(credentials.client_id, subject, examination));
  const exchange = new SentParameters(Object.entries({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }));
  const { access_token: accessToken, refresh_token: refreshToken } = await app.get(TokenService).exchange(exchange, client, ADDRESS);
  if (refreshToken === undefined) throw new LoopError('the exchange of the code gave no refresh token');
  if (!(await isActive(app, credentials, accessToken))) throw new LoopError('a token that was just issued is not active');
  await app.get(RevocationService).revoke(new SentParameters([['token', refreshToken]]), client, ADDRESS);
  if (await isActive(app, credentials, accessToken)) throw new LoopError('a token that was just revoked is still active');
}

function approval(clientId: string, subject: string, { ambient }: Examination) {
  const amr = ['pwd'];
  return {
    ...{ clientId, subject, redirectUri: REDIRECT_URI, redirectUriSent: true, scope: SCOPE, requestedScope: SCOPE, role: 'users' as const },
    ...{ state: null, nonce: null, codeChallenge: null, sid: ambient.random.token(SID_BYTES), authTime: ambient.clock.now() },
    ...{ amr, acr: acrOf(amr), isRemembered: false, launchContext: {} },
  };
}

async function isActive(app: NestFastifyApplication, credentials: Credentials, token: string): Promise<boolean> {
  const { active } = await app
    .get(IntrospectionService)
    .introspect(new SentParameters(Object.entries({ ...credentials, token })), undefined);
  return active;
}

/** Whatever is left of the trial client, its tokens included; others' rows are not touched. */
async function removeTrial(tx: DataSource['manager'], clientId: string): Promise<void> {
  const tokens = await tx.find(AccessToken, { where: { clientId } });
  await tx.delete(Issuance, { jti: In(tokens.flatMap(({ jti }) => jti ?? [])) });
  for (const store of storesOf(tx.dataSource)) await tx.delete(store, { clientId });
}

function storesOf(source: DataSource) {
  return STORES.filter((store) => hasTable(source, store));
}

async function countLeft(source: DataSource, clientId: string): Promise<number> {
  const counts = await Promise.all(
    storesOf(source).map((store) => source.getRepository<{ clientId: string | null }>(store).countBy({ clientId })),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

const nobody = (): Finding =>
  info('full-loop.nobody', [
    'The full loop was not tried: no active user has a uuid',
    'Tokens are issued to somebody; a uuid is given at the first sign-in',
    'Sign in once, and run chartkey doctor again',
  ]);

const broken = (failure: unknown): Finding =>
  error('full-loop.broken', [
    `A token did not get through its life: ${failure instanceof Error ? failure.message : String(failure)}`,
    'The same would happen to every client',
    'Run chartkey serve with LOG_LEVEL=debug, and try a sign-in',
  ]);

const leftOver = (count: number, clientId: string): Finding =>
  error('full-loop.left-over', [
    `${count} rows of the trial client ${clientId} could not be removed`,
    'A trial leaves nothing behind',
    `Run chartkey clients delete ${clientId}`,
  ]);
