import { Client } from '../../clients/client.entity.js';
import type { Config } from '../../platform/config/config.js';
import { isAnyApiOn } from '../../platform/ehr/api-switches.js';
import { isTimeZone } from '../../platform/ehr/ehr-time.js';
import type { Globals } from '../../platform/ehr/global-settings.js';
import { type Check, error, type Finding, info, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { counted, nameList } from '../name-list.js';

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

/** Which door of the EHR a scope leads through. */
const DOORS: ReadonlyArray<readonly [setting: string, door: string, isThrough: (scope: string) => boolean]> = [
  ['rest_api', "the EHR's own API", (scope) => scope === 'api:oemr'],
  ['rest_fhir_api', 'the FHIR API', (scope) => scope === 'api:fhir'],
  ['rest_portal_api', 'the patient portal API', (scope) => scope === 'api:port'],
  ['rest_system_scopes_api', 'access without a user', (scope) => scope.startsWith('system/')],
];

/** The EHR's settings, and ours, against each other and against what clients are registered for. */
export class SettingsCheck implements Check {
  readonly id = 'settings';
  readonly healthy = 'The settings of the EHR and of this server fit together';
  readonly needs = ['ehr-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { settings, config, source } = this.examination;
    const globals = await settings.read();
    const clients = await source.getRepository(Client).find();
    return [
      ...siteAddressFindings(globals.text('site_addr_oath'), config.publicUrl),
      ...switchedOffFindings(globals, config),
      ...doorFindings(globals, clients, config),
      ...passwordGrantFindings(globals),
      ...timeZoneFindings(globals.text('gbl_time_zone'), config),
      ...refreshTokenFormFindings(config),
      ...productionFindings(config),
    ];
  }
}

/**
 * @param address the EHR's `site_addr_oath`
 * @param publicUrl ours
 */
export function siteAddressFindings(address: string, publicUrl: URL): Finding[] {
  const step = `Set the EHR's Site Address (Administration, Config, Connectors) to ${publicUrl.origin}`;
  if (address === '') {
    return [
      error('settings.site-address-missing', [
        "The EHR's site address (site_addr_oath) is empty",
        'Its API takes the address of its tokens from each request then, which whoever sends it chooses',
        step,
      ]),
    ];
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return [
      error('settings.site-address-broken', [
        `The EHR's site address (site_addr_oath) is not an address: ${address}`,
        'Its API compares the issuer of tokens with it',
        step,
      ]),
    ];
  }
  if (url.protocol !== 'https:' && !LOOPBACK.test(url.hostname)) {
    return [
      error('settings.site-address-http', [
        `The EHR's site address (site_addr_oath) is plain http: ${address}`,
        'Tokens and passwords can be read on the way; clients refuse such an issuer',
        'Set up https, and then the Site Address (Administration, Config, Connectors) to the https address',
      ]),
    ];
  }
  if (url.origin === publicUrl.origin) return [];
  return [
    error('settings.site-address-differs', [
      `The EHR's site address (site_addr_oath) is ${url.origin}, and PUBLIC_URL is ${publicUrl.origin}`,
      'They are one issuer to clients and to the API of the EHR; where they differ, tokens of the one are strange to the other',
      `Set PUBLIC_URL to ${url.origin}${publicUrl.pathname.replace(/\/$/, '')}, or the Site Address of the EHR to ${publicUrl.origin}`,
    ]),
  ];
}

/** Whether every endpoint is 404, because the EHR has all of its APIs off. */
export function switchedOffFindings(globals: Globals, { serveWithoutApi }: Pick<Config, 'serveWithoutApi'>): Finding[] {
  if (serveWithoutApi || isAnyApiOn(globals)) return [];
  return [
    error('settings.all-apis-off', [
      'The EHR has all of its APIs off (rest_api, rest_fhir_api, rest_portal_api)',
      "Every endpoint under /oauth2 is 404 then, as at the EHR's own server",
      'Switch on the API that clients use (Administration, Config, Connectors), or set CHARTKEY_SERVE_WITHOUT_API=on for sign-in alone',
    ]),
  ];
}

/** APIs that clients are registered for while the EHR has them switched off. Nothing where all are: that is said already. */
export function doorFindings(
  globals: Globals,
  clients: ReadonlyArray<Pick<Client, 'isEnabled' | 'name' | 'scope'>>,
  { serveWithoutApi }: Pick<Config, 'serveWithoutApi'>,
): Finding[] {
  if (!serveWithoutApi && !isAnyApiOn(globals)) return [];
  return DOORS.flatMap(([setting, door, isThrough]) => {
    const users = clients.filter(({ isEnabled, scope }) => isEnabled && scope.some(isThrough)).map(({ name }) => name);
    if (globals.isOn(setting) || users.length === 0) return [];
    return [
      warning('settings.api-off', [
        `${counted(users.length, 'client')} ask for ${door}, which the setting ${setting} of the EHR has off: ${nameList(users)}`,
        'They get tokens that the EHR refuses, or no tokens',
        `Switch ${setting} on in the EHR (Administration, Config, Connectors), or disable these clients`,
      ]),
    ];
  });
}

/** The password grant gives people's passwords to clients. @see RFC 9700 §2.4 */
export function passwordGrantFindings(globals: Globals): Finding[] {
  const value = globals.text('oauth_password_grant');
  if (value === '' || value === '0') return [];
  const who = { '1': 'staff', '2': 'patients', '3': 'staff and patients' }[value] ?? 'an unknown group';
  return [
    warning('settings.password-grant', [
      `The EHR's setting oauth_password_grant allows the password grant for ${who}`,
      "It hands people's passwords to apps (RFC 9700 §2.4)",
      'Set it to Off in the EHR (Administration, Config, Connectors) when no client uses it any more',
    ]),
  ];
}

/** In which zone the EHR's times are written. @param zone the EHR's `gbl_time_zone` */
export function timeZoneFindings(zone: string, { ehrTimeZone }: Pick<Config, 'ehrTimeZone'>): Finding[] {
  const why = 'The EHR compares the end of tokens with its own wall clock: a wrong zone makes them end hours early or late';
  if (zone === '') {
    return [
      info('settings.time-zone', [
        `The EHR names no time zone (gbl_time_zone); CHARTKEY_EHR_TIME_ZONE is used: ${ehrTimeZone}`,
        why,
        "Check that it is date.timezone of the EHR's PHP",
      ]),
    ];
  }
  if (isTimeZone(zone)) return [];
  return [
    error('settings.time-zone-unknown', [
      `The EHR's time zone (gbl_time_zone) is not known here: ${zone}; CHARTKEY_EHR_TIME_ZONE is used: ${ehrTimeZone}`,
      why,
      'Set the zone in the EHR (Administration, Config, Locale) to a name of the IANA database',
    ]),
  ];
}

/** The EHR's form of refresh tokens is for a trial: until the way back is no longer wanted. */
export function refreshTokenFormFindings({ refreshTokenForm }: Pick<Config, 'refreshTokenForm'>): Finding[] {
  if (refreshTokenForm === 'own') return [];
  return [
    info('settings.refresh-token-form', [
      "Refresh tokens are handed out in the EHR's form (CHARTKEY_REFRESH_TOKEN_FORM=ehr)",
      'Each costs a key derivation, some 40 ms of a core, at the first tokens and at every refresh; half of the cores do it',
      "Take the setting away when there is no way back to the EHR's own server any more: tokens that were handed out stay good",
    ]),
  ];
}

/** What must change before real patients are near. With the embedded demo EHR there are none. */
export function productionFindings(config: Pick<Config, 'databaseUrl' | 'publicUrl' | 'swaggerClient' | 'launchSimulator'>): Finding[] {
  if (config.databaseUrl === null) {
    return [
      info('settings.demo', [
        'The database is the embedded demo EHR',
        'Everybody knows its passwords',
        'Set DATABASE_URL to serve a real one',
      ]),
    ];
  }
  return [
    ...(config.publicUrl.protocol === 'http:'
      ? [
          warning('settings.http', [
            `PUBLIC_URL is plain http: ${config.publicUrl.origin}`,
            'It is for trying things on one machine',
            'Set PUBLIC_URL to https://…, with TLS_CERT_FILE and TLS_KEY_FILE or behind a proxy',
          ]),
        ]
      : []),
    ...(config.swaggerClient
      ? [
          warning('settings.swagger-client', [
            'Swagger UI may sign people in with its built-in client',
            'It gets tokens for real records',
            'Set CHARTKEY_SWAGGER_CLIENT=off',
          ]),
        ]
      : []),
    ...(config.launchSimulator
      ? [
          warning('settings.launch-simulator', [
            'The launch simulator is on, and may sign people in with its built-in client',
            'It gets tokens for real records, and shows them',
            'Set CHARTKEY_LAUNCH_SIMULATOR=off when nobody tries apps any more',
          ]),
        ]
      : []),
  ];
}
