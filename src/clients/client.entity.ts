import { Column, PrimaryColumn } from 'typeorm';
import { Flag, Name, Text } from '../platform/database/columns.js';
import { EhrDateTime, EhrTable, PipeList, SpaceList } from '../platform/ehr/ehr-table.js';
import { Since } from '../platform/ehr/since.js';

/** An OAuth client, shared with the EHR. */
@EhrTable('oauth_clients')
export class Client {
  @PrimaryColumn({ name: 'client_id', type: 'varchar', length: 80 })
  clientId!: string;

  /** `user` for private (confidential) clients, `patient` for public ones. */
  @Name('client_role', { nullable: true })
  role!: string | null;

  @Name('client_name')
  name!: string;

  /** Encrypted by the EHR, not hashed: open with SecretBox. Null for public clients. */
  @Text('client_secret', { nullable: true })
  encryptedSecret!: string | null;

  /** registration_access_token, as the EHR keeps it. */
  @Name('registration_token', { nullable: true })
  registrationToken!: string | null;

  @Name('registration_uri_path', { nullable: true })
  registrationPath!: string | null;

  @EhrDateTime('register_date')
  registeredAt!: string | null;

  @PipeList('contacts')
  contacts!: string[];

  @PipeList('redirect_uri')
  redirectUris!: string[];

  @PipeList('grant_types')
  grantTypes!: string[];

  /** Registered scopes: the upper limit of every grant. */
  @SpaceList('scope')
  scope!: string[];

  @Name('user_id', { nullable: true })
  registeredBy!: string | null;

  @Name('site_id', { nullable: true })
  site!: string | null;

  @Flag('is_confidential')
  isConfidential!: boolean;

  @PipeList('logout_redirect_uris')
  postLogoutRedirectUris!: string[];

  @Text('jwks_uri', { nullable: true })
  jwksUri!: string | null;

  /** JSON text of the key set. */
  @Text('jwks', { nullable: true })
  jwks!: string | null;

  @Text('initiate_login_uri', { nullable: true })
  initiateLoginUri!: string | null;

  @Text('policy_uri', { nullable: true })
  policyUri!: string | null;

  @Text('tos_uri', { nullable: true })
  tosUri!: string | null;

  @Flag('is_enabled')
  isEnabled!: boolean;

  @Since('7.0.2', 'no client skips sign-in and consent at a launch from the EHR')
  @Flag('skip_ehr_launch_authorization_flow')
  skipsLaunchAuthorization: boolean = false;

  /** 0 none, 1 evidence, 2 predictive. */
  @Since('7.0.3', 'what a client registers about decision support is ignored')
  @Column({ name: 'dsi_type', type: 'tinyint' })
  dsiType: number = 0;
}
