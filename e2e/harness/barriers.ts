import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export type Rules = { type: 'tag' | 'rule'; values: readonly string[] };

/** What breaks these rules on what is shown now. */
export async function barriersOn(page: Page, { type, values }: Rules) {
  // In the page itself: it has no frames, and so no other tab has to come to the front to put the results together.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const runOnly = { type, values: [...values] };
  return (await builder.options({ runOnly, resultTypes: ['violations'] }).analyze()).violations;
}
