import { isAllowedHost } from './allowed-host.js';

const at = (publicUrl: string, allowedHosts: string[] = []) => ({ publicUrl: new URL(publicUrl), allowedHosts });

describe('isAllowedHost', () => {
  it.each([
    ['id.clinic.example', at('https://id.clinic.example'), true],
    ['ID.Clinic.Example', at('https://id.clinic.example'), true],
    ['id.clinic.example:8443', at('https://id.clinic.example'), false],
    ['evil.example', at('https://id.clinic.example'), false],
    ['localhost', at('https://id.clinic.example'), false],
    ['internal:3000', at('https://id.clinic.example', ['internal:3000']), true],
    ['localhost:3000', at('http://localhost:3000'), true],
    ['127.0.0.1:3000', at('http://localhost:3000'), true],
    ['[::1]:9', at('http://localhost:3000'), true],
    ['localhost.evil.example', at('http://localhost:3000'), false],
    ['localhost@evil.example', at('http://localhost:3000'), false],
    ['127.0.0.1.evil.example', at('http://localhost:3000'), false],
    ['', at('http://localhost:3000'), false],
  ])('%j', (host, config, expected) => {
    expect(isAllowedHost(host, config)).toBe(expected);
  });
});
