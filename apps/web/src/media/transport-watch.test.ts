import { expect, it } from 'vitest';
import { watchTransports } from './transport-watch.ts';

function fakeTransport() {
  const iceTransport = Object.assign(new EventTarget(), { state: 'connected' });
  return {
    transport: { iceTransport } as unknown as RTCDtlsTransport,
    become(state: string) {
      iceTransport.state = state;
      iceTransport.dispatchEvent(new Event('statechange'));
    },
  };
}

function setUp() {
  const told: string[] = [];
  const watch = watchTransports({ broken: () => told.push('broken'), mended: () => told.push('mended') });
  return { told, watch };
}

it('tells once that the sound is interrupted, and once that it is back, of two ways together', () => {
  const { told, watch } = setUp();
  const [up, down] = [fakeTransport(), fakeTransport()];
  for (const { transport } of [up, down, up]) watch.add(transport);
  up.become('disconnected');
  down.become('disconnected');
  up.become('failed');
  expect(told).toEqual(['broken']);
  up.become('connected');
  expect(told).toEqual(['broken']);
  down.become('completed');
  expect(told).toEqual(['broken', 'mended']);
});

it('tells nothing after it was closed, and takes browsers without such a transport', () => {
  const { told, watch } = setUp();
  const way = fakeTransport();
  watch.add(way.transport);
  watch.add(null);
  watch.add({} as RTCDtlsTransport);
  watch.close();
  way.become('failed');
  expect(told).toEqual([]);
});
