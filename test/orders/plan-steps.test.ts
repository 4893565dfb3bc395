import { describe, expect, it } from 'vitest';
import { type Candidate, planLines, planProduct } from '../../src/orders/plan-steps.ts';

const candidate = (given: Partial<Candidate> = {}): Candidate => ({
  shop: '',
  attachmentId: 'a',
  productId: 'p',
  componentId: 'c',
  componentKey: 'gift',
  componentVersionId: 'v',
  triggers: ['CHECKOUT'],
  isArchived: false,
  channelEligibility: [],
  ...given,
});
const surface = { channel: 'storefront', triggers: ['CHECKOUT', 'POST_CHECKOUT'] } as const;
const only = (given: Partial<Candidate>, asked: Parameters<typeof planProduct>[1] = surface) =>
  planProduct([candidate(given)], asked)[0]!;

describe('an attachment', () => {
  it('runs by the first trigger asked for that its component has', () => {
    expect(only({ triggers: ['POST_CHECKOUT', 'CHECKOUT'] })).toMatchObject({
      decision: 'ELIGIBLE',
      trigger: 'CHECKOUT',
    });
    expect(only({ triggers: ['PRESET', 'POST_CHECKOUT'] }).trigger).toBe('POST_CHECKOUT');
  });

  it.each([
    [['storefront'], 'storefront', 'ELIGIBLE'],
    [['app'], 'storefront', 'CHANNEL_NOT_ELIGIBLE'],
    [['app'], 'admin_preview', 'ELIGIBLE'],
    [['app'], null, 'ELIGIBLE'],
    [[], 'anywhere', 'ELIGIBLE'],
  ])('that takes the channels %j is, for %s, %s', (channelEligibility, channel, decision) => {
    expect(only({ channelEligibility }, { ...surface, channel }).decision).toBe(decision);
  });

  it('that cannot run says why: archived before trigger before channel', () => {
    const wrong = {
      isArchived: true,
      triggers: ['PRESET'] as Candidate['triggers'],
      channelEligibility: ['app', 'kiosk'],
    };
    expect(only(wrong)).toMatchObject({
      decision: 'COMPONENT_ARCHIVED',
      reason: 'The component gift is archived.',
    });
    expect(only({ ...wrong, isArchived: false })).toMatchObject({
      decision: 'TRIGGER_NOT_MATCHED',
      reason: 'The component gift is triggered by PRESET, not by CHECKOUT or POST_CHECKOUT.',
    });
    expect(only({ channelEligibility: wrong.channelEligibility })).toMatchObject({
      decision: 'CHANNEL_NOT_ELIGIBLE',
      reason: 'The attachment is eligible for app or kiosk, not for storefront.',
    });
    expect(only({ triggers: [] }, { channel: null, triggers: [] }).reason).toBe(
      'The component gift is triggered by nothing, not by nothing.',
    );
  });
});

describe('the steps of an order', () => {
  it('come line by line, each in the display order of its product, one product in two lines twice', () => {
    const line = (position: number, sku: string) => ({ position, sku, quantity: 1, payload: {} });
    const ofA = [candidate({ attachmentId: 'a1' }), candidate({ attachmentId: 'a2', isArchived: true })];
    const candidates = new Map([
      ['A', ofA],
      ['B', []],
    ]);
    const lines = [line(0, 'A'), line(1, 'B'), line(2, 'none'), line(3, 'A')];
    const steps = planLines(lines, candidates, surface);
    expect(steps.map((step) => [step.line.position, step.candidate?.attachmentId, step.decision])).toEqual([
      [0, 'a1', 'ELIGIBLE'],
      [0, 'a2', 'COMPONENT_ARCHIVED'],
      [2, undefined, 'PRODUCT_NOT_FOUND'],
      [3, 'a1', 'ELIGIBLE'],
      [3, 'a2', 'COMPONENT_ARCHIVED'],
    ]);
  });
});
