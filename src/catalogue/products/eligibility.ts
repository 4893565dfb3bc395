import { textMistake } from '../../json/json-limits.ts';
import type { Prisma } from '../../postgres/generated/prisma/client.ts';
import type { Trigger } from '../../runs/model/run-row.ts';

/** The channel that every attachment allows. */
const ADMIN_PREVIEW = 'admin_preview';

/** Whether an attachment allows a channel; an empty list means every channel. */
export function takesChannel(
  channelEligibility: readonly string[],
  channel: string | null | undefined,
): boolean {
  if (channel == null || channel === ADMIN_PREVIEW) return true;
  return channelEligibility.length === 0 || channelEligibility.includes(channel);
}

/** A condition on attachments: they run for this channel and by any of these triggers; null is no condition. */
export type Eligible = { channel: string | null; triggers: readonly Trigger[] | null };

/** The attachments that would run. An archived component runs for no channel and by no trigger. */
export function eligible({ channel, triggers }: Eligible): Prisma.AttachmentWhereInput {
  if (channel === null && triggers === null) return {};
  return {
    ...(channel !== null && channel !== ADMIN_PREVIEW && taking(channel)),
    component: {
      archivedAt: null,
      ...(triggers && { currentVersion: { triggers: { hasSome: [...triggers] } } }),
    },
  };
}

/** Like takesChannel, as a condition. No attachment allows a text that PostgreSQL cannot store. */
function taking(channel: string): Prisma.AttachmentWhereInput {
  const channels = textMistake(channel) === null ? [channel] : [];
  return {
    OR: [{ channelEligibility: { isEmpty: true } }, { channelEligibility: { hasSome: channels } }],
  };
}
