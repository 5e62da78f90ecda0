import { demoTable, demoUuid, type DemoTable } from './demo-table.js';

/** Somebody to sign in as on the demo site. */
export interface DemoPerson {
  /** What is typed as user name; for a patient it is an e-mail address, and the e-mail field takes the same one. */
  login: string;
  password: string;
  /** The kind of account: `users` is staff. */
  role: 'users' | 'patient';
  /** What this person is good for, in a few words. */
  note: string;
  /** Secret to enter in an authenticator app, base32; only for people with a second factor. */
  totpSecret?: string;
}

const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

/** Everybody on the demo site who has a password, those who are refused on purpose included. All of them are made up. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { login: 'admin', password: 'Admin#Demo1', role: 'users', note: 'administrator' },
  { login: 'clinician', password: 'Clinic#Demo1', role: 'users', note: 'physician' },
  { login: 'totpdoc', password: 'Totp#Demo1', role: 'users', note: 'physician with a second factor', totpSecret: TOTP_SECRET },
  { login: 'gone', password: 'Gone#Demo1', role: 'users', note: 'left the clinic, is refused' },
  { login: 'phil@example.org', password: 'Portal#Demo1', role: 'patient', note: 'patient with a portal account' },
  { login: 'pia@example.org', password: 'Portal#Demo1', role: 'patient', note: 'patient who has not activated the portal, is refused' },
];

/**
 * The staff of the demo clinic, with their bcrypt hashes; the last three are the EHR's own service accounts, which nobody can sign in to.
 * @param sealTotpSecret encrypts a base32 secret as the EHR does
 * @param now 'YYYY-MM-DD HH:MM:SS' in the EHR's time zone: when accounts and passwords were made
 */
export function demoStaff(sealTotpSecret: (secret: string) => string, now: string): DemoTable[] {
  const clinic = 3;
  const hired = [clinic, now, now] as const;
  return [
    demoTable('facility', 'id uuid name organization_type date_created last_updated', [
      [clinic, demoUuid('3'), 'Demo Clinic', 'prov', now, now],
    ]),
    demoTable('users', 'id uuid username password authorized fname lname mname active npi email facility_id date_created last_updated', [
      [1, demoUuid('101'), 'admin', 'NoLongerUsed', 1, 'Ada', 'Admin', '', 1, null, 'ada@example.org', ...hired],
      [2, demoUuid('102'), 'clinician', 'NoLongerUsed', 1, 'Clara', 'Clinician', '', 1, '1234567893', 'clara@example.org', ...hired],
      [3, demoUuid('103'), 'totpdoc', 'NoLongerUsed', 1, 'Theo', 'Totp', '', 1, '1234567901', 'theo@example.org', ...hired],
      [4, demoUuid('104'), 'gone', 'NoLongerUsed', 1, 'Gina', 'Gone', '', 0, null, 'gina@example.org', ...hired],
      [5, demoUuid('105'), 'phimail-service', 'NoLogin', 0, null, 'phiMail Gateway', null, 0, null, null, ...hired],
      [6, demoUuid('106'), 'portal-user', 'NoLogin', 0, null, 'Patient Portal User', null, 0, null, null, ...hired],
      [7, demoUuid('107'), 'oe-system', 'NoLogin', 0, null, 'System Operation User', null, 0, null, null, ...hired],
    ]),
    demoTable('users_secure', 'id username password last_update_password last_update', [
      [1, 'admin', '$2y$10$PO253dd33fv721EYwbeed./.TB6Rh.W1pjM59GwEZwjVeOAPkiSa2', now, now],
      [2, 'clinician', '$2y$10$9/eQPzK8I8e2dLvi8HMYa.n.ltP5ky6wyL7Q1GVufnlwYTZVvv/SG', now, now],
      [3, 'totpdoc', '$2y$10$R10UmK0xGB8MBS9oNndATubeq3UbzbhIITuOvh0aztf/PhHd3.we.', now, now],
      [4, 'gone', '$2y$10$Oyk8yjQtduJ8PCEsmO/er.1ib1n.SzRjl5YrxmbRlPzLDm3ttNQ6q', now, now],
    ]),
    demoTable('groups', 'id name user', [
      [1, 'Default', 'admin'],
      [2, 'Default', 'clinician'],
      [3, 'Default', 'totpdoc'],
      [4, 'Default', 'gone'],
    ]),
    demoTable('login_mfa_registrations', 'user_id name method var1 var2', [[3, 'App Based 2FA', 'TOTP', sealTotpSecret(TOTP_SECRET), '']]),
  ];
}

/**
 * The two patients of the demo clinic and their portal accounts, one of which waits to be activated.
 * @param now 'YYYY-MM-DD HH:MM:SS' in the EHR's time zone: when the records were made
 */
export function demoPatients(now: string): DemoTable[] {
  const home = ['Springfield', 'MA', '01103'] as const;
  const portalHash = '$2y$10$coTPfu9R1m0HbNnOe8dBJOnEDTrDjD5x4.SKZgIZKceDLVz/mPxkK';
  const columns = 'id uuid pid pubpid fname lname DOB sex email street city state postal_code allow_patient_portal last_updated';
  return [
    demoTable('patient_data', columns, [
      [1, demoUuid('201'), 1, '1', 'Phil', 'Patient', '1980-02-29', 'Male', 'phil@example.org', '1 Main St', ...home, 'YES', now],
      [2, demoUuid('202'), 2, '2', 'Pia', 'Pending', '1991-07-01', 'Female', 'pia@example.org', '2 Main St', ...home, 'YES', now],
    ]),
    demoTable(
      'patient_access_onsite',
      'id pid portal_username portal_login_username portal_pwd portal_pwd_status portal_onetime date_created',
      [
        [1, 1, 'Phil1', 'phil@example.org', portalHash, 1, null, now],
        [2, 2, 'Pia2', 'pia@example.org', portalHash, 0, null, now],
      ],
    ),
  ];
}
