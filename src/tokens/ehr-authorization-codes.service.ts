import { Injectable } from '@nestjs/common';
import type { Consent } from '../consents/consent.entity.js';
import { ConsentsService } from '../consents/consents.service.js';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { openLaunchToken } from '../platform/ehr/launch-token.js';
import { launchedContext, readEhrLaunch } from '../protocol/launch/launch.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { Person } from '../sign-in/person.js';
import { AuthorizationCodesService, hashOf } from './authorization-codes.service.js';
import { type EhrAuthorizationCode, findEhrAuthorizationCode } from './ehr-authorization-code.js';
import { EhrOpaqueTokens } from './ehr-opaque-tokens.service.js';
import type { RedeemableCode } from './redeemable-code.js';

const GRANT_ID_BYTES = 32;
const PATIENT_SCOPE = 'launch/patient';

/** Facts that the EHR's session holds, by its own names. */
type EhrSession = Readonly<Record<string, unknown>>;

/**
 * Authorization codes that the EHR's own server issued. It keeps one in its row of client and person until the next consent of both, and
 * would exchange it any number of times. Presented here, it leaves that row and becomes a used code of ours: a second use is judged
 * like that of any other.
 */
@Injectable()
export class EhrAuthorizationCodes {
  constructor(
    private readonly codes: AuthorizationCodesService,
    private readonly consents: ConsentsService,
    private readonly opaqueTokens: EhrOpaqueTokens,
    private readonly people: PeopleService,
    private readonly site: EhrSite,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly config: Config,
  ) {}

  /**
   * One that was presented here before is found by its hash; only a new one costs the work of opening it.
   * @param text of a form that `isEhrOpaqueToken` recognizes
   * @returns null when it is no code of this site, or the EHR has dropped it
   * @throws OAuthError temporarily_unavailable when too many wait to be opened
   */
  async find(text: string): Promise<RedeemableCode | null> {
    const adopted = await this.codes.find(text);
    if (adopted !== null) return adopted;
    const members = await this.opaqueTokens.open(text);
    const code = members && findEhrAuthorizationCode(members);
    const person = code && (await this.people.find(code.subject));
    if (!code || !person) return null;
    if (code.expiresAt <= this.clock.now()) return this.redeemable(text, code, person, null);
    const consent = await this.consents.findByCode(code.clientId, code.subject, text);
    if (consent !== null) return this.redeemable(text, code, person, consent);
    return this.codes.find(text); // another request was faster
  }

  /**
   * Takes a code out of the EHR's row, and notes it as used.
   * @returns false when another request took it, or a later consent replaced it
   */
  async adopt(tx: Transaction, code: RedeemableCode): Promise<boolean> {
    const { ofEhr, ...facts } = code;
    if (!ofEhr || ofEhr.consentId === null || !(await this.consents.takeCode(tx, ofEhr.consentId, ofEhr.text))) return false;
    const usedAt = this.clock.now();
    // What the EHR does not tell is empty here: of a used code nobody asks it.
    await this.codes.insertUsed(tx, { ...facts, sid: facts.sid ?? '', authTime: facts.authTime ?? usedAt, acr: facts.acr ?? '', usedAt });
    return true;
  }

  private async redeemable(text: string, code: EhrAuthorizationCode, person: Person, consent: Consent | null): Promise<RedeemableCode> {
    const session = readSession(consent?.sessionCache ?? '');
    const { clientId, subject, codeChallenge, challengeMethod, expiresAt } = code;
    return {
      codeHash: hashOf(text),
      grantId: this.random.token(GRANT_ID_BYTES),
      clientId,
      subject,
      role: person.role,
      redirectUri: code.redirectUri ?? textOf(session, 'redirect_uri') ?? '',
      redirectUriWasSent: code.redirectUri !== null,
      scope: [...code.scope],
      requestedScope: (consent?.scope ?? '').split(' ').filter((word) => word !== ''),
      state: textOf(session, 'csrf'),
      nonce: textOf(session, 'nonce'),
      codeChallenge,
      sid: null,
      authTime: null,
      amr: [],
      acr: null,
      isRemembered: consent?.isRemembered ?? false,
      launchContext: await this.contextOf(code.scope, session),
      expiresAt,
      usedAt: null,
      ofEhr: { text, consentId: consent?.id ?? null, challengeMethod },
    };
  }

  /**
   * What the EHR tells when a person chose a patient for the app, or when it was started from a chart.
   * @see the EHR's src/Common/Auth/OpenIDConnect/IdTokenSMARTResponse.php
   */
  private async contextOf(scope: readonly string[], session: EhrSession): Promise<Record<string, unknown>> {
    const token = textOf(session, 'launch');
    const json = token === null || scope.includes(PATIENT_SCOPE) ? null : openLaunchToken(this.site.secretBox, token);
    const launch = json === null ? null : readEhrLaunch(json);
    if (launch !== null) return { ...launchedContext(launch, scope, this.config.issuer) };
    const patient = textOf(session, 'puuid');
    if (patient === null || !scope.includes(PATIENT_SCOPE) || (await this.people.find(patient))?.role !== 'patient') return {};
    return { patient, need_patient_banner: true, smart_style_url: `${this.config.issuer}/smart/smart-style` };
  }
}

function textOf(session: EhrSession, name: string): string | null {
  const value = session[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function readSession(text: string): EhrSession {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {}; // whatever else the EHR keeps there
  }
}
