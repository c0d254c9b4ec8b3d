import { Socket } from 'node:net';
import pg from 'pg';

/**
 * One connection outside the pool, for work that may be broken off in the middle: `abandon` ends it at once, whatever is
 * under way on it, and the server takes back what was not committed.
 */
export async function openLoneClient(
  connectionString: string,
): Promise<{ client: pg.Client; close(): Promise<void>; abandon(): void }> {
  const socket = new Socket();
  const client = new pg.Client({ connectionString, stream: () => socket });
  client.on('error', () => undefined);
  await client.connect();
  return {
    client,
    close: () => client.end(),
    abandon: () => void socket.destroy(),
  };
}
