import { ClientMarks } from '../../src/clients/client-marks.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { EhrSite } from '../../src/platform/ehr/ehr-site.js';
import { readKeyRows } from '../../src/platform/ehr/open-ehr-site.js';
import { loadKeyRing } from '../../src/platform/ehr/site-keys.js';
import { approvedClient, type JsonAnswer, type OAuthClient, postForm } from './oauth-client.js';
import { CLINICIAN } from './people.js';
import type { TestServer } from './start-server.js';

/** A launch token as the EHR's pages make it. @param members `p` patient, `e` visit, `i` intent, `apt` appointment */
export async function ehrLaunch({ app, database }: TestServer, members: Readonly<Record<string, string>>): Promise<string> {
  const ring = await loadKeyRing(app.get(EhrSite).siteDir, await readKeyRows(database), new SystemRandom());
  const blob = ring.seal('drive', Buffer.from(JSON.stringify(members), 'utf8'));
  return Buffer.from(blob, 'latin1').toString('base64');
}

/** A client that may start apps. */
export async function launcher(server: TestServer): Promise<OAuthClient> {
  const client = await approvedClient(server, { client_name: 'The chart', scope: 'openid' });
  await server.app.get(Transactions).run((tx) => server.app.get(ClientMarks).change(tx, client.clientId, ['launcher'], []));
  return client;
}

/** Asks for a launch of an app for the clinician. */
export function startApp(
  chart: OAuthClient,
  app: OAuthClient,
  more: Readonly<Record<string, string | undefined>> = {},
): Promise<JsonAnswer> {
  const fields = { app: app.clientId, user: CLINICIAN.username, ...chart.credentials, ...more };
  return postForm(`${chart.server.issuer}/smart/launch`, fields);
}
