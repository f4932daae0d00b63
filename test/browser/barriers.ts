import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

interface Scan {
  /** The part of the page that is looked at; all of it unless told. */
  within?: string;
  /** Of these rules alone. */
  tags?: string[];
  /** Also what is merely a nuisance: minor and moderate findings. */
  strict?: boolean;
}

/**
 * What keeps somebody from using a screen, each with the element it is about. There are no frames to look into, so one run in
 * the page itself does; and only findings are carried over, which is most of what a scan used to cost.
 */
export async function barriers(
  { page }: { page: Page },
  where: string,
  { within, tags, strict = false }: Scan = {},
): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window);
  const axe = new AxeBuilder(isThere ? { page, axeSource: ';' } : { page });
  axe.options({ resultTypes: ['violations'] }).setLegacyMode();
  if (within !== undefined) axe.include(within);
  if (tags) axe.withTags(tags);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => strict || impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${where}: ${id} ${target.join(' ')} ${html}`));
}
