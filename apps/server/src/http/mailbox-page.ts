import { escapeHtml } from '../mail/code-mail.ts';
import type { ReceivedMail } from '../mail/mailbox.ts';

export const MAILBOX_STYLE = `
:root { color-scheme: light dark; --ground: #f6f1e7; --card: #fffdf8; --ink: #2b2622; --soft: #6f665d; --accent: #a6401f; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #171412; --card: #221e1b; --ink: #f2ebe1; --soft: #aca196; --accent: #f08a62; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 32px 16px 64px; background: var(--ground); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 640px; margin: 0 auto; }
h1 { margin: 0; font-size: 28px; letter-spacing: -0.01em; }
h2 { margin: 0; font-size: 17px; }
p { margin: 4px 0 0; color: var(--soft); }
a { color: var(--accent); }
article { margin-top: 16px; padding: 20px; background: var(--card); border-radius: 18px; }
pre { margin: 12px 0 0; font: inherit; white-space: pre-wrap; overflow-wrap: anywhere; }
strong { font: 600 34px/1.3 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.14em; }
`;

/** All mails, newest first, as a page without script. */
export function mailboxPage(options: { mails: readonly ReceivedMail[]; key: string }): string {
  const { mails, key } = options;
  const articles = mails.length > 0 ? mails.map(article).join('\n') : '<article><h2>No mail yet</h2></article>';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title>
<style>${MAILBOX_STYLE}</style>
</head>
<body>
<main>
<h1>Mailbox</h1>
<p>This server sends no mail. What it would have sent waits here until it stops. <a href="?key=${encodeURIComponent(key)}">Look again</a></p>
${articles}
</main>
</body>
</html>
`;
}

function article(mail: ReceivedMail): string {
  const at = new Date(mail.at).toISOString();
  return `<article>
<h2>${escapeHtml(mail.subject)}</h2>
<p>To ${escapeHtml(mail.to)} · <time datetime="${at}">${at.slice(11, 19)} UTC</time></p>
<pre>${mail.text.split('\n').map(line).join('\n')}</pre>
</article>`;
}

/** A line that is a code alone stands out. */
function line(text: string): string {
  return /^\s*\d{6}\s*$/.test(text) ? `<strong>${text.trim()}</strong>` : escapeHtml(text);
}
