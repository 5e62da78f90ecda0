import type { FastifyReply, FastifyRequest } from 'fastify';
import { PublicDocument } from './public-document.js';

function ask(document: PublicDocument, validators?: string): { body: string | undefined; status: number; headers: Record<string, string> } {
  const sent = { status: 200, headers: {} as Record<string, string> };
  const reply = {
    headers: (headers: Record<string, string>) => Object.assign(sent.headers, headers),
    status: (status: number) => (sent.status = status),
  } as unknown as FastifyReply;
  const body = document.answer({ headers: { 'if-none-match': validators } } as FastifyRequest, reply, 60);
  return { body, ...sent };
}

describe('PublicDocument', () => {
  const document = new PublicDocument({ issuer: 'https://id.example' });

  it('is sent with a validator and may be kept', () => {
    const { body, status, headers } = ask(document);
    expect([body, status]).toEqual(['{"issuer":"https://id.example"}', 200]);
    expect(headers).toMatchObject({ etag: document.etag, 'cache-control': 'public, max-age=60' });
    expect(document.etag).toMatch(/^"[\w-]{22}"$/);
  });

  it('differs in its validator when it differs', () => {
    expect(new PublicDocument({ issuer: 'https://id.example/' }).etag).not.toBe(document.etag);
  });

  it.each([document.etag, `W/${document.etag}`, `"other", ${document.etag}`, '*'])('is not sent again to who knows %s', (validators) => {
    expect(ask(document, validators)).toMatchObject({ body: undefined, status: 304, headers: { etag: document.etag } });
  });

  it.each(['"other"', '', document.etag.replaceAll('"', '')])('is sent to who knows %s', (validators) => {
    expect(ask(document, validators).status).toBe(200);
  });
});
