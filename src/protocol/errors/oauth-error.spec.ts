import type { RedirectTarget } from '../authorization/target.js';
import { OAUTH_ERRORS, OAuthError, type OAuthErrorCode, addressedTo, asOAuthError } from './oauth-error.js';

const target: RedirectTarget = { redirectUri: 'https://app.example/cb', responseMode: 'query', state: 's', issuer: 'https://as.example' };
const other: RedirectTarget = { ...target, redirectUri: 'https://other.example/cb' };

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('OAUTH_ERRORS', () => {
  it.each<[string, OAuthErrorCode[]]>([
    [
      'RFC 6749 §4.1.2.1',
      [
        'invalid_request',
        'unauthorized_client',
        'access_denied',
        'unsupported_response_type',
        'invalid_scope',
        'server_error',
        'temporarily_unavailable',
      ],
    ],
    ['RFC 6749 §5.2', ['invalid_client', 'invalid_grant', 'unsupported_grant_type']],
    ['RFC 6750 §3.1', ['invalid_token', 'insufficient_scope']],
    ['RFC 7009 §2.2.1', ['unsupported_token_type']],
    ['RFC 7591 §3.2.2', ['invalid_redirect_uri', 'invalid_client_metadata', 'invalid_software_statement', 'unapproved_software_statement']],
    [
      'OIDC Core §3.1.2.6',
      [
        'login_required',
        'interaction_required',
        'consent_required',
        'account_selection_required',
        'request_not_supported',
        'request_uri_not_supported',
        'registration_not_supported',
      ],
    ],
    ['RFC 8707 §2', ['invalid_target']],
    ['OpenEMR password grant', ['mfa_token_required', 'mfa_token_invalid', 'mfa_not_supported']],
  ])('has the codes of %s, and names it as their source', (source, codes) => {
    for (const code of codes) expect(OAUTH_ERRORS[code].source).toContain(source);
  });

  it.each<[OAuthErrorCode, number]>([
    ['invalid_client', 401],
    ['invalid_token', 401],
    ['insufficient_scope', 403],
    ['access_denied', 403],
    ['mfa_token_required', 401],
    ['mfa_token_invalid', 401],
    ['mfa_not_supported', 403],
    ['server_error', 500],
    ['temporarily_unavailable', 503],
  ])('gives %s the status %d', (code, status) => {
    expect(OAUTH_ERRORS[code].status).toBe(status);
  });

  it('gives every other code 400', () => {
    const not400 = Object.entries(OAUTH_ERRORS).filter(([, { status }]) => status !== 400);
    expect(not400).toHaveLength(9);
  });

  it('has only codes that may stand in an error member (RFC 6749 appendix A.7)', () => {
    for (const code of Object.keys(OAUTH_ERRORS)) expect(code).toMatch(/^[a-z_]+$/);
  });
});

describe('OAuthError', () => {
  it('is an Error which says code and description, and keeps the detail out of both', () => {
    const cause = new Error('inner');
    const error = new OAuthError('invalid_grant', 'code is not valid', { detail: 'expired', cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'OAuthError', code: 'invalid_grant', description: 'code is not valid', detail: 'expired', cause });
    expect(error.message).toBe('invalid_grant: code is not valid');
    expect(String(error)).not.toContain('expired');
  });

  it('has the status of its code, unless the transport has a better one', () => {
    expect(new OAuthError('invalid_grant', 'x').status).toBe(400);
    expect(new OAuthError('invalid_request', 'x', { status: 413 }).status).toBe(413);
  });

  it('has no cause, target, detail or waiting time unless given', () => {
    const error = new OAuthError('invalid_scope', 'x');
    expect('cause' in error).toBe(false);
    expect([error.target, error.detail, error.retryAfter]).toEqual([undefined, undefined, undefined]);
  });

  describe('withTarget', () => {
    it('keeps everything else, the place where it was thrown included', () => {
      const error = new OAuthError('invalid_request', 'words', { detail: 'd', cause: 1, status: 429, retryAfter: 30 });
      const addressed = error.withTarget(target);
      expect(addressed).toMatchObject({
        code: 'invalid_request',
        description: 'words',
        detail: 'd',
        cause: 1,
        status: 429,
        retryAfter: 30,
        target,
      });
      expect(addressed.stack).toBe(error.stack);
    });

    it('leaves the original without target', () => {
      const error = new OAuthError('invalid_request', 'words');
      error.withTarget(target);
      expect(error.target).toBeUndefined();
    });

    it('does not re-address an error', () => {
      expect(new OAuthError('invalid_request', 'words', { target }).withTarget(other).target).toBe(target);
    });
  });
});

describe('addressedTo', () => {
  it('returns what the checks return', () => {
    expect(addressedTo(target, () => 42)).toBe(42);
  });

  it('adds the target to a refusal', () => {
    const error = caught(() =>
      addressedTo(target, () => {
        throw new OAuthError('invalid_scope', 'words');
      }),
    );
    expect(error).toMatchObject({ code: 'invalid_scope', target });
  });

  it('keeps the inner target when nested', () => {
    const error = caught(() =>
      addressedTo(other, () =>
        addressedTo(target, () => {
          throw new OAuthError('invalid_scope', 'words');
        }),
      ),
    );
    expect(error).toMatchObject({ target });
  });

  it('lets a bug pass unchanged: it must not be sent to the client as if it were a refusal', () => {
    const bug = new TypeError('bug');
    const error = caught(() =>
      addressedTo(target, () => {
        throw bug;
      }),
    );
    expect(error).toBe(bug);
  });
});

describe('asOAuthError', () => {
  it('leaves a refusal as it is', () => {
    const refusal = new OAuthError('invalid_grant', 'x');
    expect(asOAuthError(refusal)).toBe(refusal);
  });

  it.each([
    ['an Error', new RangeError('secret table name'), 'RangeError: secret table name'],
    ['a string', 'secret table name', 'something that is not an Error was thrown'],
    ['undefined', undefined, 'something that is not an Error was thrown'],
  ])('turns %s into a server_error which tells the outside nothing', (_what, thrown, detail) => {
    const error = asOAuthError(thrown);
    expect(error).toMatchObject({ code: 'server_error', status: 500, detail, target: undefined });
    expect(error.cause).toBe(thrown);
    expect(error.message).not.toContain('secret');
  });
});
