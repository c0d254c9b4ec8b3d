/** Every setting: the one place from which the README's table and the sentences about wrong values are made. */
export const SETTINGS = {
  SALOTTO_NAME: { fallback: 'Salotto', meaning: 'The name people see.' },
  SALOTTO_ENV: {
    fallback: 'by itself',
    meaning:
      '`development` or `production`. By itself it is `development` only while `HOST` is loopback and neither `PUBLIC_URL` nor `SMTP_URL` is set.',
  },
  SALOTTO_DATA: { fallback: './data', meaning: 'The folder that holds everything Salotto keeps.' },
  SALOTTO_SECRET: {
    fallback: 'a key file',
    meaning:
      'For several processes: at least 32 random characters, the same in all. What people typed and were sent is hashed with it.',
  },
  BLOB_DIR: {
    fallback: 'SALOTTO_DATA/pictures',
    meaning: 'The folder of uploaded pictures, such as one that several processes share.',
  },
  S3_ENDPOINT: { fallback: 'Amazon’s', meaning: 'An S3-compatible store in place of a folder: its address.' },
  S3_REGION: { fallback: 'us-east-1', meaning: 'Its region.' },
  S3_BUCKET: { fallback: 'none', meaning: 'Its bucket. Nobody but the servers needs to reach it.' },
  S3_ACCESS_KEY: { fallback: '', meaning: 'Its access key.' },
  S3_SECRET_KEY: { fallback: '', meaning: 'Its secret key.' },
  HOST: { fallback: '127.0.0.1', meaning: 'The address that page, API and sound signalling listen on.' },
  PORT: {
    fallback: '8080',
    meaning: 'Their port (also `--port N`). Left alone, a free one is taken where 8080 is not free; 0 is any free one.',
  },
  LAN_HTTPS_PORT: {
    fallback: '8443',
    meaning: 'With `--lan`: the port of page, API and sound signalling under TLS; `PORT` stays plain.',
  },
  LAN_NAMES: {
    fallback: 'the host name, also with .local',
    meaning: 'With `--lan`: further names (commas) of this machine on the local network.',
  },
  PUBLIC_URL: {
    fallback: 'http://localhost:PORT',
    meaning: 'The address (several, separated by commas) that people open, such as `https://talk.example.org`.',
  },
  PRIVATE_HOST: {
    fallback: '127.0.0.1',
    meaning: 'The address of the private listener: metrics and health in detail.',
  },
  PRIVATE_PORT: { fallback: '0', meaning: 'Its port; 0 is any free one.' },
  DATABASE_URL: { fallback: 'embedded', meaning: 'A PostgreSQL of your own, version 15 or newer.' },
  REDIS_URL: {
    fallback: 'none',
    meaning:
      'For several processes: how they hear one another, such as `redis://10.0.0.5:6379`. `DATABASE_URL`, `LIVEKIT_URL`, `SALOTTO_SECRET` and a shared place for pictures belong to it.',
  },
  LIVEKIT_URL: {
    fallback: 'supervised',
    meaning:
      'A LiveKit of your own, with `LIVEKIT_API_KEY` and `LIVEKIT_API_SECRET`. In production its address must be one that only servers reach.',
  },
  LIVEKIT_API_KEY: { fallback: '', meaning: 'Its key.' },
  LIVEKIT_API_SECRET: { fallback: '', meaning: 'Its secret.' },
  LIVEKIT_SERVER: { fallback: 'found or built', meaning: 'The path of a `livekit-server` 1.13.5 to supervise.' },
  LIVEKIT_UDP_PORT: { fallback: '7882', meaning: 'The UDP port of the sound; open it in the firewall.' },
  LIVEKIT_TCP_PORT: { fallback: '7881', meaning: 'The TCP port of the sound, where UDP is blocked.' },
  MIXERS: {
    fallback: '1',
    meaning:
      'How many mixers this server starts, 0 or 1. They hear who speaks, for the speaking time; without one nothing is counted.',
  },
  TURN_DOMAIN: {
    fallback: 'none',
    meaning:
      'A name of its own for TURN over TLS, such as `turn.example.org`: sound for networks that let only port 443 through. A proxy tells it apart by its name, ends TLS and passes it on to `TURN_TLS_PORT`.',
  },
  TURN_TLS_PORT: { fallback: '5349', meaning: 'The port on which LiveKit takes what that proxy passes on.' },
  SMTP_URL: { fallback: 'none', meaning: 'Where mails go out, such as `smtps://user:password@mail.example.org`.' },
  MAIL_FROM: { fallback: 'no-reply@ the host of PUBLIC_URL', meaning: 'The sender of the mails.' },
  GUESTS_PER_ADDRESS: {
    fallback: '1000',
    meaning:
      'How many guests may come by links from one address in a quarter of an hour. A hall with one Wi-Fi has one address.',
  },
  LEAVING_DAYS: {
    fallback: '14',
    meaning:
      'For how many days somebody who deleted their account can come back, 1 to 90. After that nothing of it is left.',
  },
  LOG_LEVEL: { fallback: 'info', meaning: '`fatal`, `error`, `warn`, `info` or `debug`.' },
  OUTGOING_LOOPBACK: {
    fallback: 'no',
    meaning: '`yes`: previews of pinned links may come from this machine itself, for tests. Not in production.',
  },
  TRUSTED_PROXIES: {
    fallback: 'none',
    meaning: 'Addresses or networks (commas) of reverse proxies whose forwarding headers are believed.',
  },
} as const satisfies Record<string, { fallback: string; meaning: string }>;

export type SettingName = keyof typeof SETTINGS;

/** The settings as a Markdown table, for the README. */
export function describeSettings(): string {
  const rows = Object.entries(SETTINGS).map(
    ([name, { fallback, meaning }]) => `| \`${name}\` | ${fallback === '' ? '' : `\`${fallback}\``} | ${meaning} |`,
  );
  return ['| Setting | Default | Meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
