import { expect, test } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

test.each([
  ['1.1.1.1'],
  ['93.184.215.14'],
  ['100.63.255.255'],
  ['100.128.0.0'],
  ['172.15.255.255'],
  ['172.32.0.0'],
  ['192.167.255.255'],
  ['223.255.255.255'],
  ['2606:4700:4700::1111'],
  ['2a00:1450:4002:410::200e'],
  ['2001:4860:4860::8888'],
])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each([
  ['unspecified', '0.0.0.0'],
  ['this network', '0.1.2.3'],
  ['private', '10.0.0.1'],
  ['private', '172.16.0.1'],
  ['private', '172.31.255.255'],
  ['private', '192.168.1.1'],
  ['carrier-grade', '100.64.0.1'],
  ['carrier-grade', '100.127.255.254'],
  ['loopback', '127.0.0.1'],
  ['loopback', '127.255.255.254'],
  ['link-local', '169.254.169.254'],
  ['protocols', '192.0.0.192'],
  ['documentation', '192.0.2.1'],
  ['documentation', '198.51.100.1'],
  ['documentation', '203.0.113.1'],
  ['6to4 anycast', '192.88.99.1'],
  ['measuring', '198.18.0.1'],
  ['multicast', '224.0.0.1'],
  ['multicast', '239.255.255.250'],
  ['reserved', '240.0.0.1'],
  ['broadcast', '255.255.255.255'],
  ['a cloud’s own service', '168.63.129.16'],
  ['unspecified', '::'],
  ['loopback', '::1'],
  ['mapped', '::ffff:127.0.0.1'],
  ['mapped public', '::ffff:1.1.1.1'],
  ['mapped in hexadecimal', '::ffff:7f00:1'],
  ['compatible', '::127.0.0.1'],
  ['compatible', '::7f00:1'],
  ['translated', '::ffff:0:127.0.0.1'],
  ['translated, NAT64', '64:ff9b::7f00:1'],
  ['translated, NAT64', '64:ff9b::10.0.0.1'],
  ['translated, local NAT64', '64:ff9b:1::a00:1'],
  ['6to4', '2002:7f00:1::1'],
  ['Teredo', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ['protocols', '2001:2::1'],
  ['ORCHID', '2001:20::1'],
  ['documentation', '2001:db8::1'],
  ['documentation', '3fff::1'],
  ['discarded', '100::1'],
  ['unique local', 'fc00::1'],
  ['unique local', 'fd12:3456::1'],
  ['link-local', 'fe80::1'],
  ['link-local with a zone', 'fe80::1%eth0'],
  ['site-local', 'fec0::1'],
  ['multicast', 'ff02::1'],
  ['segment routing', '5f00::1'],
  ['not given out', '4000::1'],
  ['a zone on a public one', '2606:4700::1%lo'],
  ['no address', 'localhost'],
  ['no address', ''],
  ['an odd spelling', '0x7f.1'],
  ['an odd spelling', '2130706433'],
  ['an odd spelling', '127.1'],
  ['an odd spelling', '0177.0.0.1'],
])('%s: %s is not', (_kind, address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test('loopback', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopbackAddress)).toEqual([true, true, true]);
  expect(['10.0.0.1', '::ffff:127.0.0.1', 'localhost', '2130706433'].map(isLoopbackAddress)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
