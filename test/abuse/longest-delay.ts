import type { AttackContext } from './attack.ts';

/** Measures the event loop's delay after each request by itself, and tells the longest. */
export function longestOf({ api, delayed }: AttackContext) {
  const longest = { ms: 0, name: '' };
  return {
    async after(name: string, work: () => Promise<unknown>): Promise<void> {
      await api.loopDelay();
      await work();
      const delay = await api.loopDelay();
      delayed(delay);
      if (delay.ownMs > longest.ms) Object.assign(longest, { ms: delay.ownMs, name });
    },
    told: () => `longest: ${longest.ms.toFixed(0)} ms for ${longest.name}`,
  };
}
