import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';

/** What a test sends: headers that `fetch` would not let it choose, such as Host, are sent as they are. */
export interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/**
 * Speaks to a server on loopback, whatever host its address names, and follows no redirect.
 * @param certificate PEM that is trusted besides the usual ones
 */
export function nodeFetch(certificate?: string): (url: string, sent?: Sent) => Promise<Response> {
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const { protocol, hostname, port, pathname, search, host } = new URL(url);
      const isHttps = protocol === 'https:';
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options: RequestOptions = {
        host: '127.0.0.1',
        port,
        method,
        path: pathname + search,
        headers: { host, ...length, ...headers },
      };
      const request = isHttps ? httpsRequest({ ...options, ca: certificate, servername: hostname, agent: false }) : httpRequest(options);
      request.once('error', reject);
      request.once('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const status = answer.statusCode ?? 0;
          const heads = new Headers();
          for (const [name, value] of Object.entries(answer.headersDistinct)) value?.forEach((one) => heads.append(name, one));
          resolve(new Response(status === 204 || status === 304 ? null : Buffer.concat(chunks), { status, headers: heads }));
        });
      });
      request.end(body);
    });
}
