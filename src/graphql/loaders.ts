import DataLoader from 'dataloader';
import type { Steps } from './steps.ts';

/**
 * The batch loaders of one operation: all keys that its fields load are loaded by one call, once all steps that wait have
 * begun.
 */
export type Loaders = {
  /**
   * The operation's loader of that name, created at the first call. `load` gets the distinct keys and returns a map;
   * a key that is missing from it loads as undefined. Callers with other arguments need another name.
   */
  of<K extends string, V>(
    name: string,
    load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
  ): Loader<K, V>;
};

type Loader<K, V> = { load(key: K): Promise<V | undefined> };

export function createLoaders(steps: Steps): Loaders {
  const loaders = new Map<string, DataLoader<string, unknown>>();
  return {
    of<K extends string, V>(name: string, load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>) {
      let loader = loaders.get(name) as DataLoader<K, V | undefined> | undefined;
      if (!loader) {
        loader = new DataLoader(
          async (keys) => {
            const values = await load([...new Set(keys)]);
            return keys.map((key) => values.get(key));
          },
          // Not cached: a later mutation of the same operation may change what was loaded.
          { cache: false, batchScheduleFn: (dispatch) => steps.whenIdle(dispatch) },
        );
        loaders.set(name, loader as unknown as DataLoader<string, unknown>);
      }
      return loader;
    },
  };
}
