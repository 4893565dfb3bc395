import { useEffect, useState } from 'react';
import type { Address } from '../address.ts';
import type { RunFilter } from '../api/generated/graphql.ts';
import { resolveFilter } from './run-source.ts';

/** The API's filter of an address; null until its SKUs and order numbers are looked up. */
export function useApiFilter(address: Address): RunFilter | null {
  const [where, setWhere] = useState<RunFilter | null>(null);
  const key = JSON.stringify(address);
  useEffect(() => {
    let isCurrent = true;
    resolveFilter(JSON.parse(key)).then(
      (resolved) => isCurrent && setWhere(resolved),
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [key]);
  return where;
}
