import { type Answer, Browser } from './browser.js';
import { allow, callbackOf, type OAuthClient, type SignInFields, signIn, type Tokens } from './oauth-client.js';
import { CLINICIAN } from './people.js';
import type { TestServer } from './start-server.js';

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A person with a browser of their own, who signs in where a page asks for it and allows everything. */
export class Visitor {
  readonly browser: Browser;

  constructor(
    server: Pick<TestServer, 'origin'>,
    readonly person: SignInFields = CLINICIAN,
  ) {
    this.browser = new Browser(server.origin);
  }

  /** Opens a request and signs in if that page comes; the page after it, or the answer at the client. */
  async arrive(client: OAuthClient, more: Fields = {}): Promise<Answer> {
    const page = await this.browser.open(client.authorizeUrl(more));
    return page.text.includes('name="password"') ? signIn(this.browser, page, this.person) : page;
  }

  /** Goes the whole way; where the browser ends: at the client, or on a page that leads no further. */
  async visit(client: OAuthClient, more: Fields = {}): Promise<Answer> {
    const page = await this.arrive(client, more);
    return page.location === null && page.text.includes('name="decision"') ? allow(this.browser, page) : page;
  }

  /** What the client is told by query. */
  async answer(client: OAuthClient, more: Fields = {}): Promise<URLSearchParams> {
    return callbackOf(await this.visit(client, more));
  }

  async code(client: OAuthClient, more: Fields = {}): Promise<string> {
    const answer = await this.answer(client, more);
    const code = answer.get('code');
    if (code === null) throw new Error(`no code: ${answer.toString()}`);
    return code;
  }

  async tokens(client: OAuthClient, more: Fields = {}): Promise<Tokens> {
    const answer = await client.exchange(await this.code(client, more));
    if (answer.status !== 200) throw new Error(`no tokens: ${JSON.stringify(answer.body)}`);
    return answer.body as unknown as Tokens;
  }
}
