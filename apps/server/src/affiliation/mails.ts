import type { Locale } from '@salotto/contract';
import { type CodeWords, codePage } from '../mail/code-mail.ts';
import type { Mail } from '../mail/mailer.ts';

const CODE: Record<Locale, (server: string, minutes: number) => CodeWords> = {
  en: (server, minutes) => ({
    subject: `Confirm your work address on ${server}`,
    intro: `Somebody, hopefully you, wants to show on ${server} that this address is theirs. This is the code:`,
    where: `It works for ${minutes} minutes, only in the account that asked for it.`,
    ignore: 'If it wasn’t you, ignore this mail, and give the code to nobody.',
  }),
  it: (server, minutes) => ({
    subject: `Conferma il tuo indirizzo di lavoro su ${server}`,
    intro: `Qualcuno, speriamo tu, vuole mostrare su ${server} che questo indirizzo è suo. Ecco il codice:`,
    where: `Vale ${minutes} minuti, soltanto nell’account che l’ha chiesto.`,
    ignore: 'Se non sei stato tu, ignora questo messaggio e non dare il codice a nessuno.',
  }),
  zh: (server, minutes) => ({
    subject: `在 ${server} 上确认您的工作邮箱`,
    intro: `有人（希望是您本人）想在 ${server} 上证明这个邮箱属于自己。验证码如下：`,
    where: `验证码 ${minutes} 分钟内有效，只能在发出请求的账号中使用。`,
    ignore: '如果不是您本人操作，请忽略此邮件，也不要把验证码告诉任何人。',
  }),
};

const REMINDER: Record<Locale, (server: string, domain: string) => CodeWords> = {
  en: (server, domain) => ({
    subject: `Do you still work at ${domain}?`,
    intro: `Your profile on ${server} shows that you belong to ${domain}. This ends within a month.`,
    where: `If it is still so, open ${server}, go to your profile and confirm your work address again.`,
    ignore: 'If not, you need do nothing.',
  }),
  it: (server, domain) => ({
    subject: `Lavori ancora presso ${domain}?`,
    intro: `Il tuo profilo su ${server} mostra che fai parte di ${domain}. Fra meno di un mese non più.`,
    where: `Se è ancora così, apri ${server}, vai al tuo profilo e conferma di nuovo l’indirizzo di lavoro.`,
    ignore: 'Altrimenti non devi fare nulla.',
  }),
  zh: (server, domain) => ({
    subject: `您还在 ${domain} 工作吗？`,
    intro: `您在 ${server} 的个人资料显示您属于 ${domain}。该标记将在一个月内到期。`,
    where: `如果情况没有变化，请打开 ${server}，在个人资料中重新确认工作邮箱。`,
    ignore: '如果不再如此，无需任何操作。',
  }),
};

type To = { to: string; locale: Locale; server: string };

/** The code, in the body alone. */
export const workCodeMail = (input: To & { code: string; minutes: number }): Mail =>
  mail(input, CODE[input.locale](input.server, input.minutes), input.code);

/** A question, without a link: nothing changes by being opened. */
export const reminderMail = (input: To & { domain: string }): Mail =>
  mail(input, REMINDER[input.locale](input.server, input.domain), null);

function mail({ to, locale }: To, words: CodeWords, code: string | null): Mail {
  const lines = [words.intro, ...(code ? ['', `    ${code}`] : []), '', words.where, words.ignore, ''];
  return { to, subject: words.subject, text: lines.join('\n'), html: codePage(locale, words, code) };
}
