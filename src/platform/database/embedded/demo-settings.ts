import { demoTable, type DemoTable } from './demo-table.js';

/** What the demo site is told about the place it runs at. */
export interface DemoSiteOptions {
  /** Scheme and host people see, without a path, e.g. `http://localhost:3000`. */
  siteAddress: string;
  /** The EHR's time zone, in which it writes its times. */
  timeZone: 'UTC';
  /** The moment the site is made, as the EHR writes it: 'YYYY-MM-DD HH:MM:SS' in `timeZone`. */
  now: string;
}

/** The EHR's settings on a fresh installation (its `globals` table). */
const INSTALLED: Readonly<Record<string, string>> = {
  site_addr_oath: '',
  rest_api: '0',
  rest_fhir_api: '0',
  rest_portal_api: '0',
  rest_system_scopes_api: '0',
  oauth_password_grant: '0',
  oauth_app_manual_approval: '0',
  oauth_ehr_launch_authorization_flow_skip: '1',
  fhir_us_core_profile_version: '8.0.0',
  database_encryption: '1',
  drive_encryption: '1',
  password_max_failed_logins: '20',
  time_reset_password_max_failed_logins: '3600',
  ip_max_failed_logins: '100',
  ip_time_reset_password_max_failed_logins: '3600',
  password_expiration_days: '180',
  password_grace_time: '30',
  password_history: '5',
  secure_password: '1',
  gbl_minimum_password_length: '9',
  gbl_maximum_password_length: '72',
  gbl_auth_hash_algo: 'DEFAULT',
  gbl_auth_bcrypt_hash_cost: 'DEFAULT',
  gbl_auth_argon_hash_memory_cost: 'DEFAULT',
  gbl_auth_argon_hash_time_cost: 'DEFAULT',
  gbl_auth_argon_hash_thread_cost: 'DEFAULT',
  gbl_auth_sha512_rounds: '100000',
  gbl_debug_hash_verify_execution_time: '0',
  enforce_signin_email: '1',
  use_email_for_portal_username: '1',
  portal_onsite_two_enable: '0',
  gbl_ldap_enabled: '0',
  gbl_ldap_host: '',
  gbl_ldap_dn: '',
  gbl_ldap_exclusions: '',
  google_signin_enabled: '0',
  google_signin_client_id: '',
  api_log_option: '2',
  enable_auditlog: '1',
  audit_events_other: '1',
  timeout: '7200',
  portal_timeout: '1800',
  gbl_time_zone: '',
  user_debug: '0',
  system_error_logging: 'WARNING',
};

/** What the demo site turns on: every API, the portal, and the password grant for staff and patients (3). */
const TURNED_ON: Readonly<Record<string, string>> = {
  rest_api: '1',
  rest_fhir_api: '1',
  rest_portal_api: '1',
  oauth_password_grant: '3',
  portal_onsite_two_enable: '1',
};

/** The demo site's settings and its installed version, which is that of the EHR schema. */
export function demoSettings({ siteAddress, timeZone }: DemoSiteOptions): DemoTable[] {
  const settings = { ...INSTALLED, ...TURNED_ON, site_addr_oath: siteAddress, gbl_time_zone: timeZone };
  return [
    { table: 'globals', rows: Object.entries(settings).map(([name, value]) => ({ gl_name: name, gl_index: 0, gl_value: value })) },
    demoTable('version', 'v_major v_minor v_patch v_realpatch v_tag v_database v_acl', [[8, 2, 0, 0, '-dev', 541, 13]]),
  ];
}
