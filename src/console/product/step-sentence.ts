import { TRIGGER_TEXTS } from '../parts/trigger-texts.ts';
import type { BindingDraft, StepDraft } from './product-draft.ts';

/** When and where a step runs, such as "After checkout and by operators, on storefront and app". */
export function whenText({ component, channels }: Pick<StepDraft, 'component' | 'channels'>): string {
  const triggers = component.triggers.map((trigger) => TRIGGER_TEXTS[trigger]);
  const places = channels.length === 0 ? 'on every channel' : `on ${listed(channels)}`;
  return `${capitalised(listed(triggers))}, ${places}`;
}

/** Where a binding finds its value, such as "product.sku" or "the secret PRINTER_TOKEN". */
export function sourceText({ source }: BindingDraft): string {
  switch (source.kind) {
    case 'value':
      if (source.isSecret) return 'a hidden value';
      return source.text === '' ? 'an empty text' : source.text;
    case 'secret':
      return source.name ? `the secret ${source.name}` : 'a secret that is not chosen yet';
    default:
      return source.path || 'a path that is not chosen yet';
  }
}

function listed(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? 'never';
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
