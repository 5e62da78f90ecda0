import { connect } from 'node:net';
import type { RunningProgram } from './program.js';

/** A registration of which the server has read the head and half of the body. */
export async function halfSent({ origin }: RunningProgram, registration: object): Promise<{ answer: Promise<string>; finish(): void }> {
  const { host, port } = new URL(origin);
  const body = JSON.stringify(registration);
  const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
  let received = '';
  const answer = new Promise<string>((resolve) => socket.once('close', () => resolve(received)));
  socket.on('error', () => socket.destroy());
  const isRead = new Promise<void>((resolve) => {
    socket.on('data', (text: string) => {
      received += text;
      if (received.startsWith('HTTP/1.1 100')) resolve();
    });
  });
  const head = [
    'POST /oauth2/default/registration HTTP/1.1',
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
  ];
  socket.write(`${[...head, 'Expect: 100-continue'].join('\r\n')}\r\n\r\n`);
  await isRead;
  socket.write(body.slice(0, 20));
  return { answer, finish: () => void socket.write(body.slice(20)) };
}

/** Resolves when the server takes no connection any more. */
export async function untilRefused({ origin }: RunningProgram): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(origin).port), '127.0.0.1');
      socket.once('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (!isOpen) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
