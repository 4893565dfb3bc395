import { describe, expect, it } from 'vitest';
import { withShared } from '../../../src/runs/model/shared-payload.ts';

describe('the payload of a run in a group', () => {
  it("is its own part over what the group shares, with its keys in the database's order", () => {
    const payload = withShared({ orderItems: [], order: 1, cart: {} }, { orderItem: 2, order: 3 });
    expect(JSON.stringify(payload)).toBe('{"cart":{},"order":3,"orderItem":2,"orderItems":[]}');
  });
});
