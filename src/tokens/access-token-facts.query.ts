import type { DataSource } from 'typeorm';
import type { ClientMarkName } from '../clients/client-marks.js';
import { Client } from '../clients/client.entity.js';
import { EntityColumns, madeOnce } from '../platform/database/entity-columns.js';
import { readRows, type StatementValue } from '../platform/database/prepared.js';
import { hasColumn } from '../platform/ehr/since.js';
import { PersonColumns, type PersonRecords, uuidHex } from '../sign-in/person-records.query.js';
import { AccessToken } from './access-token.entity.js';
import { ENDED } from './ehr-token-rows.js';

const RESOURCE_SERVER: ClientMarkName = 'resource-server';

/** Names one access token, by what its claims say. */
export interface AccessTokenKey {
  /** `jti` */
  readonly tokenId: string;
  readonly clientId: string;
  readonly subject: string;
}

/** How an access token stands in the database. Its end is in the token itself. */
export interface AccessTokenState {
  readonly isRevoked: boolean;
  /** SMART launch context, by wire name; {} when there is none, and for a token that is not on record. */
  readonly context: Readonly<Record<string, unknown>>;
}

/** What else is to be read, in the same round trip. */
export interface AlsoWanted {
  /** A client, by its identifier: who asks. */
  readonly clientId?: string;
  /** The records of whom the token is about. */
  readonly person: boolean;
}

export interface AccessTokenFacts {
  readonly state: AccessTokenState;
  /** null where there is no such client, and where none was wanted. */
  readonly client: Client | null;
  /** Whether an operator has marked that client as a resource server. */
  readonly isResourceServer: boolean;
  /** null where they were not wanted. */
  readonly person: PersonRecords | null;
}

interface Row extends Readonly<Record<string, unknown>> {
  readonly token: string | null;
  readonly client_id: string | null;
  readonly user_id: string | null;
  readonly revoked: number | string | null;
  readonly expiry: string | null;
  readonly context: string | null;
  readonly ended_at: number | string | null;
  readonly trusted_client: string | null;
  readonly trusted_user: string | null;
  readonly marked_client?: string | null;
}

/** A statement and what reads its rows: made once for each database and wish. */
interface Question {
  readonly sql: string;
  readonly client: EntityColumns<Client> | null;
  readonly person: PersonColumns | null;
}

const questions = madeOnce(() => new Map<string, Question>());

/**
 * Asks what the EHR's API asks: whether the token is on record, not revoked, and its client still trusted by the person; and whether its
 * family has ended. Tokens of the EHR's own server have no family here. All in one round trip, and from one moment.
 * @see the EHR's src/RestControllers/Authorization/BearerTokenAuthorizationStrategy.php
 */
export async function getAccessTokenFacts(source: DataSource, token: AccessTokenKey, wanted: AlsoWanted): Promise<AccessTokenFacts> {
  const { tokenId, clientId, subject } = token;
  const { sql, client, person } = questionOf(source, wanted);
  const uuid = uuidHex(subject);
  const values: StatementValue[] = [tokenId, tokenId, subject, clientId];
  if (wanted.clientId !== undefined) values.push(wanted.clientId, wanted.clientId, RESOURCE_SERVER);
  if (wanted.person) values.push(uuid, uuid);
  const rows = await readRows<Row>(source, sql, values);
  const [row] = rows;
  const asking = row && client ? client.read(row) : null;
  return {
    state: stateOf(token, rows),
    client: asking?.clientId === wanted.clientId ? asking : null, // MySQL compares without regard to case and trailing blanks
    isResourceServer: wanted.clientId !== undefined && row?.marked_client === wanted.clientId,
    person: row && person ? person.read(row) : null,
  };
}

function stateOf({ tokenId, clientId, subject }: AccessTokenKey, rows: readonly Row[]): AccessTokenState {
  const [row] = rows;
  const isKnown = row?.token === tokenId && row.client_id === clientId && row.user_id === subject;
  const isTrusted = rows.some((each) => each.trusted_client === clientId && each.trusted_user === subject);
  const isEnded = row !== undefined && (Number(row.revoked) !== 0 || row.expiry === ENDED || row.ended_at !== null);
  return { isRevoked: !isKnown || !isTrusted || isEnded, context: isKnown ? readContext(row.context) : {} };
}

function questionOf(source: DataSource, { clientId, person }: AlsoWanted): Question {
  const known = questions(source);
  const name = `${clientId === undefined ? '' : 'client'} ${person ? 'person' : ''}`;
  const question = known.get(name) ?? makeQuestion(source, clientId !== undefined, person);
  known.set(name, question);
  return question;
}

/** Every table is reached by an index, with parameters, whatever the collations of its columns. */
function makeQuestion(source: DataSource, hasClient: boolean, hasPerson: boolean): Question {
  const client = hasClient ? new EntityColumns(source, Client, 'o') : null;
  const person = hasPerson ? new PersonColumns(source) : null;
  const also = { list: [client, person].map((columns) => (columns ? `, ${columns.list}` : '')).join('') };
  const isMarked = hasColumn(source, AccessToken, 'isRevoked');
  const hasContext = hasColumn(source, AccessToken, 'context');
  const sql = `
    SELECT t.token, t.client_id, t.user_id, ${isMarked ? 't.revoked' : '0 AS revoked'}, t.expiry,
      ${hasContext ? 't.context' : 'g.launch_context AS context'}, g.ended_at,
      c.client_id AS trusted_client, c.user_id AS trusted_user ${hasClient ? ', m.client_id AS marked_client' : ''} ${also.list}
    FROM (SELECT 1) one
    LEFT JOIN api_token t ON t.token = ?
    LEFT JOIN oauth2_issuance i ON i.jti = ?
    LEFT JOIN oauth2_grant g ON g.id = i.grant_id
    LEFT JOIN oauth_trusted_user c ON c.user_id = ? AND c.client_id = ? AND c.session_cache NOT IN ('', '0')
    ${hasClient ? 'LEFT JOIN oauth_clients o ON o.client_id = ?' : ''}
    ${hasClient ? 'LEFT JOIN oauth2_client_mark m ON m.client_id = ? AND m.mark = ?' : ''}
    ${hasPerson ? 'LEFT JOIN users u ON u.uuid = UNHEX(?)' : ''}
    ${hasPerson ? 'LEFT JOIN patient_data p ON p.uuid = UNHEX(?) LEFT JOIN patient_access_onsite a ON a.pid = p.pid' : ''}`;
  return { sql, client, person };
}

/** PHP writes an empty object as a list. What cannot be read is no context. */
function readContext(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
