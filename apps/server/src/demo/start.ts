import type { Context } from '../context.ts';

/** Fills an empty database with demo people and starts the robots that speak. Replaced as soon as seed and robots land. */
export async function startDemo(_options: { ctx: Context; origin: string }): Promise<{ stop(): Promise<void> }> {
  throw new Error('the demo is not wired yet');
}
