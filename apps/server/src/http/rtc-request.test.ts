import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { readRtcRequest } from './rtc-request.ts';

const read = (url: string, headers: IncomingMessage['headers'] = {}, method = 'GET') =>
  readRtcRequest({ method, url, headers } as IncomingMessage);

test.each([
  ['/rtc', '/rtc', false],
  ['/rtc/validate', '/rtc', true],
  ['/rtc/v1', '/rtc/v1', false],
  ['/rtc/v1/validate', '/rtc/v1', true],
])('%s is an address of the signalling', (url, path, validate) => {
  expect(read(`${url}?access_token=a.b.c`)).toMatchObject({ path, validate, token: 'a.b.c' });
});

test.each([
  '/rtc/',
  '/rtc/v2',
  '/rtc/../twirp',
  '/rtc%2Fv1',
  '/rtcx',
  '//rtc',
  '/',
  '/twirp/livekit.RoomService/ListRooms',
])('%s is none', (url) => expect(read(`${url}?access_token=a.b.c`)).toBeNull());

test('only asks, never sends', () => expect(read('/rtc?access_token=a.b.c', {}, 'POST')).toBeNull());

test('takes the token from the header too, but never two', () => {
  expect(read('/rtc', { authorization: 'Bearer a.b.c' })?.token).toBe('a.b.c');
  expect(read('/rtc?access_token=a.b.c', { authorization: 'Bearer a.b.c' })).toBeNull();
  expect(read('/rtc?access_token=a.b.c&access_token=d.e.f')).toBeNull();
  expect(read('/rtc')).toBeNull();
  expect(read('/rtc?access_token=')).toBeNull();
  expect(read('/rtc?access_token=a%0d%0ab')).toBeNull();
});

test('leaves only what a client may say', () => {
  const wish =
    'room=other&identity=other&publish=x&metadata=m&attributes=e30&access_token=a.b.c&name=n&auto_subscribe=1&reconnect=1&sid=PA_x&os=mac OS&sdk=js&protocol=16';
  expect(String(read(`/rtc?${wish}`)?.query)).toBe(
    'reconnect=1&sid=PA_x&auto_subscribe=1&protocol=16&sdk=js&os=mac+OS',
  );
  expect(String(read('/rtc/v1?access_token=a.b.c&join_request=CAE-_w==&publish=x&reconnect=1')?.query)).toBe(
    'join_request=CAE-_w%3D%3D',
  );
  expect(read('/rtc?access_token=a.b.c&sid=PA_x&sid=PA_y')).toBeNull();
  expect(String(read('/rtc?access_token=a.b.c&sid=a%0d%0aX: y&reconnect=yes')?.query)).toBe('');
});
