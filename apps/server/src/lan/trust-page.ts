import type { Locale } from '@salotto/contract';

export const TRUST_STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 38rem; padding: 2rem 1.25rem 4rem; font: 1.0625rem/1.6 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
li { margin: .4rem 0; } nav a { margin-inline-end: 1rem; }
code { font-size: .9rem; overflow-wrap: anywhere; }
.get { display: inline-block; padding: .8rem 1.4rem; border-radius: 1.5rem; background: #8c2f1b; color: #fff; text-decoration: none; font-weight: 600; }
`;

type Words = {
  language: string;
  title: string;
  why: string;
  get: string;
  android: string;
  androidSteps: string[];
  iphone: string;
  iphoneSteps: string[];
  computer: string;
  computerSteps: string[];
  check: string;
  scope: string;
  open: string;
};

const WORDS: Record<Locale, Words> = {
  en: {
    language: 'English',
    title: 'Let this device trust {name}',
    why: 'Browsers give the microphone only to pages with a certificate they trust. This server made its own. Trust it once on this device, and you can speak.',
    get: 'Get the certificate',
    android: 'Android',
    androidSteps: [
      'Tap the button above; the file salotto-ca.crt is saved.',
      'Open Settings and search for “CA certificate”. It is under Security, More security settings, Install from device storage.',
      'Choose “CA certificate”, then “Install anyway”, and pick the file.',
    ],
    iphone: 'iPhone and iPad',
    iphoneSteps: [
      'Tap the button above in Safari and allow the profile.',
      'Open Settings, tap “Profile Downloaded” and install it.',
      'Go to General, About, Certificate Trust Settings and switch it on.',
    ],
    computer: 'Computer',
    computerSteps: [
      'Chrome, Edge: Settings, Privacy and security, Security, Manage certificates; import it as a trusted authority.',
      'Firefox: Settings, Privacy and Security, View Certificates, Authorities, Import; tick “identify websites”.',
    ],
    check: 'Compare the fingerprint (SHA-256) with the one in the server’s terminal before you trust it:',
    scope: 'The certificate can vouch only for addresses inside a local network and for this machine’s own names.',
    open: 'Then open',
  },
  it: {
    language: 'Italiano',
    title: 'Fai in modo che questo dispositivo si fidi di {name}',
    why: 'I browser concedono il microfono solo alle pagine con un certificato di cui si fidano. Questo server ha creato il proprio. Basta autorizzarlo una volta su questo dispositivo per poter parlare.',
    get: 'Scarica il certificato',
    android: 'Android',
    androidSteps: [
      'Tocca il pulsante qui sopra: viene salvato il file salotto-ca.crt.',
      'Apri Impostazioni e cerca “certificato CA”. Si trova in Sicurezza, Altre impostazioni di sicurezza, Installa da memoria del dispositivo.',
      'Scegli “Certificato CA”, poi “Installa comunque”, e seleziona il file.',
    ],
    iphone: 'iPhone e iPad',
    iphoneSteps: [
      'Tocca il pulsante qui sopra in Safari e consenti il profilo.',
      'Apri Impostazioni, tocca “Profilo scaricato” e installalo.',
      'Vai in Generali, Info, Impostazioni attendibilità certificati e attivalo.',
    ],
    computer: 'Computer',
    computerSteps: [
      'Chrome, Edge: Impostazioni, Privacy e sicurezza, Sicurezza, Gestisci certificati; importalo come autorità attendibile.',
      'Firefox: Impostazioni, Privacy e sicurezza, Mostra certificati, Autorità, Importa; spunta “identificare siti web”.',
    ],
    check: 'Prima di autorizzarlo, confronta l’impronta (SHA-256) con quella nel terminale del server:',
    scope: 'Il certificato vale solo per indirizzi interni a una rete locale e per i nomi di questa macchina.',
    open: 'Poi apri',
  },
  zh: {
    language: '中文',
    title: '让此设备信任 {name}',
    why: '浏览器只会把麦克风交给证书受信任的页面。本服务器自己制作了证书。在此设备上信任一次，即可发言。',
    get: '下载证书',
    android: 'Android',
    androidSteps: [
      '点按上面的按钮，保存文件 salotto-ca.crt。',
      '打开“设置”，搜索“CA 证书”。它位于“安全”→“更多安全设置”→“从设备存储空间安装”。',
      '选择“CA 证书”，再选“仍然安装”，然后选中该文件。',
    ],
    iphone: 'iPhone 和 iPad',
    iphoneSteps: [
      '在 Safari 中点按上面的按钮，并允许下载描述文件。',
      '打开“设置”，点按“已下载描述文件”并安装。',
      '前往“通用”→“关于本机”→“证书信任设置”，将其打开。',
    ],
    computer: '电脑',
    computerSteps: [
      'Chrome、Edge：“设置”→“隐私和安全”→“安全”→“管理证书”，导入为受信任的颁发机构。',
      'Firefox：“设置”→“隐私与安全”→“查看证书”→“证书颁发机构”→“导入”，勾选用于标识网站。',
    ],
    check: '信任之前，请与服务器终端中显示的指纹（SHA-256）核对：',
    scope: '此证书只能为本地网络内的地址和这台机器自己的名称作证。',
    open: '然后打开',
  },
};

const isLocale = (value: unknown): value is Locale => typeof value === 'string' && Object.hasOwn(WORDS, value);

/** The language that was chosen, else the first of the browser's that there is, else English. */
export function pickTrustLocale(chosen: unknown, accepted = ''): Locale {
  if (isLocale(chosen)) return chosen;
  const wanted = accepted.split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLocale) ?? 'en';
}

/** How a phone or a computer comes to trust the authority. No script, nothing from elsewhere. */
export function trustPage(options: { locale: Locale; name: string; secureUrl: string; fingerprint: string }): string {
  const { locale, secureUrl, fingerprint } = options;
  const name = escapeHtml(options.name);
  const words = WORDS[locale];
  const others = Object.entries(WORDS).filter(([other]) => other !== locale);
  const list = (title: string, steps: string[]) =>
    `<h2>${title}</h2><ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol>`;
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title.replace('{name}', name)}</title><style>${TRUST_STYLE}</style></head><body>
<nav>${others.map(([other, { language }]) => `<a href="/trust?lang=${other}" lang="${other}">${language}</a>`).join('')}</nav>
<main><h1>${words.title.replace('{name}', name)}</h1>
<p>${words.why}</p>
<p><a class="get" href="/ca.crt">${words.get}</a></p>
<p>${words.check}<br><code data-fingerprint>${fingerprint}</code></p>
${list(words.iphone, words.iphoneSteps)}
${list(words.android, words.androidSteps)}
${list(words.computer, words.computerSteps)}
<p>${words.open} <a data-secure href="${escapeHtml(secureUrl)}">${escapeHtml(secureUrl)}</a></p>
<p>${words.scope}</p></main></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
