/** Whether an attachment takes a channel: an empty list is every channel, and the admin preview is always one of them. */
export function takesChannel(
  channelEligibility: readonly string[],
  channel: string | null | undefined,
): boolean {
  if (channel == null || channel === 'admin_preview') return true;
  return channelEligibility.length === 0 || channelEligibility.includes(channel);
}
