import { renderUnicodeCompact } from 'uqr';

/** What the terminal says about the local network: the address, as text and to be scanned, and how phones trust it. */
export function announceLan(options: {
  secureUrl: string;
  plainUrl: string;
  fingerprint: string;
  qr: boolean;
}): string {
  const { secureUrl, plainUrl, fingerprint, qr } = options;
  const lines = [`On this network: ${secureUrl}`];
  if (qr) lines.push('', renderUnicodeCompact(secureUrl, { border: 2 }), '');
  lines.push(
    `Each phone or computer trusts it once: open ${plainUrl}/trust there and follow the steps.`,
    `Fingerprint of the certificate authority (SHA-256): ${fingerprint}`,
    `Without that, ${plainUrl} is enough to listen.`,
  );
  return `${lines.join('\n')}\n`;
}
