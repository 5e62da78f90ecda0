import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Client } from '../clients/client.entity.js';
import { MfaStates } from '../mfa/mfa-states.service.js';
import { ConsentsService } from '../consents/consents.service.js';
import { mayPatientsSignIn } from '../platform/ehr/api-switches.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import type { Decision, Facts, SessionFacts } from '../protocol/interaction/facts.js';
import { decideScopes, grantedBy } from '../protocol/scope/scope-decision.js';
import { ScopeIndex } from '../protocol/scope/scope-index.js';
import type { ScopeOutcome } from '../protocol/scope/scope-outcome.js';
import { coversScopes } from '../protocol/scope/scope-set.js';
import { reachesAcr } from '../protocol/token/acr.js';
import type { Session } from '../sessions/session.entity.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { Authentication } from '../sign-in/authentication.service.js';
import { EnrolmentPolicy } from '../sign-in/enrolment-policy.service.js';
import { PasswordChange } from '../sign-in/password-change.service.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { Person, Role } from '../sign-in/person.js';
import type { SecondFactorKind } from '../sign-in/second-factors.service.js';
import { EhrRememberedConsents } from '../tokens/ehr-remembered-consents.service.js';
import { isIdentityAssured } from './client-identity.js';
import type { Interaction } from './interaction.entity.js';
import { type KnownPatient, PatientContexts } from './patient-contexts.service.js';
import { ServerPolicyService } from './server-policy.service.js';
import { rolesFor } from './sign-in-roles.js';

/** What is known while a request waits: the facts that the steps ask, and the people they are about. */
export interface KnownFacts {
  readonly facts: Facts;
  /** Who is signed in with this browser and can use what is asked for; null when nobody is. */
  readonly signedIn: { readonly session: Session; readonly person: Person } | null;
  /** Whose password was proven here while a second factor is outstanding, and which; null when nobody's was. */
  readonly halfWay: { readonly person: Person; readonly factor: SecondFactorKind } | null;
  /** Whose record the request is about, where its scope asks for a patient; null while that is not known. */
  readonly patient: KnownPatient | null;
  /** As whom people may sign in. */
  readonly roles: readonly Role[];
  /** What becomes of each scope that was sent, for the person who is signed in; none for a request of our own. */
  readonly scopes: readonly ScopeOutcome[];
}

/** Gathers the facts for the steps: anew each time, from the database alone. */
@Injectable()
export class FactsService {
  constructor(
    private readonly sessions: SessionsService,
    private readonly people: PeopleService,
    private readonly authentication: Authentication,
    private readonly policy: EnrolmentPolicy,
    private readonly mfaStates: MfaStates,
    private readonly passwords: PasswordChange,
    private readonly consents: ConsentsService,
    private readonly ehrConsents: EhrRememberedConsents,
    private readonly settings: GlobalSettings,
    private readonly patientContexts: PatientContexts,
    private readonly serverPolicy: ServerPolicyService,
  ) {}

  /**
   * @param client null for a request of our own
   * @param request of the browser that the interaction belongs to
   */
  async gather(interaction: Interaction, client: Client | null, request: FastifyRequest): Promise<KnownFacts> {
    const roles = await this.rolesOf(interaction);
    const signedIn = await this.findSignedIn(roles, request);
    const halfWay = await this.findHalfWay(interaction);
    const { patient, ...patientFacts } = await this.patientContexts.gather(interaction, signedIn?.person ?? null);
    const { request: waiting, createdAt, expectedSubject } = interaction;
    const scopes = await this.decideScopes(waiting, client, signedIn?.person ?? null);
    const requestedScope = grantedBy(scopes);
    const leastAcr = waiting.prompt.leastAcr ?? null; // not in a request that was stored before it was known
    const remembered = await this.findRemembered(client, interaction, signedIn?.person ?? null, requestedScope);
    const isConsentSkipped = !coversScopes(remembered ?? [], requestedScope) && (await this.isSkipped(client, waiting));
    const facts: Facts = {
      request: { prompt: waiting.prompt.values, maxAge: waiting.prompt.maxAge, createdAt, expectedSubject, leastAcr },
      session: signedIn && { ...signedIn.session, ...(await this.aboutFactors(signedIn, interaction)) },
      primaryFactorProven: halfWay && { subject: halfWay.person.subject },
      secondFactorRequired: halfWay !== null && halfWay.factor !== 'none',
      enrolmentPutOff: interaction.isEnrolmentPutOff,
      passwordExpired: signedIn !== null && (await this.passwords.isDue(signedIn.person, signedIn.session)),
      decision: decisionOf(interaction),
      rememberedScope: isConsentSkipped ? requestedScope : remembered,
      isConsentSkipped,
      requestedScope,
      ...patientFacts,
    };
    return { facts, signedIn, halfWay, patient, roles, scopes };
  }

