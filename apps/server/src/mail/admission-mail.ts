import type { Locale } from '@salotto/contract';
import { escapeHtml } from './code-mail.ts';
import type { Mail } from './mailer.ts';

type Words = { subject: string; intro: string; how: string };

const WORDS: Record<Locale, (server: string) => Words> = {
  en: (server) => ({
    subject: `You are in: ${server}`,
    intro: `Your wait is over. You can come in to ${server} now.`,
    how: 'Open the page and sign in with this e-mail address. Your handle is there, as you chose it.',
  }),
  it: (server) => ({
    subject: `Sei dentro: ${server}`,
    intro: `L’attesa è finita. Ora puoi entrare in ${server}.`,
    how: 'Apri la pagina e accedi con questo indirizzo e-mail. Il tuo handle è lì, come l’hai scelto.',
  }),
  zh: (server) => ({
    subject: `您可以进来了：${server}`,
    intro: `等候结束，您现在可以进入 ${server}。`,
    how: '打开页面，用此邮箱登录。您选的用户名一直为您保留着。',
  }),
};

/** The mail to somebody who waited and was let in. It has an address and no secret: it signs nobody in. */
export function admissionMail(input: { to: string; locale: Locale; server: string; url: string }): Mail {
  const { to, locale, server, url } = input;
  const words = WORDS[locale](server);
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${text}</p>`;
  return {
    to,
    subject: words.subject,
    text: [words.intro, '', `    ${url}`, '', words.how, ''].join('\n'),
    html: `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>${escapeHtml(words.subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#f6f1e7;color:#2b2622;font:16px/1.5 Georgia,serif">
<div style="max-width:440px;margin:0 auto;padding:28px;background:#fffdf8;border-radius:16px">
${paragraph(escapeHtml(words.intro))}
${paragraph(`<a href="${escapeHtml(url)}" style="color:#2b2622">${escapeHtml(url)}</a>`)}
${paragraph(escapeHtml(words.how))}
</div>
</body>
</html>
`,
  };
}
