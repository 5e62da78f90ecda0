import type { Client } from '../../clients/client.entity.js';
import type { RequestingApp } from '../../platform/web/requesting-app.view.js';

type Named = Pick<Client, 'name' | 'clientId'>;

/**
 * The client as people see it.
 * @param client null for a request of our own, behind which there is no app
 * @param redirectUri where the answer goes; undefined when the client has none
 */
export function requestingApp(client: Named, redirectUri: string | undefined): RequestingApp;
export function requestingApp(client: Named | null, redirectUri: string | undefined): RequestingApp | null;
export function requestingApp(client: Named | null, redirectUri: string | undefined): RequestingApp | null {
  if (client === null) return null;
  return { name: client.name === '' ? client.clientId : client.name, redirectHost: hostOf(redirectUri ?? '') };
}

/** Addresses to which a form of the page leads in the end, for its headers. */
export function formTargets(redirectUri: string): readonly string[] {
  return URL.canParse(redirectUri) ? [redirectUri] : [];
}

/** The host of a web address; of any other, what tells the person's device which app to open. */
function hostOf(redirectUri: string): string {
  if (!URL.canParse(redirectUri)) return redirectUri;
  const { protocol, host } = new URL(redirectUri);
  return protocol === 'http:' || protocol === 'https:' ? host : protocol;
}
