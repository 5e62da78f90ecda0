import type { DataSource } from 'typeorm';
import { Client } from '../clients/client.entity.js';
import { EntityColumns, madeOnce } from '../platform/database/entity-columns.js';
import { readRows } from '../platform/database/prepared.js';
import { hasTable } from '../platform/ehr/since.js';
import { PersonColumns, type PersonRecords } from '../sign-in/person-records.query.js';
import type { GrantFacts } from './issuable-grant.js';
import { RefreshToken } from './refresh-token.entity.js';
import { findTrust } from './trust.query.js';

/** Everything that is remembered about a refresh token. */
export interface RefreshState {
  readonly identifier: string;
  /** Identifier of the access token that was issued with it. */
  readonly jti: string;
  readonly grant: GrantFacts;
  readonly expiresAt: Date;
  /** The family ended, or the person no longer trusts the client. */
  readonly isEnded: boolean;
  /** Mark of the EHR: at its rotation, or by an administrator. */
  readonly isRevoked: boolean;
  readonly rotatedAt: Date | null;
  /** What it was exchanged for. */
  readonly successor: RefreshSuccessor | null;
  /** Issued by the EHR's own server and not exchanged here yet: its grant has not begun. */
  readonly isOfEhr: boolean;
  /** SHA-256 of its text, hex, where it has the EHR's form. */
  readonly sealedHash: string | null;
  /** Of whom the grant is about; null where they were not read with it. */
  readonly person: PersonRecords | null;
}

export interface RefreshSuccessor {
  readonly jti: string;
  readonly identifier: string | null;
  readonly isRotated: boolean;
}

interface Row extends Readonly<Record<string, unknown>> {
  readonly token: string;
  readonly revoked: number | string;
  readonly jti: string;
  readonly sealed_hash: string | null;
  readonly expires_at: number | string;
  readonly rotated_at: number | string | null;
  readonly successor_jti: string | null;
  readonly successor_identifier: string | null;
  readonly successor_rotated_at: number | string | null;
  readonly grant_id: string;
  readonly client_id: string;
  readonly subject: string;
  readonly role: GrantFacts['role'];
  readonly grant_type: string;
  readonly scope: string;
  readonly sid: string | null;
  readonly auth_time: number | string | null;
  readonly amr: string;
  readonly acr: string | null;
  readonly launch_context: string;
  readonly ended_at: number | string | null;
  readonly trusted_client?: string | null;
  readonly trusted_user?: string | null;
}

/** A statement and what reads its rows. */
interface Question {
  readonly sql: string;
  readonly client: EntityColumns<Client>;
  readonly person: PersonColumns;
}

/**
 * One round trip, every table by its index. Columns of the EHR are compared with each other or with parameters, never with ours: the
 * collations differ, and an index of the EHR would not be used.
 */
const recorded = madeOnce((source): Question => {
  const [client, person] = [new EntityColumns(source, Client, 'o'), new PersonColumns(source)];
  const sql = `
    SELECT r.token, r.revoked, i.jti, i.sealed_hash, i.expires_at, i.rotated_at, i.successor_jti,
      s.refresh_identifier AS successor_identifier, s.rotated_at AS successor_rotated_at,
      g.id AS grant_id, g.client_id, g.subject, g.role, g.grant_type, g.scope, g.sid, g.auth_time, g.amr, g.acr, g.launch_context, g.ended_at,
      c.client_id AS trusted_client, c.user_id AS trusted_user, ${client.list}, ${person.list}
    FROM (SELECT 1) one
    LEFT JOIN oauth_clients o ON o.client_id = ?
    LEFT JOIN api_refresh_token r ON r.token = ?
    LEFT JOIN oauth2_issuance i ON i.refresh_identifier = ?
    LEFT JOIN oauth2_grant g ON g.id = i.grant_id
    LEFT JOIN oauth2_issuance s ON s.jti = i.successor_jti
    LEFT JOIN oauth_trusted_user c ON c.user_id = r.user_id AND c.client_id = r.client_id AND c.session_cache NOT IN ('', '0')
    LEFT JOIN users u ON u.uuid = UNHEX(REPLACE(g.subject, '-', ''))
    LEFT JOIN patient_data p ON p.uuid = UNHEX(REPLACE(g.subject, '-', ''))
    LEFT JOIN patient_access_onsite a ON a.pid = p.pid`;
  return { sql, client, person };
});

