import { SentParameters } from '../parameters/form.js';
import { checkAudience } from './audience.js';
import { SentRequest } from './sent-request.js';

const fhir = 'https://ehr.example/apis/default/fhir';
const api = 'https://ehr.example/apis/default/api/';
const policy = { audiences: [fhir, api] };
const check = (...sent: [string, string][]) => checkAudience(new SentRequest(new SentParameters(sent)), policy);
const refusal = (code: string, description: RegExp): Error =>
  expect.objectContaining({ code, description: expect.stringMatching(description) }) as Error;

describe('checkAudience', () => {
  it.each<[string, [string, string][], string[]]>([
    ['nothing', [], []],
    [
      'empty',
      [
        ['aud', ''],
        ['resource', ''],
      ],
      [],
    ],
    ['aud', [['aud', fhir]], [fhir]],
    ['aud with a trailing slash', [['aud', `${fhir}/`]], [fhir]],
    ['aud without the trailing slash of ours', [['aud', api.slice(0, -1)]], [api]],
    ['resource', [['resource', fhir]], [fhir]],
    [
      'two resources',
      [
        ['resource', fhir],
        ['resource', api],
      ],
      [fhir, api],
    ],
    [
      'the same twice',
      [
        ['aud', `${fhir}/`],
        ['resource', fhir],
        ['resource', fhir],
      ],
      [fhir],
    ],
    [
      'a launch with aud',
      [
        ['launch', 'x'],
        ['aud', fhir],
      ],
      [fhir],
    ],
  ])('accepts %s', (_what, sent, expected) => {
    expect(check(...sent)).toEqual(expected);
  });

  it.each([
    'https://evil.example/apis/default/fhir',
    `${fhir}//`,
    `${fhir}/Patient`,
    `${fhir}?x=1`,
    `${fhir}#x`,
    fhir.toUpperCase(),
    'https://ehr.example:443/apis/default/fhir',
    'https://ehr.example/apis/other/fhir',
    '/apis/default/fhir',
    '/',
    `${fhir} ${api}`,
  ])('refuses an API that is not ours: %s', (url) => {
    expect(() => check(['aud', url])).toThrow(
      refusal('invalid_request', /^aud is not an API of this server: https:\/\/ehr\.example\/apis\/default\/fhir was expected$/),
    );
    expect(() => check(['resource', url])).toThrow(refusal('invalid_target', /^resource is not an API of this server$/));
  });

  it('refuses all when one resource is foreign (RFC 8707 §2)', () => {
    expect(() => check(['resource', fhir], ['resource', 'https://evil.example'])).toThrow(refusal('invalid_target', /^resource is not/));
  });

  it.each<[string, string][][]>([
    [[['launch', 'x']]],
    [
      [
        ['launch', 'x'],
        ['resource', fhir],
      ],
    ],
  ])('needs aud for a launch from the EHR: %j', (sent) => {
    expect(() => check(...sent)).toThrow(refusal('invalid_request', /^aud is missing/));
  });

  it('refuses a repeated aud', () => {
    expect(() => check(['aud', fhir], ['aud', fhir])).toThrow(refusal('invalid_request', /^aud was sent more than once$/));
  });
});
