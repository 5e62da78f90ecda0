import { SentParameters } from '../protocol/parameters/form.js';
import { readForm, requestedScope } from './simulator-form.js';

const read = (fields: Record<string, string>): ReturnType<typeof readForm> => readForm(new SentParameters(Object.entries(fields)));

describe('readForm', () => {
  it('reads what was chosen', () => {
    const fields = {
      kind: 'plain',
      app: 'a',
      user: ' clinician ',
      patient: '1',
      scope: ' openid\r\n fhirUser ',
      pkce: '1',
      search: 'phil',
    };
    expect(read(fields)).toEqual({ ...fields, user: 'clinician', scope: 'openid fhirUser', pkce: true });
  });

  it('makes the best of anything else', () => {
    expect(read({ kind: 'other', app: 'a', other_app: 'b' })).toEqual({
      ...{ kind: 'chart', app: 'b', user: '', patient: '', scope: '', pkce: false, search: '' },
    });
  });
});

describe('requestedScope', () => {
  it.each([
    ['chart', 'openid patient/Patient.rs', 'openid patient/Patient.rs launch'],
    ['chart', 'launch openid', 'launch openid'],
    ['patient', 'openid', 'openid launch/patient'],
    ['plain', 'openid openid', 'openid'],
    ['plain', '', ''],
  ] as const)('of a launch of the kind %s with %j is %j', (kind, scope, requested) => {
    expect(requestedScope({ kind, scope })).toBe(requested);
  });
});
