import { textParts } from '@salotto/contract';

/** Other people's addresses: nothing of this page goes with the visitor, and search engines don't follow. */
export const LINK_REL = 'noopener noreferrer nofollow ugc';

/** What somebody wrote, with its addresses as links that show where they lead. */
export function MessageText({ text }: { text: string }) {
  return (
    <p className="whitespace-pre-wrap [overflow-wrap:anywhere]" dir="auto">
      {textParts(text).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity of their own
          <a key={index} className="link" href={part.href} target="_blank" rel={LINK_REL}>
            {shownAddress(part)}
          </a>
        ),
      )}
    </p>
  );
}

/** As it was written, unless that reads like another host than the one it leads to. */
function shownAddress({ text, host }: { text: string; host: string }): string {
  return text.toLowerCase().includes(`//${host}`) ? text : `${text} (${host})`;
}
