import { Command, Option } from 'commander';
import { columns, type OutputOptions, print } from '../output.js';

interface CreateOptions extends OutputOptions {
  readonly name: string;
  readonly type: 'private' | 'public';
  readonly redirectUri?: string[];
  readonly postLogoutRedirectUri?: string[];
  readonly scope?: string;
  readonly contact?: string[];
  readonly grantType?: string[];
  readonly authMethod?: string;
  readonly jwksUri?: string;
  readonly initiateLoginUri?: string;
  readonly acrValue?: string[];
  readonly disabled?: boolean;
}

/** `chartkey clients create`: the rules are those of the registration endpoint, but whoever may run this needs nobody's approval. */
export function createClientCommand(): Command {
  return new Command('create')
    .description('register a client; its secret is printed once')
    .requiredOption('--name <name>', 'what people see when it asks for their consent')
    .addOption(new Option('--type <type>', 'private keeps a secret, public cannot').choices(['private', 'public']).default('private'))
    .option('--redirect-uri <uri...>', 'where answers may go')
    .option('--post-logout-redirect-uri <uri...>', 'where a logout may end')
    .option('--scope <scopes>', 'the most it may ask for, separated by blanks')
    .option('--contact <address...>', 'e-mail addresses of its makers')
    .option('--grant-type <type...>', 'what it may use besides authorization_code')
    .option('--auth-method <method>', 'how it proves who it is: client_secret_basic, client_secret_post, private_key_jwt')
    .option('--jwks-uri <uri>', 'where its public keys are')
    .option('--initiate-login-uri <uri>', 'where others may send people to sign in to it')
    .option('--acr-value <value...>', 'what its requests ask for that do not say: 2 is a second factor')
    .option('--disabled', 'leave it waiting for approval')
    .option('--json', 'print what is registered as JSON')
    .action(create);
}

async function create(options: CreateOptions): Promise<void> {
  const { withApplication } = await import('../application.js');
  const { RegistrationService } = await import('../../registration/registration.service.js');
  const { registrationEntry } = await import('../../registration/registration-entry.js');
  const { AuditService } = await import('../../platform/audit/audit.service.js');
  const { COMMAND_LINE } = await import('../audit-by-operator.js');
  const approval = options.disabled
    ? { isEnabled: false, reason: 'It waits for `chartkey clients approve`.' }
    : { isEnabled: true, reason: 'It was registered by the operator.' };
  const registered = await withApplication(async (app) => {
    const answer = await app.get(RegistrationService).register(metadataOf(options), approval);
    await app.get(AuditService).record(registrationEntry(answer, COMMAND_LINE));
    return answer;
  });
  const shown = {
    client_id: registered.client_id,
    ...(registered.client_secret !== undefined && { client_secret: registered.client_secret }),
    registration_client_uri: registered.registration_client_uri,
    registration_access_token: registered.registration_access_token,
  };
  print(registered, [...columns(Object.entries(shown)), '', options.disabled ? 'It waits for approval.' : 'It may be used now.'], options);
}

/** By wire names; what is not given is not sent. RFC 7591 §2 */
function metadataOf(options: CreateOptions): Record<string, unknown> {
  const sent = {
    client_name: options.name,
    application_type: options.type,
    redirect_uris: options.redirectUri,
    post_logout_redirect_uris: options.postLogoutRedirectUri,
    scope: options.scope,
    contacts: options.contact,
    grant_types: options.grantType && [...new Set(['authorization_code', ...options.grantType])],
    token_endpoint_auth_method: options.authMethod,
    jwks_uri: options.jwksUri,
    initiate_login_uri: options.initiateLoginUri,
    default_acr_values: options.acrValue,
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}
