import { Extension } from './x509.ts';

const NAME_CONSTRAINTS = '2.5.29.30';
const [SEQUENCE, PERMITTED, DNS_NAME, IP_NETWORK] = [0x30, 0xa0, 0x82, 0x87];

/** What `isInternalAddress` takes for internal, as network and mask. */
const NETWORKS = [
  [10, 0, 0, 0, 255, 0, 0, 0],
  [100, 64, 0, 0, 255, 192, 0, 0],
  [127, 0, 0, 0, 255, 0, 0, 0],
  [169, 254, 0, 0, 255, 255, 0, 0],
  [172, 16, 0, 0, 255, 240, 0, 0],
  [192, 168, 0, 0, 255, 255, 0, 0],
  [...six(0xfc, 0), ...six(0xfe, 0)],
  [...six(0xfe, 0x80), ...six(0xff, 0xc0)],
  [...new Array(15).fill(0), 1, ...new Array(16).fill(255)],
];

/**
 * What the authority may vouch for: these names and internal addresses. A phone that trusts it trusts it for nothing
 * else, even where its key is stolen.
 */
export function nameConstraints(names: readonly string[]): Extension {
  const subtrees = [
    ...names.map((name) => der(DNS_NAME, [...Buffer.from(name, 'ascii')])),
    ...NETWORKS.map((network) => der(IP_NETWORK, network)),
  ].map((base) => der(SEQUENCE, base));
  return new Extension(NAME_CONSTRAINTS, true, Uint8Array.from(der(SEQUENCE, der(PERMITTED, subtrees.flat()))));
}

function six(first: number, second: number): number[] {
  return [first, second, ...new Array(14).fill(0)];
}

function der(tag: number, content: readonly number[]): number[] {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return [tag, ...size, ...content];
}
