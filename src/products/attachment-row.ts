import type { Bind, NestedRows, Table } from '../db/table.ts';
import { textMistake } from '../json/limits.ts';
import type { Trigger } from '../model/run.ts';
import type { AttachmentFields } from './attachment.ts';

/** An attachment as stored; `hiddenAt` is when its product dropped it. */
export type Attachment = AttachmentFields & {
  id: string;
  productId: string;
  componentId: string;
  hiddenAt: Date | null;
};

export const ATTACHMENTS: Table<Attachment> = {
  from: 'product_journey_components a',
  columns: {
    id: 'a.id',
    productId: 'a.product_id',
    componentId: 'a.component_id',
    displayOrder: 'a.display_order',
    isRequired: 'a.is_required',
    channelEligibility: 'a.channel_eligibility',
    bindings: 'a.bindings',
    metadata: 'a.metadata',
    hiddenAt: 'a.hidden_at',
  },
};

/** What would run: for this channel, and by any of these triggers. What is null is not asked. */
export type Eligible = { channel: string | null; triggers: readonly Trigger[] | null };

/** The attachments of a product `p`, in display order: all of them, or those that are eligible. */
export function attachmentsOf({ channel, triggers }: Eligible): NestedRows {
  const where = (bind: Bind) => {
    const channels = taking(channel);
    return [
      'a.product_id = p.id and a.hidden_at is null',
      ...(channels
        ? [`(a.channel_eligibility = '{}' or a.channel_eligibility && ${bind(channels)}::text[])`]
        : []),
      ...(channel === null && triggers === null ? [] : [RUNS_AT_ALL]),
      ...(triggers ? [`${TRIGGERS} && ${bind(triggers)}::journey_trigger[]`] : []),
    ].join(' and ');
  };
  return { table: ATTACHMENTS, where, order: 'a.display_order, a.id' };
}

/** The channels of which a list must have one; null where it need not, as for the admin preview. */
function taking(channel: string | null): string[] | null {
  if (channel === null || channel === 'admin_preview') return null;
  return textMistake(channel) === null ? [channel] : [];
}

/** An archived component runs for no channel and by no trigger. */
const RUNS_AT_ALL =
  'exists (select from journey_components c where c.id = a.component_id and c.archived_at is null)';
const TRIGGERS = `(select v.triggers from journey_components c
  join journey_component_versions v on v.id = c.current_version_id where c.id = a.component_id)`;
