import type { Me } from '@salotto/contract';

/** A browser without an account: it keeps its cookies, as a browser does. */
export function createGuestBrowser(origin: string) {
  const kept = new Map<string, string>();
  const cookie = () => [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
  return {
    cookie,
    forget: (name: string) => kept.delete(name),
    /** Calls a procedure; gives the answer, or the refusal as `CODE reason`. */
    async call<Answer = Me>(name: string, input: object): Promise<Answer | string> {
      const response = await fetch(`${origin}/api/rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, cookie: cookie() },
        body: JSON.stringify({ json: input }),
      });
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        kept.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      const { json } = (await response.json()) as { json: Answer & { code?: string; data?: { reason?: string } } };
      return response.ok ? json : `${json.code} ${json.data?.reason ?? ''}`.trim();
    },
  };
}
