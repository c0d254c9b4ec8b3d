import { X509Certificate as NodeCertificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameConstraints } from './name-constraints.ts';
import type { OwnNames } from './own-names.ts';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from './x509.ts';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3_652;
/** Phones refuse more than 398, the day before today included. */
const CERTIFICATE_DAYS = 396;
const RENEW_BEFORE_DAYS = 30;
/** Clocks differ. */
const BACKDATED_DAYS = 1;
const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' } as const;

/** A certificate with its key, in PEM. */
export type Certificate = { certificate: string; key: string; endsAtMs: number };
export type Authority = Certificate & {
  /** DER, as phones take it. */
  file: Buffer;
  /** SHA-256, in pairs with colons, as phones show it. */
  fingerprint: string;
  /** Names outside internal networks that it may vouch for. */
  names: string[];
};

/**
 * The certificate authority of this installation, kept in `folder`: made where there is none, where it ends soon, and
 * where it may not vouch for one of the names. Phones must trust a new one again.
 */
export async function openAuthority(options: { folder: string; names: string[]; nowMs: number }): Promise<Authority> {
  const { folder, nowMs } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const allowed = [...new Set(['local', ...options.names])].sort();
  const kept = readAuthority(folder);
  const covers = kept && options.names.every((name) => kept.names.some((root) => isUnder(name, root)));
  if (kept && covers && kept.endsAtMs - nowMs > RENEW_BEFORE_DAYS * DAY_MS) return kept;
  const made = await makeAuthority({ names: allowed, nowMs });
  writePrivate(join(folder, 'ca.key'), made.key);
  writePrivate(join(folder, 'ca.json'), JSON.stringify({ names: allowed }));
  writePrivate(join(folder, 'ca.crt'), made.certificate);
  return describe(made, allowed);
}

/** The server's certificate for these names: the kept one where it fits and lasts, or a new one. */
export async function openCertificate(options: {
  folder: string;
  authority: Authority;
  own: OwnNames;
  nowMs: number;
}): Promise<Certificate> {
  const { folder, authority, own, nowMs } = options;
  const [file, keyFile] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  if (existsSync(file) && existsSync(keyFile)) {
    const kept = certificateOf(readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8'));
    if (kept.endsAtMs - nowMs > RENEW_BEFORE_DAYS * DAY_MS && (await fits(kept.certificate, authority, own))) {
      return kept;
    }
  }
  const made = await makeCertificate({ authority, own, nowMs });
  writePrivate(keyFile, made.key);
  writePrivate(file, made.certificate);
  return made;
}

function isUnder(name: string, root: string): boolean {
  return name === root || name.endsWith(`.${root}`);
}

function readAuthority(folder: string): Authority | null {
  const [file, keyFile, about] = ['ca.crt', 'ca.key', 'ca.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (![file, keyFile, about].every(existsSync)) return null;
  chmodSync(keyFile, 0o600);
  const { names } = JSON.parse(readFileSync(about, 'utf8')) as { names: string[] };
  return describe(certificateOf(readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8')), names);
}

function describe(of: Certificate, names: string[]): Authority {
  const file = Buffer.from(new X509Certificate(of.certificate).rawData);
  return { ...of, file, names, fingerprint: fingerprintOf(of.certificate) };
}

function fingerprintOf(certificate: string): string {
  return new NodeCertificate(certificate).fingerprint256;
}

async function makeAuthority(options: { names: string[]; nowMs: number }): Promise<Certificate> {
  const { names, nowMs } = options;
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const label = names.find((name) => name !== 'local' && name !== 'localhost') ?? 'salotto';
  const made = await X509CertificateGenerator.createSelfSigned({
    ...{ name: [{ CN: [`Salotto on ${label}`] }], keys, signingAlgorithm: SIGNATURE },
    ...period(nowMs, AUTHORITY_DAYS),
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      nameConstraints(names),
    ],
  });
  return certificateOf(made.toString('pem'), await exportKey(keys.privateKey));
}

async function makeCertificate(options: { authority: Authority; own: OwnNames; nowMs: number }): Promise<Certificate> {
  const { authority, own, nowMs } = options;
  const issuer = new X509Certificate(authority.certificate);
  const keys = await crypto.subtle.generateKey(KEY, true, ['sign', 'verify']);
  const { notBefore, notAfter } = period(nowMs, CERTIFICATE_DAYS);
  const made = await X509CertificateGenerator.create({
    ...{ subject: [{ CN: ['Salotto'] }], issuer: issuer.subject, publicKey: keys.publicKey },
    ...{ signingKey: await importKey(authority.key), signingAlgorithm: SIGNATURE, notBefore },
    notAfter: new Date(Math.min(notAfter.getTime(), authority.endsAtMs)),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...own.names.map((value) => ({ type: 'dns' as const, value })),
        ...own.addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return certificateOf(made.toString('pem'), await exportKey(keys.privateKey));
}

/** Signed by this authority, and for all these names and no others. */
async function fits(certificate: string, authority: Authority, own: OwnNames): Promise<boolean> {
  const read = new NodeCertificate(certificate);
  const issuer = new NodeCertificate(authority.certificate);
  if (!read.checkIssued(issuer) || !read.verify(issuer.publicKey)) return false;
  const named = (read.subjectAltName ?? '').split(', ').length;
  const all = own.names.every((name) => read.checkHost(name)) && own.addresses.every((ip) => read.checkIP(ip));
  return all && named === own.names.length + own.addresses.length;
}

function period(nowMs: number, days: number): { notBefore: Date; notAfter: Date } {
  return {
    notBefore: new Date(nowMs - BACKDATED_DAYS * DAY_MS),
    notAfter: new Date(nowMs + (days - BACKDATED_DAYS) * DAY_MS),
  };
}

function certificateOf(certificate: string, key: string): Certificate {
  return { certificate, key, endsAtMs: new X509Certificate(certificate).notAfter.getTime() };
}

async function exportKey(key: CryptoKey): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

function importKey(pem: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), KEY, false, ['sign']);
}

/** Whole or not at all. */
function writePrivate(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
