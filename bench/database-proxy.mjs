import { connect, createServer } from 'node:net';

/** First bytes of the commands that the server answers, MySQL client/server protocol: query, ping, prepare, execute. */
const ANSWERED = new Set([0x03, 0x0e, 0x16, 0x17]);
const QUERY = 0x03;
const BEGINS = /^\s*(?:START TRANSACTION|BEGIN)\b/i;

/**
 * Stands between a program and its database server and counts.
 * @param server `mysql://` address
 * @returns `{ url, counts, close }`: the address to use instead, and `{ trips, transactions }` so far: commands that were answered, and how
 *   many of them began a transaction
 */
export async function startDatabaseProxy(server) {
  const { hostname, port } = new URL(server);
  const counts = { trips: 0, transactions: 0 };
  const sockets = new Set();
  const proxy = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: hostname, port: Number(port || 3306), noDelay: true });
    client.on('data', makeCounter(counts));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy()).once('close', () => sockets.delete(from));
    }
  });
  await new Promise((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  const url = new URL(server);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.address().port);
  const close = async () => {
    proxy.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: url.href, counts: () => ({ ...counts }), close };
}

/** Reads the packets that a client sends; each has a head of three bytes of length and one of its number, 0 for a command. */
function makeCounter(counts) {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUIntLE(0, 3)) {
      const packet = rest.subarray(3, 4 + rest.readUIntLE(0, 3));
      rest = rest.subarray(3 + packet.length);
      if (packet[0] !== 0 || !ANSWERED.has(packet[1])) continue;
      counts.trips += 1;
      if (packet[1] === QUERY && BEGINS.test(packet.toString('latin1', 2, 40))) counts.transactions += 1;
    }
  };
}
