/** The peer of API benches: a Fastify that answers every GET with the bytes from its standard input. Prints its port. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Fastify from 'fastify';

const body = await text(process.stdin);
const app = Fastify();
app.get('/*', async (_request, reply) => reply.header('content-type', 'application/json').send(body));
await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${(app.server.address() as AddressInfo).port}\n`);
