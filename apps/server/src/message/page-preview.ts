import type { GuardedClient } from '../outgoing/guarded-client.ts';
import { linkPicture } from '../profile/picture.ts';
import { cleanLine } from '../profile/text.ts';
import { readHead } from './page-head.ts';

export type PagePreview = { title: string | null; description: string | null; picture: Uint8Array | null };
/** What a page says of itself; null where it does not answer, or with something else. Never rejects. */
export type ReadPage = (url: string, signal: AbortSignal) => Promise<PagePreview | null>;

const PAGE_BYTES = 1024 * 1024;
const PICTURE_BYTES = 1024 * 1024;
const TITLE_LENGTH = 160;
const DESCRIPTION_LENGTH = 300;

/** Reads pages by the guarded client, and turns their pictures into our own. */
export function createReadPage(client: GuardedClient): ReadPage {
  async function picture(address: string | null, base: string, signal: AbortSignal): Promise<Uint8Array | null> {
    const url = address === null ? null : URL.parse(address, base);
    if (!url) return null;
    const limits = { accept: 'image/webp,image/png,image/jpeg,image/*;q=0.5', maxBytes: PICTURE_BYTES, signal };
    const answer = await client.get(url.href, limits);
    if (answer.status !== 200) return null;
    return linkPicture(answer.body);
  }

  return async (url, signal) => {
    const answer = await client
      .get(url, { accept: 'text/html,application/xhtml+xml', maxBytes: PAGE_BYTES, signal })
      .catch(() => null);
    if (answer?.status !== 200 || !/^(?:text\/html|application\/xhtml\+xml)\b/i.test(answer.contentType ?? '')) {
      return null;
    }
    const head = readHead(answer.body, answer.contentType);
    return {
      title: cut(head.title, TITLE_LENGTH),
      description: cut(head.description, DESCRIPTION_LENGTH),
      // A picture that can't be read takes nothing from the words.
      picture: await picture(head.picture, answer.url, signal).catch(() => null),
    };
  };
}

function cut(text: string | null, length: number): string | null {
  const signs = [...cleanLine(text ?? '')];
  if (signs.length === 0) return null;
  return signs.length <= length ? signs.join('') : `${signs.slice(0, length - 1).join('')}…`;
}
