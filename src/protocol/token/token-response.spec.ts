import { type IssuedTokens, tokenResponse } from './token-response.js';

const issued: IssuedTokens = {
  idToken: 'id.token.text',
  context: { patient: 'p-1', need_patient_banner: true, smart_style_url: 'https://ehr.example/style' },
  scope: ['openid', 'api:fhir', 'site:default', 'offline_access'],
  accessToken: 'access.token.text',
  lifetime: 3600,
  refreshToken: 'refresh-text',
};

describe('tokenResponse', () => {
  it('has the members in the order of the EHR', () => {
    expect(JSON.stringify(tokenResponse(issued))).toBe(
      JSON.stringify({
        id_token: 'id.token.text',
        patient: 'p-1',
        need_patient_banner: true,
        smart_style_url: 'https://ehr.example/style',
        scope: 'openid api:fhir site:default offline_access',
        token_type: 'Bearer',
        expires_in: 3600,
        access_token: 'access.token.text',
        refresh_token: 'refresh-text',
      }),
    );
  });

  it('names every granted scope, api: and site: too (RFC 6749 §5.1)', () => {
    expect(tokenResponse(issued).scope?.split(' ')).toEqual(issued.scope);
  });

  it('has no member for what was not issued', () => {
    const answer = tokenResponse({ ...issued, idToken: null, refreshToken: null, context: {}, scope: [] });
    expect(Object.keys(answer)).toEqual(['token_type', 'expires_in', 'access_token']);
  });

  it('does not let a launch context set a member of the protocol', () => {
    const context = {
      id_token: 'x',
      scope: 'x',
      token_type: 'x',
      expires_in: 'x',
      access_token: 'x',
      refresh_token: 'x',
      issued_token_type: 'x',
      error: 'x',
      error_description: 'x',
      error_uri: 'x',
    };
    expect(tokenResponse({ ...issued, idToken: null, refreshToken: null, context })).toEqual({
      scope: 'openid api:fhir site:default offline_access',
      token_type: 'Bearer',
      expires_in: 3600,
      access_token: 'access.token.text',
    });
  });
});
