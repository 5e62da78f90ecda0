import type { Config } from '../config/config.js';
import { DEMO_PEOPLE, type DemoPerson } from '../database/embedded/demo-people.js';

const INTRODUCTION = `
Authorization server of an OpenEMR site: OAuth 2.0 and OpenID Connect.

Forms are \`application/x-www-form-urlencoded\`, answers are JSON. Errors have the members \`error\` and \`error_description\`; the header
\`x-request-id\` finds them in the log.
`.trim();

const WITH_CLIENT = `
### Try it

1. Press **Authorize**. Under *oauth2* the built-in public client is filled in; choose scopes and press *Authorize* there. It has no secret:
   leave that field empty.
2. A window opens: sign in, read what Swagger UI asks for, and allow it.
3. Open \`GET userinfo\` below, *Try it out*, *Execute*: the call carries your token.
`.trim();

const WITHOUT_CLIENT = `
### Try it

The built-in client of this page is switched off here (\`CHARTKEY_SWAGGER_CLIENT\`). Bring a token of a client of your own: press
**Authorize** and enter it under *bearer*, or enter a client's credentials under *basic*.
`.trim();

/** What the OpenAPI document says before its endpoints, in Markdown. Names the demo people only where there are any. */
export function documentDescription(config: Pick<Config, 'swaggerClient' | 'databaseUrl'>): string {
  const parts = [INTRODUCTION, config.swaggerClient ? WITH_CLIENT : WITHOUT_CLIENT];
  return [...parts, ...(config.databaseUrl === null ? [demoPeople()] : [])].join('\n\n');
}

function demoPeople(): string {
  const rows = DEMO_PEOPLE.map((person) => `| \`${person.login}\` | \`${person.password}\` | ${kindOf(person)} |`);
  return [
    '### Demo people',
    '',
    'They exist on the embedded demo database only. Patients sign in as *patient* and enter the same address as user name and e-mail.',
    '',
    '| user name | password | who |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function kindOf(person: DemoPerson): string {
  return person.totpSecret === undefined ? person.note : `${person.note} (authenticator secret \`${person.totpSecret}\`)`;
}
