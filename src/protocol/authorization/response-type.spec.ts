import { SentParameters } from '../parameters/form.js';
import { checkResponseType } from './response-type.js';
import { SentRequest } from './sent-request.js';

const check = (grantTypes: string[], ...values: string[]) =>
  checkResponseType(new SentRequest(new SentParameters(values.map((value) => ['response_type', value] as const))), { grantTypes });
const refusal = (code: string, description: string): Error => expect.objectContaining({ code, description }) as Error;

describe('checkResponseType', () => {
  it.each([[['authorization_code']], [['refresh_token', 'authorization_code']], [[]]])(
    'lets a client registered for %j have a code',
    (grantTypes) => {
      expect(check(grantTypes, 'code')).toBe('code');
    },
  );

  it.each([[[]], [['']]])('refuses a request without response_type: %j (RFC 6749 §3.1.1)', (values) => {
    expect(() => check([], ...values)).toThrow(refusal('invalid_request', 'response_type is missing'));
  });

  it('refuses a repeated response_type', () => {
    expect(() => check([], 'code', 'code')).toThrow(refusal('invalid_request', 'response_type was sent more than once'));
  });

  it.each(['token', 'id_token', 'code id_token', 'code token', 'none', 'CODE', 'code ', 'password'])(
    'does not speak %j (RFC 6749 §4.1.2.1)',
    (value) => {
      expect(() => check(['authorization_code'], value)).toThrow(refusal('unsupported_response_type', 'response_type must be code'));
    },
  );

  it.each([[['client_credentials']], [['refresh_token']], [['password', 'implicit']]])(
    'refuses a client registered only for %j',
    (grantTypes) => {
      expect(() => check(grantTypes, 'code')).toThrow(
        refusal('unauthorized_client', 'this client is not registered for the grant type authorization_code'),
      );
    },
  );
});