  private async decideScopes(
    { scope, sentScope }: Interaction['request'],
    client: Client | null,
    person: Person | null,
  ): Promise<readonly ScopeOutcome[]> {
    if (client === null) return [];
    const { scopes: supported } = await this.serverPolicy.read();
    return decideScopes(sentScope ?? scope, { supported, registered: new ScopeIndex(client.scope), role: person?.role ?? null });
  }

  /**
   * Whether an app that was started from a chart is let in without being allowed: by the EHR's setting, and by what an administrator says there of
   * the client. Who is at the browser must be signed in here all the same.
   * @see the EHR's src/RestControllers/AuthorizationController.php, skip_ehr_launch_authorization_flow
   */
  private async isSkipped(client: Client | null, { launch }: Interaction['request']): Promise<boolean> {
    if (!launch || client?.skipsLaunchAuthorization !== true) return false;
    return (await this.settings.read()).text('oauth_ehr_launch_authorization_flow_skip') === '1';
  }

  private async rolesOf({ request }: Interaction): Promise<readonly Role[]> {
    return rolesFor(request.scope, mayPatientsSignIn(await this.settings.read()));
  }

  /** A session of somebody who was switched off since, or who cannot use what is asked for, is none for this request. */
  private async findSignedIn(roles: readonly Role[], request: FastifyRequest): Promise<KnownFacts['signedIn']> {
    const session = await this.sessions.find(request);
    if (session === null || !roles.includes(session.role)) return null;
    const person = await this.findActive(session.subject, session.role);
    return person && { session, person };
  }

  /** Looks no further than somebody asks: most people are asked for nothing. */
  private async aboutFactors(
    { session, person }: NonNullable<KnownFacts['signedIn']>,
    { request, provenSid, chosenSid }: Interaction,
  ): Promise<Omit<SessionFacts, keyof Session>> {
    const provenHere = session.sid === provenSid;
    const isLacking = !reachesAcr(session.amr, request.prompt.leastAcr ?? null);
    const isAsked = isLacking || (await this.policy.ruleFor(person)) === 'required';
    const hasSecondFactor = isAsked && (await this.authentication.secondFactorOf(person)) !== 'none';
    return {
      provenHere,
      chosenHere: session.sid === chosenSid,
      hasSecondFactor,
      enrolmentDue: isAsked && !hasSecondFactor ? (await this.policy.dueFor(person)).due : 'none',
      isNoticePending: provenHere && (await this.mfaStates.isNoticePending(person.subject)),
    };
  }

  private async findHalfWay({ pendingSubject, pendingRole }: Interaction): Promise<KnownFacts['halfWay']> {
    const person = await this.findActive(pendingSubject, pendingRole);
    return person && { person, factor: await this.authentication.secondFactorOf(person) };
  }

  private async findActive(subject: string | null, role: Role | null): Promise<Person | null> {
    const person = subject === null ? null : await this.people.find(subject);
    return person?.isActive === true && person.role === role ? person : null;
  }

  private async findRemembered(
    client: Client | null,
    { request, decidedBy }: Interaction,
    person: Person | null,
    requestedScope: readonly string[],
  ): Promise<readonly string[] | null> {
    if (person === null || client === null || !isIdentityAssured(client, request.target.redirectUri)) return null;
    const { clientId } = client;
    const remembered = await this.consents.findRemembered(clientId, person.subject);
    const isAskedAnyway = request.prompt.values.includes('consent') || decidedBy === person.subject;
    if (remembered !== null || isAskedAnyway) return remembered; // opening what the EHR remembers is work
    return this.ehrConsents.find(clientId, person.subject, requestedScope);
  }
}

function decisionOf({ grantedScope, decidedBy }: Interaction): Decision | null {
  if (grantedScope === null) return null;
  return grantedScope.length === 0 || decidedBy === null ? 'denied' : { subject: decidedBy, granted: grantedScope };
}
