import { Entity, PrimaryColumn } from 'typeorm';
import { Flag, Instant, Json, Name, Words } from '../platform/database/columns.js';
import type { AuthorizationRequest } from '../protocol/authorization/authorization-request.js';

/** An authorization request that waits for a person. Bound to one browser, answered once. */
@Entity({ name: 'oauth2_interaction' })
export class Interaction {
  @PrimaryColumn({ name: 'id', type: 'varchar', length: 43 })
  id!: string;

  /** SHA-256 of the browser's cookie value, hex; empty until a browser whose request came without cookies returns with them. */
  @Name('browser_hash')
  browserHash!: string;

  @Name('client_id')
  clientId!: string;

  @Json('request')
  request!: AuthorizationRequest;

  /** Who proved a password here while the second factor is outstanding; uuid text. */
  @Name('pending_subject', { nullable: true })
  pendingSubject!: string | null;

  @Name('pending_role', { nullable: true })
  pendingRole!: 'users' | 'patient' | null;

  /** `sid` of the session that began on the pages of this interaction. */
  @Name('proven_sid', { nullable: true })
  provenSid!: string | null;

  /** `sid` of the session that was here already, and with which the person chose to go on. */
  @Name('chosen_sid', { nullable: true })
  chosenSid!: string | null;

  /** Subject of the verified id_token_hint. */
  @Name('expected_subject', { nullable: true })
  expectedSubject!: string | null;

  /** The person has seen the page about second factors, and went on without. */
  @Flag('is_enrolment_put_off')
  isEnrolmentPutOff!: boolean;

  /** Scopes that the person allowed here; null while undecided, empty when they declined. */
  @Words('granted_scope', { nullable: true })
  grantedScope!: string[] | null;

  /** Whose decision it is; null when somebody declined without signing in. */
  @Name('decided_by', { nullable: true })
  decidedBy!: string | null;

  /** The person asked not to be asked again. */
  @Flag('is_remembered')
  isRemembered!: boolean;

  /** uuid text of the patient whose record the request is about. */
  @Name('chosen_patient', { nullable: true })
  chosenPatient!: string | null;

  /** Subject of who chose. */
  @Name('chosen_by', { nullable: true })
  chosenBy!: string | null;

  @Instant('created_at')
  createdAt!: Date;

  @Instant('expires_at')
  expiresAt!: Date;

  @Instant('answered_at', { nullable: true })
  answeredAt!: Date | null;
}
