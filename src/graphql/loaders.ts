import DataLoader from 'dataloader';

/** One operation's batches: what many fields ask for by key within a tick becomes one call. */
export type Loaders = {
  /**
   * The operation's loader of that name, made at the first call. `load` gets the distinct keys and returns a map; a key
   * that is not in it loads as undefined. Callers with other arguments need another name.
   */
  of<K extends string, V>(
    name: string,
    load: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>,
  ): Loader<K, V>;
};

type Loader<K, V> = { load(key: K): Promise<V | undefined> };

export function createLoaders(): Loaders {
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
          // A mutation may follow upon what was loaded, and what is loaded after it must show that.
          { cache: false },
        );
        loaders.set(name, loader as unknown as DataLoader<string, unknown>);
      }
      return loader;
    },
  };
}
