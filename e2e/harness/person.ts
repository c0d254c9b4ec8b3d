import { fileURLToPath } from 'node:url';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import type { AccountId, contract } from '@salotto/contract';
import type { BrowserContext, Page } from 'playwright-core';
import { fromBase64Pcm, toBase64Wav } from './sound.ts';

export type Api = ContractRouterClient<typeof contract>;
export type Ring = { account: string; speaking: boolean; at: number };

/** What `page-kit.js` leaves in every page. */
export type PageKit = {
  policyViolations: string[];
  rings: Ring[];
  peers: { iceServers?: unknown[] }[];
  candidates: string[];
  remoteAddresses(): Promise<string[]>;
  useVoice(): void;
  say(wav: string): Promise<{ at: number; seconds: number }>;
  record(participationId?: string): Promise<string>;
  loudest(recording: string, seconds: number): number;
  stop(recording: string): string;
};
declare global {
  var salottoKit: PageKit;
}

export type Recording = {
  /** Loudest sample (0 to 1) of the newest so many seconds. */
  loudest(seconds: number): Promise<number>;
  /** Ends it: mono at 48 kHz. */
  stop(): Promise<Float32Array>;
};

/** One tab of somebody, with its own microphone and ears. */
export type Tab = {
  page: Page;
  /** Opens a path of the server. */
  open(path: string): Promise<void>;
  /** Speaks into the microphone of this tab. Resolves as it begins: wall time of the first sample, and its length. */
  say(samples: Float32Array): Promise<{ at: number; seconds: number }>;
  /** Records what the room plays, of one person or of everybody. */
  record(participationId?: string): Promise<Recording>;
  rings(): Promise<Ring[]>;
};

/** Somebody with a browser of their own: a context, and a first tab. */
export type Visitor = Tab & {
  context: BrowserContext;
  newTab(): Promise<Tab>;
  /** Errors that nobody caught and breaches of the page's policy, in any tab. */
  problems: string[];
  close(): Promise<void>;
};

export type Person = Visitor & { id: AccountId; handle: string; name: string; email: string; rpc: Api; cookie: string };

const KIT = fileURLToPath(new URL('page-kit.js', import.meta.url));
const ACTION_MS = 15_000;

/** A person's typed way to the server, without a page. */
export function createApi(origin: string, cookie?: string): Api {
  return createORPCClient(new RPCLink({ url: `${origin}/api/rpc`, headers: cookie ? { cookie, origin } : { origin } }));
}

/** Prepares a context. With `voice` its microphone is made of Web Audio; else it is the browser's own. */
export async function createVisitor(options: {
  context: BrowserContext;
  origin: string;
  voice?: boolean;
}): Promise<Visitor> {
  const { context, origin, voice = true } = options;
  const problems: string[] = [];
  context.setDefaultTimeout(ACTION_MS);
  // Without TLS only the machine itself has a microphone to give.
  const { protocol, hostname } = new URL(origin);
  if (protocol === 'https:' || /^(?:localhost|127\..*)$/.test(hostname)) {
    await context.grantPermissions(['microphone'], { origin });
  }
  await context.addInitScript({ path: KIT });
  if (voice) await context.addInitScript('salottoKit.useVoice()');
  context.on('weberror', (error) => void problems.push(`uncaught: ${error.error().message}`));
  context.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) problems.push(message.text());
  });
  const first = await newTab();

  return { ...first, context, newTab, problems, close: () => context.close() };

  async function newTab(): Promise<Tab> {
    const page = await context.newPage();
    return {
      page,
      async open(path) {
        await page.goto(new URL(path, origin).href);
      },
      say: (samples) => page.evaluate((wav) => salottoKit.say(wav), toBase64Wav(samples)),
      async record(participationId) {
        const id = await page.evaluate((of) => salottoKit.record(of), participationId);
        return {
          loudest: (seconds) => page.evaluate(([of, last]) => salottoKit.loudest(of, last), [id, seconds] as const),
          stop: async () => fromBase64Pcm(await page.evaluate((of) => salottoKit.stop(of), id)),
        };
      },
      rings: () => page.evaluate(() => salottoKit.rings),
    };
  }
}
