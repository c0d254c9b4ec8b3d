import { Trans, useLingui } from '@lingui/react/macro';
import type { WaitingPlace } from '@salotto/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { query, rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextField } from '../../ui/field.tsx';
import { IndustryField } from '../../ui/industry-field.tsx';
import { notify } from '../../ui/toast.tsx';
import { useErrorText } from '../../ui/use-error-text.ts';

const SENTENCE_MAX = 280;

/** What those see who may let one in, and whether members who know one may find one. */
export function WaitingForm({ place }: { place: WaitingPlace }) {
  const client = useQueryClient();
  const { t } = useLingui();
  const words = useErrorText();
  const [sentence, setSentence] = useState(place.sentence);
  const [headline, setHeadline] = useState(place.person?.headline ?? '');
  const [organisation, setOrganisation] = useState(place.person?.organisation ?? '');
  const [industry, setIndustry] = useState(place.industry);
  const [findable, setFindable] = useState(place.findable);
  const save = useMutation({
    async mutationFn() {
      await rpc.profile.update({ headline, organisation, industry });
      return rpc.waitlist.describe({ sentence, findable });
    },
    onSuccess: (next) => {
      client.setQueryData(query.waitlist.mine.queryKey(), next);
      notify({ title: t`Saved` });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate();
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <h2 className="text-l">
        <Trans>About you</Trans>
      </h2>
      <TextField
        label={<Trans>Say in a sentence who you are</Trans>}
        hint={<Trans>For whoever decides. It goes when you are in.</Trans>}
        rows={2}
        maxLength={SENTENCE_MAX}
        value={sentence}
        onChange={(event) => setSentence(event.target.value)}
      />
      <Field
        label={<Trans>Headline</Trans>}
        maxLength={80}
        value={headline}
        onChange={(event) => setHeadline(event.target.value)}
      />
      <Field
        label={<Trans>Organisation</Trans>}
        autoComplete="organization"
        maxLength={60}
        value={organisation}
        onChange={(event) => setOrganisation(event.target.value)}
      />
      <IndustryField value={industry} onChange={setIndustry} />
      <label className="flex min-h-touch items-start gap-3">
        <input
          type="checkbox"
          className="mt-0.5 size-5 shrink-0 accent-lamp"
          checked={findable}
          onChange={(event) => setFindable(event.target.checked)}
        />
        <span>
          <Trans>Members who know me may find me</Trans>
          <span className="block text-s text-ink-soft">
            <Trans>Whoever has your address in their address book sees that you wait, and can wave you in.</Trans>
          </span>
        </span>
      </label>
      {save.error && (
        <p role="alert" className="text-danger">
          {words.sentence(save.error)}
        </p>
      )}
      <Button kind="soft" type="submit" className="justify-self-start" busy={save.isPending}>
        <Trans>Save</Trans>
      </Button>
    </form>
  );
}
