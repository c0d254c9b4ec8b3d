import { BlockList } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { allBut, chooseMediaAddress, type MediaAddress, renderLivekitConfig } from './livekit-config.ts';

const at = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: `${address}/24`,
});
const lo = [at('127.0.0.1', true)];
const local = ['http://localhost:8080'];
const open = ['https://talk.example.org'];

describe('where sound arrives', () => {
  test('a plain start stays on loopback', () => {
    const config = { host: '127.0.0.1', publicUrls: local };
    expect(chooseMediaAddress({ config, interfaces: { lo, eth0: [at('10.0.0.5')] }, published: [] })).toEqual({
      loopback: true,
    });
  });

  test.each<[string, Record<string, NetworkInterfaceInfo[]>, string[], string, boolean?]>([
    ['behind a reverse proxy on the same machine', { lo, eth0: [at('203.0.113.7')] }, ['203.0.113.7'], '203.0.113.7'],
    ['behind a cloud translation', { lo, eth0: [at('10.0.0.5')] }, ['203.0.113.7'], '203.0.113.7', false],
    ['behind a content network', { lo, eth0: [at('198.51.100.4')] }, ['203.0.113.7'], '198.51.100.4'],
    ['in an office', { lo, eth0: [at('192.168.1.9')] }, ['192.168.1.9'], '192.168.1.9'],
    ['with several cards', { lo, docker0: [at('172.17.0.1')], eth0: [at('203.0.113.7')] }, [], '203.0.113.7'],
  ])('%s', (_name, interfaces, published, ip, isOwn = true) => {
    const config = { host: '127.0.0.1', publicUrls: open };
    expect(chooseMediaAddress({ config, interfaces, published })).toEqual({
      ...{ loopback: false, ip },
      ...(isOwn ? { own: [ip] } : {}),
    });
  });

  test('HOST picks the card', () => {
    const config = { host: '192.168.1.9', publicUrls: local };
    const interfaces = { lo, eth0: [at('10.0.0.5')], eth1: [at('192.168.1.9')] };
    expect(chooseMediaAddress({ config, interfaces, published: ['127.0.0.1'] })).toEqual({
      ...{ loopback: false, ip: '192.168.1.9' },
      own: ['192.168.1.9'],
    });
  });

  test('a machine without a network still starts', () => {
    const config = { host: '0.0.0.0', publicUrls: local };
    expect(chooseMediaAddress({ config, interfaces: { lo }, published: [] })).toEqual({ loopback: true });
  });
});

describe('on a local network', () => {
  const config = { host: '0.0.0.0', publicUrls: local, lan: { httpsPort: 8443, names: [] } };

  test('every address of the machine counts, those of containers do not', () => {
    const interfaces = {
      lo,
      eth0: [at('192.168.1.9')],
      wlan0: [at('10.0.0.5')],
      docker0: [at('172.17.0.1')],
      tun0: [at('203.0.113.7')],
    };
    expect(chooseMediaAddress({ config, interfaces, published: [] })).toEqual({
      ...{ loopback: false, ip: '192.168.1.9' },
      own: ['192.168.1.9', '10.0.0.5'],
    });
  });

  test('a machine without a network still starts', () => {
    expect(chooseMediaAddress({ config, interfaces: { lo }, published: [] })).toEqual({ loopback: true });
  });
});

test('a relay reaches the one address and nothing else', () => {
  const denied = new BlockList();
  for (const network of allBut('192.0.2.77')) {
    const [address = '', bits = ''] = network.split('/');
    denied.addSubnet(address, Number(bits), 'ipv4');
  }
  expect(denied.check('192.0.2.77')).toBe(false);
  for (const other of ['192.0.2.76', '192.0.2.78', '0.0.0.0', '255.255.255.255', '10.0.0.1', '127.0.0.1'])
    expect(denied.check(other)).toBe(true);
});

describe('the configuration', () => {
  const render = (address: MediaAddress, turn?: { domain: string; tlsPort: number }) =>
    parse(
      renderLivekitConfig({
        address,
        turn,
        port: 7000,
        udpPort: 7001,
        tcpPort: 7002,
        keys: { apiKey: 'key', apiSecret: 'secret' },
        webhookUrl: 'http://127.0.0.1:7003/livekit/webhook',
      }),
    );

  test('on loopback', () => {
    expect(render({ loopback: true })).toEqual({
      port: 7000,
      bind_addresses: ['127.0.0.1'],
      rtc: {
        udp_port: 7001,
        tcp_port: 7002,
        use_external_ip: false,
        node_ip: '127.0.0.1',
        stun_servers: ['127.0.0.1:7001'],
        enable_loopback_candidate: true,
        ips: { includes: ['127.0.0.1/32'] },
      },
      keys: { key: 'secret' },
      room: {
        auto_create: false,
        enable_remote_unmute: false,
        enabled_codecs: [{ mime: 'audio/opus' }, { mime: 'audio/red' }],
      },
      webhook: { api_key: 'key', urls: ['http://127.0.0.1:7003/livekit/webhook'] },
      logging: { json: true, level: 'warn' },
    });
  });

  test('with several addresses on a local network none stands for the others', () => {
    const { rtc } = render({ loopback: false, ip: '192.168.1.9', own: ['192.168.1.9', '10.0.0.5'] });
    expect(rtc.node_ip).toBeUndefined();
    expect(rtc.ips).toEqual({ includes: ['192.168.1.9/32', '10.0.0.5/32'] });
    expect(rtc.stun_servers).toEqual(['192.168.1.9:7001']);
  });

  test('of several addresses only the one that is told answers', () => {
    const { rtc } = render({ loopback: false, ip: '192.168.1.9', own: ['192.168.1.9'] });
    expect(rtc).toMatchObject({ node_ip: '192.168.1.9', ips: { includes: ['192.168.1.9/32'] } });
  });

  test('TURN is ended by a proxy and leads to LiveKit only', () => {
    const { turn } = render({ loopback: false, ip: '10.0.0.5' }, { domain: 'turn.example.org', tlsPort: 5349 });
    expect(turn).toMatchObject({
      ...{ enabled: true, domain: 'turn.example.org', tls_port: 5349, external_tls: true, udp_port: 0 },
      allow_restricted_peer_cidrs: ['10.0.0.5/32'],
    });
    expect(turn.deny_peer_cidrs).toEqual(expect.arrayContaining(['10.0.0.4/32', '::/0']));
  });

  test('for people elsewhere signalling still is on loopback', () => {
    const config = render({ loopback: false, ip: '203.0.113.7' });
    expect(config.bind_addresses).toEqual(['127.0.0.1']);
    expect(config.rtc).toEqual({
      udp_port: 7001,
      tcp_port: 7002,
      use_external_ip: false,
      node_ip: '203.0.113.7',
      stun_servers: ['203.0.113.7:7001'],
      enable_loopback_candidate: false,
    });
  });
});
