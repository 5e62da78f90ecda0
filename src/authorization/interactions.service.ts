import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type FindOptionsWhere, IsNull, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import { deleteWhere } from '../platform/database/delete-in-batches.js';
import type { AuthorizationRequest } from '../protocol/authorization/authorization-request.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { Interaction } from './interaction.entity.js';

const ID_BYTES = 32;

/** Milliseconds for which an expired request is kept, so that its person can start it again. */
const KEPT_AFTER = 12 * 3600 * 1000;

/** Lifetimes for which a request may wait in all, when its person asks for more time again and again. WCAG 2.2 §2.2.1 wants ten. */
const MOST_LIFETIMES = 12;

/** The browser of an interaction whose request came without cookies; see `claim`. */
const NOBODY = '';

/** What a person allowed on the consent page. */
export interface PersonsDecision {
  /** uuid text. */
  readonly subject: string;
  /** Scopes; to allow none is to decline. */
  readonly granted: readonly string[];
  /** Not to be asked again. */
  readonly isRemembered: boolean;
  /** uuid text of the patient who was chosen when it was decided; null or left out where nobody was. */
  readonly patient?: string | null;
}

/**
 * Authorization requests that wait for a person. Each fact is recorded by one conditional statement, so that tabs and replicas which
 * race leave a state that one of them could have left alone.
 */
@Injectable()
export class InteractionsService {
  constructor(
    @InjectRepository(Interaction) private readonly interactions: Repository<Interaction>,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * What will be stored if the request has to wait.
   * @param request proven
   * @param expectedSubject of the verified id_token_hint; null when there was none
   */
  draft(request: AuthorizationRequest, expectedSubject: string | null, id = this.random.token(ID_BYTES)): Interaction {
    const now = this.clock.now();
    return this.interactions.create({
      id,
      browserHash: NOBODY,
      clientId: request.clientId,
      // the hint has been verified, and what it said is kept: a token is not
      request: { ...request, prompt: { ...request.prompt, idTokenHint: null } },
      pendingSubject: null,
      pendingRole: null,
      provenSid: null,
      chosenSid: null,
      expectedSubject,
      isEnrolmentPutOff: false,
      grantedScope: null,
      decidedBy: null,
      isRemembered: false,
      chosenPatient: null,
      chosenBy: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + this.config.interactionLifetime * 1000),
      answeredAt: null,
    });
  }

  /**
   * Lets a request wait.
   * @param browserHash SHA-256 in hex of the browser's secret; null when it sent no cookies, see `claim`
   */
  async store(draft: Interaction, browserHash: string | null): Promise<void> {
    await this.interactions.insert({ ...draft, browserHash: browserHash ?? NOBODY });
  }

  /**
   * The waiting request, for the browser it belongs to and for no other. It may have been answered.
   * @param browserHash SHA-256 in hex of the browser's secret; null when the browser is new here
   * @throws OAuthError invalid_request: unknown, expired, or of another browser; which of them is for the log
   */
  async get(id: string, browserHash: string | null): Promise<Interaction> {
    return checkOwner(await this.findLiving(id), browserHash);
  }

  /**
   * The same, and gives a request that came without cookies to the first browser that returns for it: browsers leave our cookies out
   * when another site posts to us, and send them again when they follow the redirect.
   * @param browserHash SHA-256 in hex of the browser's secret
   * @throws OAuthError invalid_request
   */
  async claim(id: string, browserHash: string): Promise<Interaction> {
    const interaction = await this.findLiving(id);
    if (interaction.browserHash !== NOBODY) return checkOwner(interaction, browserHash);
    const { affected } = await this.interactions.update({ ...this.open(id), browserHash: NOBODY }, { browserHash });
    return affected === 1 ? { ...interaction, browserHash } : this.get(id, browserHash);
  }

  /** A request of this browser that expired before it was answered; null when there is no such request. */
  async findExpired(id: string, browserHash: string | null): Promise<Interaction | null> {
    const found = await this.interactions.findOneBy({ id });
    if (found?.id !== id || found.answeredAt !== null || found.expiresAt > this.clock.now()) return null;
    return isSameHash(found.browserHash, browserHash) ? found : null;
  }

  /**
   * Lets an expired request wait once more, from its beginning: nothing that was proven or decided counts. Asked twice, it is one request.
   * @returns id of the new interaction
   */
  async restart({ id, request, expectedSubject, browserHash }: Interaction): Promise<string> {
    const draft = this.draft(request, expectedSubject, createHash('sha256').update(`restart ${id}`).digest('base64url'));
    await this.interactions
      .createQueryBuilder()
      .insert()
      .values({ ...draft, browserHash })
      .orIgnore()
      .execute();
    return draft.id;
  }

