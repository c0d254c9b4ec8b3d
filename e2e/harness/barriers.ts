import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

export type Rules = {
  type: 'tag' | 'rule';
  values: readonly string[];
  /** Only this part: what is beneath a sheet was looked at before. */
  within?: string;
};

const EVERYTHING = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } as const;
/** What the other theme can change. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;
/** They pass the focus on and never keep it, so that nobody meets them. */
const GUARDS = '[data-base-ui-focus-guard]';

/** What breaks these rules on what is shown now. */
export async function barriersOn(page: Page, { type, values, within = 'html' }: Rules) {
  // In the page itself: it has no frames, and so no other tab has to come to the front to put the results together.
  const builder = new AxeBuilder({ page }).include(within).exclude(GUARDS).setLegacyMode();
  const runOnly = { type, values: [...values] };
  return (await builder.options({ runOnly, resultTypes: ['violations'] }).analyze()).violations;
}

/** Every violation of WCAG 2.2 AA on what is shown now, as sentences, in both themes. */
export async function barriers(look: { page: Page; screen: string; within?: string }): Promise<string[]> {
  const { page, screen, within } = look;
  const found: string[] = [];
  for (const [theme, rules] of [
    ['light', EVERYTHING],
    ['dark', COLOURS],
  ] as const) {
    await page.locator('html').evaluate((html, chosen) => html.setAttribute('data-theme', chosen), theme);
    await page.evaluate(atRest);
    for (const { id, nodes } of await barriersOn(page, { ...rules, within })) {
      for (const node of nodes)
        found.push(`${screen}, ${theme}: ${id} at ${node.target.join(' ')}: ${node.failureSummary}`);
    }
  }
  return found;
}

/** Resolves when nothing fades or moves any more, other than what always does. */
async function atRest(): Promise<void> {
  const passing = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.allSettled(passing.map(({ finished }) => finished));
}
