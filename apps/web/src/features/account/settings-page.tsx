import { Trans, useLingui } from '@lingui/react/macro';
import type { Locale } from '@salotto/contract';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LogOut, MailPlus } from 'lucide-react';
import { useState } from 'react';
import { currentLocale, LOCALE_NAMES, LOCALES, showLocale } from '../../i18n.ts';
import { meOptions, useAbout, useMe, useSignOut } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { rpc } from '../../rpc.ts';
import { chooseTheme, chosenTheme, type Theme } from '../../theme.ts';
import { BackHome } from '../../ui/back-home.tsx';
import { Button, buttonLook } from '../../ui/button.tsx';
import { PageBar } from '../../ui/page.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Devices } from './devices.tsx';
import { HereSwitch } from './here-switch.tsx';
import { LeaveAccount } from './leave-account.tsx';

/** Language, light and dark, and the way out. */
export function SettingsPage() {
  const { t } = useLingui();
  const me = useMe();
  const about = useAbout();
  const [locale, setLocale] = useState<Locale>(currentLocale);
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const chooseLocale = useChooseLocale();
  const signOut = useSignOut();
  const { tell } = useErrorText();
  usePageTitle(t`Settings`);
  return (
    <>
      <PageBar start={<BackHome />} />
      <main className="mx-auto grid w-full max-w-xl gap-8 px-4 pt-2 pb-12">
        <h1 className="text-2xl">
          <Trans>Settings</Trans>
        </h1>
        <Segmented
          label={t`Language`}
          labelShown
          options={LOCALES.filter((one) => one === locale || (about?.locales.includes(one) ?? true)).map((value) => ({
            value,
            label: <span lang={value}>{LOCALE_NAMES[value]}</span>,
          }))}
          value={locale}
          onChange={(next) => {
            setLocale(next);
            void chooseLocale(next);
          }}
        />
        <Segmented
          label={t`Appearance`}
          labelShown
          options={[
            { value: 'system', label: <Trans>System</Trans> },
            { value: 'light', label: <Trans>Light</Trans> },
            { value: 'dark', label: <Trans>Dark</Trans> },
          ]}
          value={theme}
          onChange={(next) => {
            chooseTheme(next);
            setTheme(next);
          }}
        />
        <HereSwitch />
        <Link to="/invites" className={`${buttonLook()} justify-self-start`}>
          <MailPlus size={18} strokeWidth={1.9} aria-hidden="true" />
          <Trans>Invitations</Trans>
        </Link>
        <section className="grid justify-items-start gap-3">
          <h2 className="font-sans text-m font-semibold tracking-normal">
            <Trans>Account</Trans>
          </h2>
          {me?.email && <p className="-mt-2 text-ink-soft">{me.email}</p>}
          <Button kind="leave" onClick={() => void signOut().catch(tell)}>
            <LogOut size={18} strokeWidth={1.9} aria-hidden="true" />
            <Trans>Sign out</Trans>
          </Button>
          {!me?.demo && <LeaveAccount />}
        </section>
        {me && !me.demo && <Devices />}
        {about && (
          <p className="text-s text-ink-soft">
            {about.name} · {about.version}
          </p>
        )}
      </main>
    </>
  );
}

/** Shows the language at once, and keeps it with the account. */
function useChooseLocale() {
  const client = useQueryClient();
  const { tell } = useErrorText();
  return async (locale: Locale) => {
    try {
      await showLocale(locale);
      client.setQueryData(meOptions().queryKey, (me) => (me ? { ...me, locale } : me));
      await rpc.profile.update({ locale });
    } catch (error) {
      tell(error);
    }
  };
}
