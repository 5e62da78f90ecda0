/** The demo people, by what a test needs of them. */
export const CLINICIAN = { username: 'clinician', password: 'Clinic#Demo1', subject: '9a1b0000-0001-4000-8000-000000000102' } as const;
export const ADMIN = { username: 'admin', password: 'Admin#Demo1', subject: '9a1b0000-0001-4000-8000-000000000101' } as const;
export const TOTP_DOCTOR = {
  username: 'totpdoc',
  password: 'Totp#Demo1',
  subject: '9a1b0000-0001-4000-8000-000000000103',
  totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
} as const;
export const GONE = { username: 'gone', password: 'Gone#Demo1' } as const;
export const PATIENT = {
  username: 'phil@example.org',
  password: 'Portal#Demo1',
  email: 'phil@example.org',
  subject: '9a1b0000-0001-4000-8000-000000000201',
} as const;
export const PENDING_PATIENT = { username: 'pia@example.org', password: 'Portal#Demo1', email: 'pia@example.org' } as const;
