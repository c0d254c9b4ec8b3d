import { Trans, useLingui } from '@lingui/react/macro';
import { PROFILE_TOPICS_MAX, type Profile } from '@salotto/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { meOptions, usePerson } from '../../me.ts';
import { usePageTitle } from '../../page-title.ts';
import { query, rpc } from '../../rpc.ts';
import { Button, buttonLook } from '../../ui/button.tsx';
import { Field, TextField } from '../../ui/field.tsx';
import { IndustryField } from '../../ui/industry-field.tsx';
import { BottomBar, PageBar } from '../../ui/page.tsx';
import { PicturePicker } from '../../ui/picture-picker.tsx';
import { notify } from '../../ui/toast.tsx';
import { TopicPicker } from '../../ui/topic-picker.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';
import { Wait } from '../../ui/wait.tsx';
import { AffiliationPart } from './affiliation.tsx';
import { LanguagesField } from './languages-field.tsx';
import { LinksField, typedLink } from './links-field.tsx';

const MAX = { name: 50, headline: 80, jobTitle: 60, organisation: 60, bio: 600 };

/** One's own profile, to change. */
export function EditPage() {
  const { t } = useLingui();
  const { handle } = usePerson();
  const { sentence } = useErrorText();
  const { data, error } = useQuery(query.profile.get.queryOptions({ input: { handle } }));
  usePageTitle(t`Edit your profile`);
  return (
    <>
      <PageBar
        start={
          <Link
            to="/people/$handle"
            params={{ handle }}
            className={buttonLook({ shape: 'round' })}
            aria-label={t`Back to the profile`}
          >
            <ArrowLeft size={20} strokeWidth={1.9} />
          </Link>
        }
      />
      {data ? (
        <Form profile={data} />
      ) : (
        <main className="px-4">
          {error ? (
            <p role="alert" className="text-danger">
              {sentence(error)}
            </p>
          ) : (
            <Wait>
              <Trans>Looking up the profile…</Trans>
            </Wait>
          )}
        </main>
      )}
    </>
  );
}

function Form({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { sentence } = useErrorText();
  const [values, setValues] = useState({
    name: profile.name,
    headline: profile.headline ?? '',
    jobTitle: profile.jobTitle ?? '',
    organisation: profile.organisation ?? '',
    bio: profile.bio ?? '',
  });
  const [more, setMore] = useState({
    industry: profile.industry,
    languages: profile.languages,
    links: profile.links,
    topics: profile.topics,
  });
  const [checked, setChecked] = useState(false);
  const nameMissing = values.name.trim() === '';
  const links = more.links.filter((link) => link.trim() !== '').map(typedLink);
  const save = useMutation({
    mutationFn: () =>
      rpc.profile.update({
        name: values.name.trim(),
        headline: values.headline.trim() || null,
        jobTitle: values.jobTitle.trim() || null,
        organisation: values.organisation.trim() || null,
        bio: values.bio.trim() || null,
        ...more,
        links: links.filter((link) => link !== null),
      }),
    onSuccess: async (person) => {
      client.setQueryData(meOptions().queryKey, (me) => (me ? { ...me, person } : me));
      await client.invalidateQueries({ queryKey: query.profile.key() });
      notify({ title: t`Your profile is saved` });
      await navigate({ to: '/people/$handle', params: { handle: person.handle } });
    },
  });

  const field = (name: keyof typeof MAX) => ({
    value: values[name],
    maxLength: MAX[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!nameMissing && !links.includes(null)) save.mutate();
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-1 flex-col">
      <main className="mx-auto grid w-full max-w-xl flex-1 content-start gap-6 px-4 pt-2 pb-8">
        <h1 className="text-2xl">
          <Trans>Edit your profile</Trans>
        </h1>
        <PicturePicker />
        <Field
          label={<Trans>Name</Trans>}
          autoComplete="name"
          {...field('name')}
          error={nameMissing ? <Trans>Write your name as people know it.</Trans> : undefined}
        />
        <Field
          label={<Trans>What you do</Trans>}
          hint={<Trans>Shown under your name, for example: Cardiologist</Trans>}
          {...field('headline')}
        />
        <TextField label={<Trans>About you</Trans>} {...field('bio')} />
        <Field
          label={<Trans>Role</Trans>}
          hint={<Trans>For example: Head of cardiology</Trans>}
          autoComplete="organization-title"
          {...field('jobTitle')}
        />
        <Field label={<Trans>Organisation</Trans>} autoComplete="organization" {...field('organisation')} />
        <AffiliationPart />
        <IndustryField value={more.industry} onChange={(industry) => setMore({ ...more, industry })} />
        <LanguagesField value={more.languages} onChange={(languages) => setMore({ ...more, languages })} />
        <TopicPicker value={more.topics} max={PROFILE_TOPICS_MAX} onChange={(topics) => setMore({ ...more, topics })} />
        <LinksField
          value={more.links}
          checked={checked}
          onChange={(next) => {
            setChecked(false);
            setMore({ ...more, links: next });
          }}
        />
        <p role="alert" className="text-danger empty:hidden">
          {save.error ? sentence(save.error) : null}
        </p>
      </main>
      <BottomBar>
        <Button kind="primary" type="submit" className="mx-auto max-w-xl flex-1" busy={save.isPending}>
          <Trans>Save</Trans>
        </Button>
      </BottomBar>
    </form>
  );
}
