import { formTargets, requestingApp } from './requesting-app.js';

const client = { name: 'Growth Charts', clientId: 'abc' };

describe('requestingApp', () => {
  it.each([
    ['https://app.example:8443/callback?x=1', 'app.example:8443'],
    ['http://127.0.0.1:4000/', '127.0.0.1:4000'],
    ['com.example.charts:/callback', 'com.example.charts:'],
    ['http://[broken', 'http://[broken'],
  ])('names where the answer to %s goes: %s', (redirectUri, redirectHost) => {
    expect(requestingApp(client, redirectUri)).toEqual({ name: 'Growth Charts', redirectHost });
  });

  it('names a client without a name by its identifier', () => {
    expect(requestingApp({ ...client, name: '' }, undefined)).toEqual({ name: 'abc', redirectHost: '' });
  });
});

describe('formTargets', () => {
  it('is the redirect URI, unless that is no URL', () => {
    expect(formTargets('https://app.example/callback')).toEqual(['https://app.example/callback']);
    expect(formTargets('http://[broken')).toEqual([]);
  });
});
