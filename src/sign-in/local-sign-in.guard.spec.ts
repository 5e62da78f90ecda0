import { type ArgumentsHost, Catch, Controller, type ExceptionFilter, Module, Post, Req, UseGuards } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SystemRandom, Random } from '../platform/ambient/random.js';
import { HashingBusyError } from '../platform/ambient/hashing-queue.js';
import { Config } from '../platform/config/config.js';
import { RateLimits } from '../platform/throttle/rate-limits.service.js';
import { toOAuthError } from '../platform/web/oauth-error.filter.js';
import { parseFormBody } from '../protocol/parameters/form.js';
import { Authentication, type Credentials } from './authentication.service.js';
import { LocalSignInGuard } from './local-sign-in.guard.js';
import { LocalStrategy } from './local.strategy.js';
import type { Person } from './person.js';

@Controller('try')
class TryController {
  @Post()
  @UseGuards(LocalSignInGuard)
  who(@Req() { user }: FastifyRequest): { subject: string | null } {
    return { subject: user?.subject ?? null };
  }
}

/** Answers with the code that the application would answer with. */
@Catch()
class CodeFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const { status, code } = toOAuthError(thrown);
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send({ error: code });
  }
}

/** What is known of the browser that sends the forms. */
const BROWSER = { address: '127.0.0.1', userAgent: 'node', mayBeExpired: true };

interface Site {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly asked: Credentials[];
}

/** A server on which everybody whose password is `right` is let in, as a subject of the site. */
async function openSite(name: string): Promise<Site> {
  const asked: Credentials[] = [];
  const authenticate = async (credentials: Credentials): Promise<Pick<Person, 'subject'> | null> => {
    asked.push(credentials);
    if (credentials.password === 'busy') throw new HashingBusyError();
    return credentials.password === 'right' ? { subject: `${credentials.username}@${name}` } : null;
  };
  @Module({
    controllers: [TryController],
    providers: [
      LocalStrategy,
      { provide: Authentication, useValue: { authenticate } },
      { provide: Random, useClass: SystemRandom },
      { provide: Config, useValue: { expiredPassword: 'change' } },
      { provide: RateLimits, useValue: { takePerson: () => undefined } },
    ],
  })
  class TryModule {}
  const adapter = new FastifyAdapter();
  const app = await NestFactory.create<NestFastifyApplication>(TryModule, adapter, { logger: false, bodyParser: false });
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) =>
    parseFormBody(body),
  );
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, async (_: unknown, body: string) => JSON.parse(body) as unknown);
  app.useGlobalFilters(new CodeFilter());
  await app.listen(0, '127.0.0.1');
  return { app, url: `${await app.getUrl()}/try`, asked };
}

describe('LocalSignInGuard', () => {
  let site: Site;
  let other: Site;

  beforeAll(async () => {
    site = await openSite('one');
    other = await openSite('two');
  });

  afterAll(async () => {
    await site.app.close();
    await other.app.close();
  });

  beforeEach(() => site.asked.splice(0));

  const post = async (
    body: string,
    { url, type = 'application/x-www-form-urlencoded' } = { url: site.url, type: undefined as string | undefined },
  ) => {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  it('puts who signed in on the request', async () => {
    expect(await post('user_role=users&username=clinician&password=right')).toEqual({ status: 201, body: { subject: 'clinician@one' } });
    expect(site.asked).toEqual([{ role: 'users', username: 'clinician', password: 'right', email: undefined, ...BROWSER }]);
  });

  it('hands on the e-mail address of a patient, and every character of a password', async () => {
    await post('user_role=patient&username=phil&password=+a%26b%3D%25%20&email=phil%40example.org');
    expect(site.asked).toEqual([{ role: 'patient', username: 'phil', password: ' a&b=% ', email: 'phil@example.org', ...BROWSER }]);
  });

  it('lets the route answer when nobody was', async () => {
    expect(await post('user_role=users&username=clinician&password=wrong')).toEqual({ status: 201, body: { subject: null } });
  });

  it.each([
    ['no password', 'user_role=users&username=clinician'],
    ['an empty password', 'user_role=users&username=clinician&password='],
    ['no name', 'user_role=users&password=right'],
    ['no role', 'username=clinician&password=right'],
    ['a role that does not exist', 'user_role=admin&username=clinician&password=right'],
    ['the way out', 'user_role=users&username=clinician&password=right&cancel=1'],
    ['nothing', ''],
  ])('tries nothing for %s', async (_, form) => {
    expect(await post(form)).toEqual({ status: 201, body: { subject: null } });
    expect(site.asked).toEqual([]);
  });

  it('never looks for a password in the address', async () => {
    expect(await post('user_role=users', { url: `${site.url}?username=clinician&password=right`, type: undefined })).toMatchObject({
      body: { subject: null },
    });
    expect(site.asked).toEqual([]);
  });

  it('reads forms alone', async () => {
    const json = JSON.stringify({ user_role: 'users', username: 'clinician', password: 'right' });
    expect(await post(json, { url: site.url, type: 'application/json' })).toMatchObject({ body: { subject: null } });
    expect(site.asked).toEqual([]);
  });

  it('refuses a repeated field', async () => {
    expect(await post('user_role=users&username=clinician&password=wrong&password=right')).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(site.asked).toEqual([]);
  });

  it('says that the server is busy, which is nobody’s failure', async () => {
    expect(await post('user_role=users&username=clinician&password=busy')).toMatchObject({
      status: 503,
      body: { error: 'temporarily_unavailable' },
    });
  });

  it('asks the server that the request has reached, of several in one process', async () => {
    const form = (n: number): string => `user_role=users&username=user${n}&password=right`;
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) => post(form(n), { url: n % 2 ? other.url : site.url, type: undefined })),
    );
    expect(answers.map(({ body }) => body['subject'])).toEqual(Array.from({ length: 40 }, (_, n) => `user${n}@${n % 2 ? 'two' : 'one'}`));
  });
});
