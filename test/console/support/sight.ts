import type { Locator } from 'playwright-core';

/** Whether the middle of an element is on the screen, with nothing over it. */
export const isInSight = (shown: Locator): Promise<boolean> =>
  shown.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
