import {
  buildPerson,
  createTestDb,
  signInAs,
  sparePort,
  startTestLivekit,
  type TestLivekit,
} from '@salotto/server/testing';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type Api, createApi, createVisitor, type Person, type Visitor } from './person.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export type HouseOptions = {
  /** Pages are told to bring their sound to this address of loopback, where the test passes it on. */
  mediaIp?: string;
  /** False: nobody has claimed the server yet. */
  claimed?: boolean;
  /** The server's port, where it has to be known before. */
  port?: number;
  /** Settings of the server. */
  env?: Record<string, string>;
  /** Options of the server's command. */
  args?: string[];
  /** Flags for the browser beside the usual ones. */
  flags?: string[];
};

export type VisitorOptions = {
  /** Another browser than the house's. */
  browser?: Browser;
  /** False: the browser's own (fake) microphone. */
  voice?: boolean;
  /** Where its pages are opened; the server's own address when absent. */
  origin?: string;
  context?: BrowserContextOptions;
};

export type PersonOptions = VisitorOptions & {
  name?: string;
  headline?: string;
  organisation?: string;
  locale?: 'en' | 'it' | 'zh';
};

export type House = {
  origin: string;
  server: ServerProcess;
  livekit: TestLivekit;
  browser: Browser;
  db: Awaited<ReturnType<typeof createTestDb>>['db'];
  /** Somebody with an account, signed in, with an open browser that shows nothing yet. */
  person(handle: string, options?: PersonOptions): Promise<Person>;
  /** Somebody whose account is there already, on a device of their own. */
  signIn(account: Omit<Person, keyof Visitor | 'rpc' | 'cookie'>, options?: VisitorOptions): Promise<Person>;
  /** Somebody at the door: a browser without an account. */
  visitor(options?: VisitorOptions): Promise<Visitor>;
  /** The newest code in the mailbox for this address, asked for until it is there. */
  codeFor(email: string): Promise<string>;
  api(cookie?: string): Api;
  /** Ends everything. Throws when a page had an uncaught error or broke its policy. */
  close(): Promise<void>;
};

const DESKTOP = { viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce' } as const;

/** A whole Salotto for one file of tests: database, LiveKit, server as a process, and a browser. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { mediaIp, claimed, port, env, args, flags } = options;
  const closing: (() => Promise<unknown>)[] = [];
  const visitors: Visitor[] = [];
  const closeAll = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };

  try {
    const privatePort = await sparePort();
    const [database, livekit, browser] = await Promise.all([
      createTestDb({ claimed }),
      startTestLivekit({ mediaIp, webhookUrl: `http://127.0.0.1:${privatePort}/livekit/webhook` }),
      launchBrowser({ flags }),
    ]);
    closing.push(database.close, livekit.stop, () => browser.close());
    const { connectionString, db } = database;
    const server = await startServerProcess({ connectionString, livekit, env, args, port, privatePort });
    // The browser goes first, the server next, the database last.
    closing.splice(2, 0, server.close);
    const { origin } = server;

    const visitor = async (options: VisitorOptions = {}) => {
      const { voice, origin: at = origin } = options;
      const context = await (options.browser ?? browser).newContext({ ...DESKTOP, ...options.context });
      const made = await createVisitor({ context, origin: at, voice });
      visitors.push(made);
      return made;
    };

    const signIn: House['signIn'] = async (account, options = {}) => {
      const here = await visitor(options);
      const { token, cookie } = await signInAs(db, account);
      const name = cookie.slice(0, cookie.indexOf('='));
      const url = options.origin ?? origin;
      await here.context.addCookies([{ name, value: token, url, httpOnly: true, sameSite: 'Lax', secure: false }]);
      return Object.assign(here, account, { cookie, rpc: createApi(origin, cookie) });
    };

    return {
      ...{ origin, server, livekit, browser, db, visitor, signIn },
      async person(handle, options = {}) {
        const { name = `${handle.charAt(0).toUpperCase()}${handle.slice(1)}`, headline, organisation } = options;
        const { locale = 'en' } = options;
        return signIn(await buildPerson(db, { handle, name, headline, organisation, locale }), options);
      },
      async codeFor(email) {
        for (let tries = 0; tries < 100; tries++) {
          const page = await (await fetch(server.mailboxUrl())).text();
          const mail = page.split('<article>').find((article) => article.includes(`To ${email} `));
          const code = /<strong>(\d{6})<\/strong>/.exec(mail ?? '')?.[1];
          if (code) return code;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error('No code came');
      },
      api: (cookie) => createApi(origin, cookie),
      async close() {
        await closeAll();
        const problems = visitors.flatMap((one) => one.problems);
        if (problems.length > 0) throw new Error(`Pages had problems:\n${problems.join('\n')}`);
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
