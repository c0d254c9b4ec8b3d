import type { Context } from '../context.ts';
import type { Guard } from '../guardian.ts';
import type { KeptChild } from '../keep-child.ts';
import { DEMO_FOLDER, ROBOTS_PROGRAM } from './assets.ts';
import { startRobots } from './robots-process.ts';
import { seedDemo } from './seed.ts';

/** Fills an empty database with demo people and starts the robots that speak. Rejects with a StartError. */
export async function startDemo(options: { ctx: Context; origin: string; guard?: Guard }): Promise<KeptChild> {
  const { ctx, origin, guard } = options;
  const { db, blobs, clock, logger } = ctx;
  await seedDemo({ db, blobs, clock, folder: DEMO_FOLDER });
  return startRobots({ origin, logger, guard, folder: DEMO_FOLDER, program: ROBOTS_PROGRAM });
}
