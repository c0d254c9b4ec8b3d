import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Blobs } from '../blob/disk.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../db/client.ts';
import { account } from '../db/schema/account.ts';
import { follow, profile } from '../db/schema/people.ts';
import { handleSkeleton } from '../profile/handle.ts';
import { StartError } from '../start-error.ts';
import { readDemoAssets, readPicture } from './assets.ts';

const DAY_MS = 86_400_000;

/**
 * Fills an empty database with the demo's people, their pictures and whom they follow. Does nothing when they are there
 * already. Throws a StartError when the database has real people, who must never live among robots.
 */
export async function seedDemo(options: { db: Db; blobs: Blobs; folder: string; clock: Clock }): Promise<void> {
  const { db, blobs, folder, clock } = options;
  const [real] = await db.select({ id: account.id }).from(account).where(eq(account.demo, false)).limit(1);
  if (real) {
    throw new StartError(
      '--demo only runs on a database without real people, and this one has some. Start without --demo, or set SALOTTO_DATA to a new folder.',
    );
  }
  const [filled] = await db.select({ id: account.id }).from(account).limit(1);
  if (filled) return;

  const { people, follows } = await readDemoAssets(folder);
  // Those whom a visitor can be come first: they are listed by age.
  const ordered = [...people].sort((a, b) => Number(b.lookAround ?? false) - Number(a.lookAround ?? false));
  const pictures = new Map<string, string>();
  for (const { handle } of people) {
    const name = `${randomUUID()}.webp`;
    await blobs.put(name, await readPicture(folder, handle));
    pictures.set(handle, name);
  }
  const idOf = new Map(people.map((person) => [person.handle, person.id]));
  const joined = (n: number) => new Date(clock() - (2 * ordered.length - n) * DAY_MS);

  await db.transaction(async (tx) => {
    await tx.insert(account).values(
      ordered.map(({ id, handle, name, locale }, n) => ({
        ...{ id, name, locale },
        email: `${handle}@demo.invalid`,
        emailVerified: true,
        demo: true,
        createdAt: joined(n),
      })),
    );
    await tx.insert(profile).values(
      ordered.map(({ id, handle, name, headline, organisation, bio }, n) => ({
        ...{ handle, name, headline, organisation, bio },
        accountId: id,
        handleSkeleton: handleSkeleton(handle),
        picture: pictures.get(handle) ?? null,
        createdAt: joined(n),
      })),
    );
    await tx.insert(follow).values(
      Object.entries(follows).flatMap(([handle, followed]) =>
        followed.flatMap((other) => {
          const [followerId, followedId] = [idOf.get(handle), idOf.get(other)];
          return followerId && followedId ? [{ followerId, followedId }] : [];
        }),
      ),
    );
  });
}
