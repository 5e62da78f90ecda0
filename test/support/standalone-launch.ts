import { Browser } from './browser.js';
import { allow, callbackOf, type OAuthClient, type SignInFields, signIn, type Tokens } from './oauth-client.js';
import { choose, isPicker } from './patient-picking.js';
import { CLINICIAN } from './people.js';

/** The answer of the token endpoint with the launch context beside the tokens. */
export type LaunchAnswer = Tokens & Record<string, unknown>;

interface LaunchOptions {
  /** Fields of the authorization request, over those of `client`. */
  readonly request?: Readonly<Record<string, string | undefined>>;
  readonly person?: SignInFields;
  /** `pid` of the patient whom staff choose. */
  readonly patient?: string;
}

/** An app that is started on its own: a person signs in, chooses a patient where they are asked, and allows everything. */
export async function standaloneLaunch(client: OAuthClient, options: LaunchOptions = {}): Promise<LaunchAnswer> {
  const { request = {}, person = CLINICIAN, patient = '1' } = options;
  const browser = new Browser(client.server.origin);
  const page = await signIn(browser, await browser.open(client.authorizeUrl(request)), person);
  const consent = isPicker(page) ? await choose(browser, page, patient) : page;
  const answer = await client.exchange(callbackOf(await allow(browser, consent)).get('code'));
  if (answer.status !== 200) throw new Error(`no tokens: ${JSON.stringify(answer.body)}`);
  return answer.body as unknown as LaunchAnswer;
}
