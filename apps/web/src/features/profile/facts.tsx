import { Trans, useLingui } from '@lingui/react/macro';
import type { Profile } from '@salotto/contract';
import { useQuery } from '@tanstack/react-query';
import { Briefcase, Factory, Globe, Languages } from 'lucide-react';
import type { ReactNode } from 'react';
import { query } from '../../rpc.ts';
import { useFormats } from '../../ui/formats.ts';
import { useNames } from '../../ui/use-names.ts';
import { VerifiedMark } from '../../ui/verified-mark.tsx';

const icon = { size: 18, strokeWidth: 1.9, 'aria-hidden': true, className: 'mt-1 shrink-0 text-ink-soft' } as const;

/** What somebody does, where, in which languages, and where else they are found. */
export function Facts({ profile }: { profile: Profile }) {
  const { t } = useLingui();
  const names = useNames();
  const { list } = useFormats();
  const { jobTitle, organisation, verifiedDomain, industry, languages, links } = profile;
  const work = [jobTitle, organisation].filter(Boolean).join(', ');
  return (
    <ul className="mt-5 grid gap-2 empty:hidden">
      {work && (
        <Fact icon={<Briefcase {...icon} />} label={t`Work`}>
          {work}
        </Fact>
      )}
      {verifiedDomain && (
        <li>
          <VerifiedMark domain={verifiedDomain} />
        </li>
      )}
      {industry && (
        <Fact icon={<Factory {...icon} />} label={t`Industry`}>
          {names.industry(industry)}
        </Fact>
      )}
      {languages.length > 0 && (
        <Fact icon={<Languages {...icon} />} label={t`Languages`}>
          {list(languages.map(names.language))}
        </Fact>
      )}
      {links.map((link) => (
        <Fact key={link} icon={<Globe {...icon} />} label={t`Link`}>
          <a
            href={link}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            className="-my-2.5 inline-block max-w-full truncate py-2.5 align-bottom underline underline-offset-2"
          >
            {shown(link)}
          </a>
        </Fact>
      ))}
    </ul>
  );
}

function Fact({ icon: sign, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <li className="flex min-w-0 gap-2.5">
      {sign}
      <span className="min-w-0">
        <span className="sr-only">{label}: </span>
        {children}
      </span>
    </li>
  );
}

/** An address without what is the same in all of them. */
const shown = (link: string) => link.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '');

/** What somebody likes to talk about. */
export function TopicList({ ids }: { ids: Profile['topics'] }) {
  const formats = useFormats();
  const { data = [] } = useQuery(query.topic.list.queryOptions({ staleTime: 300_000 }));
  const topics = data.filter((topic) => ids.includes(topic.id));
  if (topics.length === 0) return null;
  return (
    <section className="mt-5" aria-labelledby="topics">
      <h2 id="topics" className="sr-only">
        <Trans>Topics</Trans>
      </h2>
      <ul className="flex flex-wrap gap-2">
        {topics.map((topic) => (
          <li key={topic.id} className="rounded-pill bg-sunken px-3 py-1 text-s">
            {formats.topic(topic)}
          </li>
        ))}
      </ul>
    </section>
  );
}
