import { OAuthError } from '../protocol/errors/oauth-error.js';
import { isPatientRefused } from '../protocol/interaction/steps.js';
import { launchedContext } from '../protocol/launch/launch.js';
import { standaloneContext } from '../protocol/launch/launch-context.js';
import { coversScopes, intersectScopes } from '../protocol/scope/scope-set.js';
import { acrOf } from '../protocol/token/acr.js';
import type { ApprovedRequest } from '../tokens/approved-request.js';
import { isIdentityAssured } from './client-identity.js';
import type { Waiting } from './waiting-requests.service.js';

/**
 * Turns a request of which nothing is left to ask into what the person has allowed.
 * @throws OAuthError access_denied, addressed to the client, when the person declined, or may not see the patients that it asks about
 * @see RFC 6749 §4.1.2, §4.1.2.1; §3.3: less may be granted than was asked for
 */
export function approve({ interaction, client, facts, signedIn, patient }: Waiting): ApprovedRequest {
  const { request } = interaction;
  if (client === null) throw new Error('a request of our own is not for a client'); // it is answered before
  const { target, redirectUriSent, nonce, codeChallenge } = request;
  const { decision } = facts;
  if (decision === 'denied') throw declined(interaction);
  if (signedIn === null) throw new OAuthError('login_required', 'nobody is signed in', { target }); // the steps let nobody come here
  if (isPatientRefused(facts)) throw withoutPatients(interaction);
  const { session, person } = signedIn;
  const isDecidedHere = decision !== null && decision.subject === person.subject;
  const scope = intersectScopes(isDecidedHere ? decision.granted : (facts.rememberedScope ?? []), facts.requestedScope);
  if (scope.length === 0) throw declined(interaction);
  const askedToRemember = interaction.isRemembered && isIdentityAssured(client, target.redirectUri);
  return {
    clientId: client.clientId,
    subject: person.subject,
    role: person.role,
    redirectUri: target.redirectUri,
    redirectUriSent,
    scope,
    requestedScope: facts.requestedScope,
    state: target.state,
    nonce,
    codeChallenge,
    sid: session.sid,
    authTime: session.authTime,
    amr: session.amr,
    acr: acrOf(session.amr),
    // Remembered are the scopes as requested: a person who left some out is asked again, not given more than they allowed.
    isRemembered: isDecidedHere ? askedToRemember && coversScopes(scope, facts.requestedScope) : !facts.isConsentSkipped,
    launchContext: {
      ...standaloneContext({ scope, patient: patient?.uuid ?? null, issuer: target.issuer }),
      ...launchedContext(request.launch, scope, target.issuer),
    },
  };
}

function declined({ request }: Waiting['interaction']): OAuthError {
  return new OAuthError('access_denied', 'the person declined the request', { target: request.target });
}

/** @see the EHR's SMARTAuthorizationController: "No access to patient data for this user" */
function withoutPatients({ request }: Waiting['interaction']): OAuthError {
  const detail = 'no permission patients/demo in the EHR';
  return new OAuthError('access_denied', 'the person may not see patients, and the request is about one', {
    detail,
    target: request.target,
  });
}
