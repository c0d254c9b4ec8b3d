import { randomUUID } from 'node:crypto';
import type { Ledger } from '@salotto/contract';
import { createCaller, expectOk } from './http-calls.ts';
import type { BenchServer } from './server-process.ts';
import { createSpeaker, type Speaker } from './speaker.ts';

export type Panellist = {
  accountId: string;
  participationId: string;
  /** The `Cookie` header of their device. */
  cookie: string;
  speaker: Speaker;
};

/** People on one stage with their microphones open, by API and WebRTC as everybody; the first is the moderator. */
export type Panel = {
  roomId: string;
  people: readonly Panellist[];
  ledger(): Promise<Ledger>;
  setMicrophone(n: number, open: boolean): Promise<void>;
  end(): Promise<void>;
  close(): Promise<void>;
};

/** Starts a room and seats `size` people, who can be heard as soon as this resolves. */
export async function seatPanel(options: { server: BenchServer; size: number; title?: string }): Promise<Panel> {
  const { server, size, title = 'Who spoke' } = options;
  const { origin } = server;
  const members = await Promise.all(Array.from({ length: size }, () => server.person()));
  const callers = members.map(({ cookie }) => createCaller({ origin, cookie }));
  const call = <Value>(n: number, method: 'GET' | 'POST', path: string, body?: unknown) =>
    expectOk<Value>((callers[n] as (typeof callers)[number]).call(method, path, body));
  const people: Panellist[] = [];
  const { roomId } = await call<{ roomId: string }>(0, 'POST', '/api/rooms', {
    title,
    locale: 'en',
    key: randomUUID(),
  });
  const path = `/api/rooms/${roomId}`;
  const setMicrophone = (n: number, open: boolean) => call<void>(n, 'POST', `${path}/microphone`, { open });

  async function close(): Promise<void> {
    for (const { speaker } of people) await speaker.disconnect();
    for (const caller of callers) caller.close();
  }

  async function seat({ id, cookie }: (typeof members)[number], n: number): Promise<void> {
    const { own } = await call<{ own: { participationId: string } }>(n, 'POST', `${path}/join`);
    const { participationId } = own;
    if (n > 0) {
      await call(0, 'POST', `${path}/people/${participationId}/offer`);
      await call(n, 'POST', `${path}/hand/accept`);
    }
    const token = async () => (await call<{ token: string }>(n, 'POST', `${path}/connect`)).token;
    const speaker = createSpeaker({ url: origin.replace('http', 'ws'), token });
    people[n] = { accountId: id, participationId, cookie, speaker };
    await speaker.connect();
    await setMicrophone(n, true);
  }

  try {
    for (const [n, member] of members.entries()) await seat(member, n);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...{ roomId, people, setMicrophone, close },
    ledger: () => call<Ledger>(0, 'GET', `${path}/ledger`),
    end: () => call<void>(0, 'POST', `${path}/end`),
  };
}
