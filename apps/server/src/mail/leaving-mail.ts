import type { Locale } from '@salotto/contract';
import { escapeHtml } from './code-mail.ts';
import type { Mail } from './mailer.ts';

type Words = { subject: string; lines: string[] };
type Addressed = { to: string; locale: Locale; server: string };

const LEAVING: Record<Locale, (server: string, day: string) => Words> = {
  en: (server, day) => ({
    subject: `Your account on ${server} will be deleted`,
    lines: [
      `You asked for your account on ${server} to be deleted. You are signed out everywhere, and nobody sees you there any more.`,
      `Until ${day} you can sign in and come back, with everything as it was. After that it is deleted for good.`,
      'If it wasn’t you, sign in and come back.',
    ],
  }),
  it: (server, day) => ({
    subject: `Il tuo account su ${server} sarà eliminato`,
    lines: [
      `Hai chiesto di eliminare il tuo account su ${server}. Sei fuori da tutti i dispositivi e lì nessuno ti vede più.`,
      `Fino al ${day} puoi accedere e tornare: ritrovi tutto com’era. Poi sarà eliminato per sempre.`,
      'Se non sei stato tu, accedi e torna.',
    ],
  }),
  zh: (server, day) => ({
    subject: `您在 ${server} 的账号将被删除`,
    lines: [
      `您要求删除在 ${server} 的账号。所有设备均已退出登录，别人也看不到您了。`,
      `${day} 之前登录即可恢复，一切如初；之后账号将被彻底删除。`,
      '如果不是您本人操作，请登录并恢复账号。',
    ],
  }),
};

const ERASED: Record<Locale, (server: string) => Words> = {
  en: (server) => ({
    subject: `Your account on ${server} is deleted`,
    lines: [
      `As you asked, your account on ${server} is deleted: profile, picture, messages, follows, notifications, invitations and this address.`,
      'Where the log of a room or somebody’s invitation needs it, a number without a name stays. This is the last mail.',
    ],
  }),
  it: (server) => ({
    subject: `Il tuo account su ${server} è eliminato`,
    lines: [
      `Come hai chiesto, il tuo account su ${server} è eliminato: profilo, foto, messaggi, persone seguite, notifiche, inviti e questo indirizzo.`,
      'Dove serve al registro di una stanza o a un invito resta un numero senza nome. Questo è l’ultimo messaggio.',
    ],
  }),
  zh: (server) => ({
    subject: `您在 ${server} 的账号已删除`,
    lines: [
      `按照您的要求，您在 ${server} 的账号已删除：个人资料、头像、消息、关注、通知、邀请以及此邮箱地址。`,
      '房间记录或邀请关系中只保留一个不含姓名的编号。这是最后一封邮件。',
    ],
  }),
};

/** Says that an account will be deleted, and until when (milliseconds) its owner can come back. */
export function leavingMail({ until, ...input }: Addressed & { until: number }): Mail {
  const day = new Intl.DateTimeFormat(input.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(until);
  return mailOf(input, LEAVING[input.locale](input.server, day));
}

/** Says what was deleted. */
export const erasedMail = (input: Addressed): Mail => mailOf(input, ERASED[input.locale](input.server));

function mailOf({ to, locale }: Addressed, { subject, lines }: Words): Mail {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 16px">${escapeHtml(line)}</p>`);
  return {
    to,
    subject,
    text: [...lines.flatMap((line) => [line, ''])].join('\n'),
    html: `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:32px 16px;background:#f6f1e7;color:#2b2622;font:16px/1.5 Georgia,serif">
<div style="max-width:440px;margin:0 auto;padding:28px;background:#fffdf8;border-radius:16px">
${paragraphs.join('\n')}
</div>
</body>
</html>
`,
  };
}
