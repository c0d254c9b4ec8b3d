import type { Locale } from '@salotto/contract';
import type { Mail } from './mailer.ts';

/** What a mail with a code says. */
export type CodeWords = { subject: string; intro: string; where: string; ignore: string };

const WORDS: Record<Locale, (server: string, minutes: number) => CodeWords> = {
  en: (server, minutes) => ({
    subject: `Your code for ${server}`,
    intro: `Somebody, hopefully you, wants to sign in to ${server}. This is the code:`,
    where: `It works for ${minutes} minutes, only in the browser that asked for it.`,
    ignore: 'If it wasn’t you, ignore this mail, and give the code to nobody.',
  }),
  it: (server, minutes) => ({
    subject: `Il tuo codice per ${server}`,
    intro: `Qualcuno, speriamo tu, vuole entrare in ${server}. Ecco il codice:`,
    where: `Vale ${minutes} minuti, soltanto nel browser che l’ha chiesto.`,
    ignore: 'Se non sei stato tu, ignora questo messaggio e non dare il codice a nessuno.',
  }),
  zh: (server, minutes) => ({
    subject: `您的 ${server} 验证码`,
    intro: `有人（希望是您本人）正在登录 ${server}。验证码如下：`,
    where: `验证码 ${minutes} 分钟内有效，只能在发出请求的浏览器中使用。`,
    ignore: '如果不是您本人操作，请忽略此邮件，也不要把验证码告诉任何人。',
  }),
};

/**
 * The mail with a sign-in code. The code is in the body alone: subjects are written into the logs of every mail server
 * on the way, and stay readable on a locked phone, where an onlooker could use a code that they asked for themselves.
 */
export function codeMail(input: { to: string; code: string; locale: Locale; server: string; minutes: number }): Mail {
  const words = WORDS[input.locale](input.server, input.minutes);
  return {
    to: input.to,
    subject: words.subject,
    text: [words.intro, '', `    ${input.code}`, '', words.where, words.ignore, ''].join('\n'),
    html: codePage(input.locale, words, input.code),
  };
}

/** The same as a page; without a code, a mail that only says something. */
export function codePage(locale: Locale, words: CodeWords, code: string | null): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
  const digits = code
    ? `<p style="margin:24px 0;font:600 38px/1.2 ui-monospace,Menlo,Consolas,monospace;letter-spacing:8px;text-align:center">${code}</p>\n`
    : '';
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>${escapeHtml(words.subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#f6f1e7;color:#2b2622;font:16px/1.5 Georgia,serif">
<div style="max-width:440px;margin:0 auto;padding:28px;background:#fffdf8;border-radius:16px">
${paragraph(words.intro)}
${digits}${paragraph(words.where)}
${paragraph(words.ignore)}
</div>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
