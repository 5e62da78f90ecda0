import { SentParameters } from '../parameters/form.js';
import { AUTHORIZATION_PARAMETERS, SentRequest, getClientId } from './sent-request.js';

const request = (...sent: [string, string][]): SentRequest => new SentRequest(new SentParameters(sent));
const refusal = (description: string): Error =>
  expect.objectContaining({ code: 'invalid_request', description, target: undefined }) as Error;

describe('SentRequest', () => {
  it('gives values as they were sent, and takes empty ones for absent', () => {
    const sent = request(['state', ' s '], ['nonce', '']);
    expect(sent.one('state')).toBe(' s ');
    expect(sent.one('nonce')).toBeUndefined();
    expect(sent.one('scope')).toBeUndefined();
  });

  it('gives every value of a parameter that may be repeated', () => {
    expect(request(['resource', 'a'], ['resource', ''], ['resource', 'b']).all('resource')).toEqual(['a', 'b']);
  });

  it.each(AUTHORIZATION_PARAMETERS.filter((name) => name !== 'resource'))(
    'refuses a repeated %s, the same value twice included',
    (name) => {
      const sent = request([name, 'x'], [name, 'x']);
      expect(() => sent.checkNoneRepeated()).toThrow(refusal(`${name} was sent more than once`));
      expect(() => sent.one(name)).toThrow(refusal(`${name} was sent more than once`));
    },
  );

  it('lets resource be repeated (RFC 8707 §2)', () => {
    expect(() => request(['resource', 'a'], ['resource', 'b']).checkNoneRepeated()).not.toThrow();
  });

  it('ignores what it does not know, however often it was sent (RFC 6749 §3.1)', () => {
    expect(() => request(['utm', '1'], ['utm', '2'], ['__proto__', '1'], ['__proto__', '2']).checkNoneRepeated()).not.toThrow();
  });
});

describe('getClientId', () => {
  it('gives the client_id', () => {
    expect(getClientId(request(['client_id', 'app']))).toBe('app');
  });

  it.each<[string, SentRequest, string]>([
    ['absent', request(), 'client_id is missing'],
    ['empty', request(['client_id', '']), 'client_id is missing'],
    ['repeated', request(['client_id', 'a'], ['client_id', 'b']), 'client_id was sent more than once'],
  ])('refuses one that is %s', (_what, sent, description) => {
    expect(() => getClientId(sent)).toThrow(refusal(description));
  });
});
