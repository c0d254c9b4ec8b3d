import { describe, expect, test } from 'vitest';
import { pathOf } from './sound-path.ts';

const report = (local: { protocol: string; candidateType: string }, remoteType = 'host') =>
  new Map(
    [
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P2' },
      { id: 'P1', type: 'candidate-pair', state: 'succeeded', localCandidateId: 'old', remoteCandidateId: 'R' },
      { id: 'P2', type: 'candidate-pair', state: 'succeeded', localCandidateId: 'L', remoteCandidateId: 'R' },
      { id: 'old', type: 'local-candidate', protocol: 'udp', candidateType: 'host' },
      { id: 'L', type: 'local-candidate', ...local },
      { id: 'R', type: 'remote-candidate', protocol: local.protocol, candidateType: remoteType },
    ].map((entry) => [entry.id, entry]),
  );

describe('the way of the sound', () => {
  test.each([
    ['udp', { protocol: 'udp', candidateType: 'host' }],
    ['udp', { protocol: 'udp', candidateType: 'prflx' }],
    ['tcp', { protocol: 'tcp', candidateType: 'host' }],
    ['relay', { protocol: 'udp', candidateType: 'relay' }],
  ])('%s for %o', (path, local) => {
    expect(pathOf(report(local))).toBe(path);
  });

  test('without a transport the nominated pair counts', () => {
    const entries = report({ protocol: 'tcp', candidateType: 'host' });
    entries.delete('T');
    Object.assign(entries.get('P2') ?? {}, { nominated: true });
    expect(pathOf(entries)).toBe('tcp');
  });

  test('nothing is known before there is a pair', () => {
    expect(pathOf(new Map())).toBeNull();
    expect(pathOf(undefined)).toBeNull();
  });
});