  /**
   * Gives a person more time.
   * @returns seconds that the request waits from now; null when it is not waiting, or has waited for long enough
   */
  async extend(id: string): Promise<number | null> {
    const { interactionLifetime } = this.config;
    const now = this.clock.now().getTime();
    const { affected } = await this.interactions.update(
      { ...this.open(id), createdAt: MoreThan(new Date(now - MOST_LIFETIMES * interactionLifetime * 1000)) },
      { expiresAt: new Date(now + interactionLifetime * 1000) },
    );
    return affected === 1 ? interactionLifetime : null;
  }

  /** Somebody proved a password, and a second factor is outstanding. @returns whether the request still waited */
  recordPrimaryFactor(id: string, person: { readonly subject: string; readonly role: 'users' | 'patient' }): Promise<boolean> {
    return this.record(id, { pendingSubject: person.subject, pendingRole: person.role });
  }

  /** Somebody has signed in on the pages of this request. @returns whether it still waited */
  recordSession(id: string, sid: string): Promise<boolean> {
    return this.record(id, { provenSid: sid, pendingSubject: null, pendingRole: null });
  }

  /** Somebody who was signed in already chose to go on as who they are. @returns whether the request still waited */
  recordChosenAccount(id: string, sid: string): Promise<boolean> {
    return this.record(id, { chosenSid: sid });
  }

  /** Somebody has seen the page about second factors, and goes on. @returns whether the request still waited */
  recordEnrolmentPutOff(id: string): Promise<boolean> {
    return this.record(id, { isEnrolmentPutOff: true });
  }

  /** Somebody chose a patient: the latest choice counts, and what was allowed for another one is void. @returns whether the request still waited */
  recordPatient(id: string, choice: { readonly subject: string; readonly patient: string }): Promise<boolean> {
    const undecided = { decidedBy: null, grantedScope: null, isRemembered: false };
    return this.record(id, { ...undecided, chosenPatient: choice.patient, chosenBy: choice.subject });
  }

  /**
   * The latest decision before the answer counts, as long as it is about the patient who is chosen.
   * @returns whether the request still waited, with that patient
   */
  recordDecision(id: string, { subject, granted, isRemembered, patient }: PersonsDecision): Promise<boolean> {
    const chosenPatient = patient ?? IsNull();
    return this.record(id, { decidedBy: subject, grantedScope: [...granted], isRemembered }, { chosenPatient });
  }

  /** Somebody turned back; it does not matter who. @returns whether the request still waited */
  recordDeclined(id: string): Promise<boolean> {
    return this.record(id, { decidedBy: null, grantedScope: [], isRemembered: false });
  }

  /**
   * Takes the right to answer the request.
   * @returns true once, for whoever comes first; false ever after, and when the request has expired
   */
  answerOnce(id: string): Promise<boolean> {
    return this.record(id, { answeredAt: this.clock.now() });
  }

  /** @returns how many requests had expired, could not be started again any more, and are gone */
  deleteExpired(now: Date): Promise<number> {
    return deleteWhere(this.interactions, { expiresAt: LessThanOrEqual(new Date(now.getTime() - KEPT_AFTER)) });
  }

  private async findLiving(id: string): Promise<Interaction> {
    const interaction = await this.interactions.findOneBy({ id });
    if (interaction?.id !== id) throw gone('unknown interaction');
    if (interaction.expiresAt <= this.clock.now()) throw gone('expired interaction');
    return interaction;
  }

  private async record(
    id: string,
    facts: Partial<Omit<Interaction, 'request'>>,
    condition: FindOptionsWhere<Interaction> = {},
  ): Promise<boolean> {
    const { affected } = await this.interactions.update({ ...this.open(id), ...condition }, facts);
    return affected === 1;
  }

  private open(id: string): FindOptionsWhere<Interaction> {
    return { id, answeredAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
  }
}

function gone(detail: string): OAuthError {
  return new OAuthError('invalid_request', 'This page belongs to another browser or has expired. Start again from the application.', {
    detail,
  });
}

function checkOwner(interaction: Interaction, browserHash: string | null): Interaction {
  if (!isSameHash(interaction.browserHash, browserHash)) throw gone('interaction of another browser');
  return interaction;
}

function isSameHash(expected: string, sent: string | null): boolean {
  if (expected === NOBODY || sent === null) return false;
  const ours = Buffer.from(expected);
  const theirs = Buffer.from(sent);
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
