import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { KeyHost } from '../../../test/support/key-host.js';
import { fetchDocument, type FetchedDocument } from './fetch-document.js';
import type { FetchLimits } from './fetch-limits.js';

const LOOPBACK = [{ address: '127.0.0.1', family: 4 }];

describe('fetchDocument', () => {
  let host: KeyHost;

  beforeAll(async () => (host = await KeyHost.start()));
  afterAll(() => host.stop());

  const fetchFrom = (uri: string, limits: FetchLimits = { time: 5_000, size: 1_000 }): Promise<FetchedDocument> =>
    fetchDocument(new URL(uri), LOOPBACK, limits);

  it('brings the document and its headers', async () => {
    host.publish([], { 'cache-control': 'max-age=60', expires: 'Thu, 01 Jan 2026 00:00:00 GMT', date: 'Thu, 01 Jan 2026 00:00:00 GMT' });
    const document = await fetchFrom(host.uri);
    expect(document).toMatchObject({ cacheControl: 'max-age=60', expires: 'Thu, 01 Jan 2026 00:00:00 GMT' });
    expect(document.body.toString()).toBe('{"keys":[]}');
  });

  it('connects to the address that was checked, whatever the name leads to by now', async () => {
    host.answer((request, response) => response.end(request.headers.host));
    const { body } = await fetchFrom(host.uri.replace('127.0.0.1', 'rebound.invalid'));
    expect(body.toString()).toMatch(/^rebound\.invalid:/);
  });

  it('follows no redirect', async () => {
    host.answer((_request, response) => response.writeHead(302, { location: `${host.origin}/elsewhere` }).end());
    host.asked.length = 0;
    await expect(fetchFrom(host.uri)).rejects.toThrow('answered 302');
    expect(host.asked).toEqual(['/jwks.json']);
  });

  it.each([404, 500, 204])('takes no answer of status %i', async (status) => {
    host.answer((_request, response) => response.writeHead(status).end());
    await expect(fetchFrom(host.uri)).rejects.toThrow(`answered ${status}`);
  });

  it('stops reading an answer that is too large, whether or not it says so', async () => {
    host.answer((_request, response) => {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write('x'.repeat(500), more));
      more();
    });
    await expect(fetchFrom(host.uri)).rejects.toThrow('is larger than 1000 bytes');
    host.answer((_request, response) => response.end('x'.repeat(1_001)));
    await expect(fetchFrom(host.uri)).rejects.toThrow('is larger than 1000 bytes');
  });

  it('waits only so long, for the answer and for its end', async () => {
    host.answer(() => undefined);
    await expect(fetchFrom(host.uri, { time: 30, size: 1_000 })).rejects.toThrow('took more than 30 ms');
    host.answer((_request, response) => void response.writeHead(200).write('{'));
    await expect(fetchFrom(host.uri, { time: 30, size: 1_000 })).rejects.toThrow('took more than 30 ms');
  });

  it('says when nobody is there, and when the connection breaks', async () => {
    await expect(fetchFrom('http://127.0.0.1:1/jwks')).rejects.toThrow('could not be reached');
    host.answer((_request, response) => response.writeHead(200, { 'content-length': '100' }).write('x', () => response.destroy()));
    await expect(fetchFrom(host.uri)).rejects.toThrow('could not be reached');
  });

  it('believes no certificate that nobody vouches for', async () => {
    const folder = new URL('../../../test/fixtures/tls/', import.meta.url);
    const [cert, key] = ['localhost.crt', 'localhost.key'].map((name) => readFileSync(new URL(name, folder)));
    const server = createServer({ cert, key }, (_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await expect(fetchFrom(`https://localhost:${(server.address() as AddressInfo).port}/`)).rejects.toThrow('could not be reached');
    await new Promise((resolve) => server.close(resolve));
  });
});