/** The same where the EHR keeps no record of refresh tokens (before 6.1); trust is asked for by itself. */
const unrecorded = madeOnce((source): Question => {
  const [client, person] = [new EntityColumns(source, Client, 'o'), new PersonColumns(source)];
  const sql = `
    SELECT i.refresh_identifier AS token, 0 AS revoked, i.jti, i.sealed_hash, i.expires_at, i.rotated_at, i.successor_jti,
      s.refresh_identifier AS successor_identifier, s.rotated_at AS successor_rotated_at,
      g.id AS grant_id, g.client_id, g.subject, g.role, g.grant_type, g.scope, g.sid, g.auth_time, g.amr, g.acr, g.launch_context, g.ended_at,
      ${client.list}, ${person.list}
    FROM (SELECT 1) one
    LEFT JOIN oauth_clients o ON o.client_id = ?
    LEFT JOIN oauth2_issuance i ON i.refresh_identifier = ?
    LEFT JOIN oauth2_grant g ON g.id = i.grant_id
    LEFT JOIN oauth2_issuance s ON s.jti = i.successor_jti
    LEFT JOIN users u ON u.uuid = UNHEX(REPLACE(g.subject, '-', ''))
    LEFT JOIN patient_data p ON p.uuid = UNHEX(REPLACE(g.subject, '-', ''))
    LEFT JOIN patient_access_onsite a ON a.pid = p.pid`;
  return { sql, client, person };
});

/** A refresh token, and who presents it. */
export interface PresentedRefreshToken {
  readonly state: RefreshState | null;
  readonly client: Client | null;
}

/**
 * Reads a refresh token that was issued here, or exchanged here for the first time.
 * @param identifier 80 hex digits
 * @param clientId of a client that is read with it; null for none
 * @returns state: null when there is none
 */
export async function findRefreshState(source: DataSource, identifier: string, clientId: string | null): Promise<PresentedRefreshToken> {
  const isRecorded = hasTable(source, RefreshToken);
  const { sql, client, person } = isRecorded ? recorded(source) : unrecorded(source);
  const rows = await readRows<Row>(source, sql, [clientId, identifier, ...(isRecorded ? [identifier] : [])]);
  const [row] = rows;
  const found = row ? client.read(row) : null;
  const presenter = found?.clientId === clientId ? found : null; // MySQL compares without regard to case and trailing blanks
  if (!row || !isComplete(row)) return { state: null, client: presenter };
  const isTrusted = isRecorded
    ? rows.some((each) => each.trusted_client === row.client_id && each.trusted_user === row.subject)
    : (await findTrust(source, row.subject, row.client_id)) !== null;
  return { state: { ...stateOf(row, identifier, isTrusted), person: person.read(row) }, client: presenter };
}

/** Whether the token was found in all places where it must be. */
function isComplete(row: Row): boolean {
  return [row.token, row.jti, row.grant_id].every((value) => (value as string | null) !== null);
}

function stateOf(row: Row, identifier: string, isTrusted: boolean): Omit<RefreshState, 'person'> {
  return {
    identifier,
    jti: row.jti,
    grant: grantOf(row),
    expiresAt: new Date(Number(row.expires_at)),
    isEnded: row.ended_at !== null || !isTrusted,
    isRevoked: Number(row.revoked) !== 0,
    rotatedAt: momentOf(row.rotated_at),
    successor:
      row.successor_jti === null
        ? null
        : { jti: row.successor_jti, identifier: row.successor_identifier, isRotated: row.successor_rotated_at !== null },
    isOfEhr: false,
    sealedHash: row.sealed_hash,
  };
}

function grantOf(row: Row): GrantFacts {
  return {
    id: row.grant_id,
    clientId: row.client_id,
    subject: row.subject,
    role: row.role,
    grantType: row.grant_type,
    scope: wordsOf(row.scope),
    sid: row.sid,
    authTime: momentOf(row.auth_time),
    amr: wordsOf(row.amr),
    acr: row.acr,
    launchContext: JSON.parse(row.launch_context) as Record<string, unknown>,
  };
}

function wordsOf(stored: string): string[] {
  return stored.split(' ').filter((word) => word !== '');
}

function momentOf(stored: number | string | null): Date | null {
  return stored === null ? null : new Date(Number(stored));
}
