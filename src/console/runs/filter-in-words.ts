import type { Address } from '../address.ts';
import { FIELD_LABELS } from './filter-fields.ts';
import { EXCLUDED, splitValues } from './run-query.ts';

/** The filter of an address as a sentence, such as "Status is FAILED; Component is a or b; enqueued in the last 1h." */
export function filterInWords(address: Address): string {
  const parts = Object.entries(address).flatMap(([name, text]) => {
    if (text === '') return [];
    const isExcluded = name.startsWith(EXCLUDED);
    const label = FIELD_LABELS[isExcluded ? name.slice(EXCLUDED.length) : name];
    if (label)
      return [
        `${label} is ${isExcluded ? 'not ' : ''}${splitValues(text).join(isExcluded ? ' nor ' : ' or ')}`,
      ];
    if (name === 'search') return [`the id, key or order number is ${text}`];
    if (name === 'by') return [];
    const verb = address.by === 'completed' ? 'ended' : 'enqueued';
    if (name === 'last') return [`${verb} in the last ${text}`];
    if (name === 'from') return [`${verb} from ${text} on`];
    if (name === 'to') return [`${verb} before ${text}`];
    return [`${name} is ${text}`];
  });
  return `${parts.join('; ')}.`;
}
