import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';

/** What the app consists of: any web server will do in place of this one. */
const FILES = {
  '/': ['index.html', 'text/html'],
  '/app.js': ['app.js', 'text/javascript'],
  '/settings.json': ['settings.json', 'application/json'],
  '/fhir-client.js': ['../../node_modules/fhirclient/build/fhir-client.pure.min.js', 'text/javascript'],
};
const { PORT = '8080' } = process.env;

createServer((request, response) => {
  const [path] = request.url.split('?');
  const [name, type] = FILES[path] ?? [];
  if (name === undefined) return response.writeHead(404).end();
  readFile(fileURLToPath(new URL(name, import.meta.url))).then(
    (content) => response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(content),
    () => response.writeHead(500).end(),
  );
}).listen(Number(PORT), 'localhost', () => console.log(`http://localhost:${PORT}/`));
