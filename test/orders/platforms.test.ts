import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/json/json.ts';
import type { JourneyScriptRequest } from '../../src/script-request/build.ts';
import type { Worker } from '../../src/worker/worker.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { automate, checkOut, components, product } from '../support/orders.ts';
import { type HostCall, startScriptHost } from '../support/script-host.ts';
import { startTestWorker, untilEvent } from '../support/worker.ts';

let app: TestApp;
let host: Awaited<ReturnType<typeof startScriptHost>>;
let worker: Worker;
let component: string;

beforeAll(async () => {
  app = await startTestApp();
  host = await startScriptHost((response) => response.writeHead(204).end());
  worker = await startTestWorker(app.db, { runnerUrl: host.url });
  ({ deep: component } = await components(app, { deep: ['CHECKOUT', 'AUTOMATION'] }));
});
afterAll(async () => {
  await worker.stop();
  await host.stop();
  await app.stop();
});

// biome-ignore lint/suspicious/noExplicitAny: each platform has its own shape.
type Payload = any;

/** How a shop on the platform hands an order over, and paths deep into it with what they must find. */
type Platform = {
  name: string;
  number: (payload: Payload) => string;
  lines: (payload: Payload) => { sku: string; quantity: number; payload: JsonObject }[];
  paths: { [path: string]: unknown };
};

const line = (sku: string, quantity: number, payload: JsonObject) => ({ sku, quantity, payload });

const PLATFORMS: Platform[] = [
  {
    name: 'shopify',
    number: ({ name }) => name,
    lines: ({ line_items }) => line_items.map((item: Payload) => line(item.sku, item.quantity, item)),
    paths: {
      'input.order.line_items[0].price_set.presentment_money.amount': '32.35',
      'input.order.discount_applications[0].code': 'FRÜHLING🌷',
      'input.order.note': 'Bitte vor 9 Uhr läuten — "Hinterhaus"\nDanke 🙏🏽',
      'input.order.customer.multipass_identifier': null,
      'input.order.shipping_lines[0].id': '271878346596884015',
      'input.orderItem.properties[0].value': 'für Ömi ❤️',
      'input.orderItem.tax_lines[0].rate': 0.19,
      'input.orderItems[1].vendor': 'Solingen & Söhne',
      'input.orderItem.quantity': 2,
    },
  },
  {
    name: 'commercetools',
    number: ({ orderNumber }) => orderNumber,
    lines: ({ lineItems }) => lineItems.map((item: Payload) => line(item.variant.sku, item.quantity, item)),
    paths: {
      'input.order.custom.fields.giftMessage.fr': 'Joyeux anniversaire 🎂',
      'input.order.custom.fields.loyalty[0].tiers[1][0]': 'argent',
      'input.order.taxedPrice.taxPortions[0].amount.centAmount': 10312,
      'input.order.custom.fields.deliveryWindow.to': null,
      'input.orderItem.variant.attributes[2].value[1].value': '7001-T6',
      'input.orderItem.name.fr': 'Tente de crête pour deux',
      'input.orderItem.sku': 'TENT-RIDGE-2P',
      'input.orderItems[1].custom.fields.engraving.font.size': 8.5,
    },
  },
  {
    name: 'magento',
    number: ({ increment_id }) => increment_id,
    lines: ({ items }) =>
      items
        .filter((item: Payload) => !item.parent_item_id)
        .map((item: Payload) => line(item.sku, Number(item.qty_ordered), item)),
    paths: {
      'input.order.extension_attributes.shipping_assignments[0].shipping.address.street[0]':
        '上本能寺前町４８８',
      'input.order.payment.additional_information[2]': '{"method_title":"Check"}',
      'input.order.base_discount_amount': -4.5,
      'input.order.billing_address.region_code': null,
      'input.orderItem.product_option.extension_attributes.custom_options[0].option_value': '刺繍：山 ⛰',
      'input.orderItem.product_option.extension_attributes.configurable_item_options[1].option_value': 50,
      'input.orderItems[1].product_option': null,
    },
  },
  {
    name: 'saleor',
    number: ({ number }) => number,
    lines: ({ lines }) => lines.map((item: Payload) => line(item.productSku, item.quantity, item)),
    paths: {
      'input.order.payments[0].transactions[0].kind': 'CAPTURE',
      'input.order.metadata[1].value': '👩‍👩‍👧‍👦',
      'input.order.events[1].user.email': 'łukasz@example.pl',
      'input.order.total.tax.amount': 374.73,
      'input.orderItem.attributes[0].values[0].value': '#0a5d3c',
      'input.orderItem.attributes[0].values[0].file': null,
      'input.orderItem.allocations[0].warehouse.name': 'Łódź',
      'input.orderItems[1].productName': 'Usługa montażu',
    },
  },
];

describe.each(PLATFORMS)('an order of $name', ({ name, number, lines, paths }) => {
  const payload = JSON.parse(
    readFileSync(new URL(`../fixtures/orders/${name}.json`, import.meta.url), 'utf8'),
  );
  const order = { number: number(payload), payload, lines: lines(payload) };
  const expected = Object.fromEntries(Object.values(paths).map((value, index) => [`input${index}`, value]));

  it('reaches scripts through checkout and automation, unchanged and however deep', async () => {
    const bindings = Object.keys(paths).map((path, index) => ({
      runtime: { inputKey: `input${index}`, path },
    }));
    await product(app, order.lines[0]!.sku, [{ componentId: component, bindings }]);

    const cart = { id: `cart of ${name}` };
    const checkout = await checkOut(app, { order, cart, checkout: { step: 'paid' } });
    const own = checkout.runs.find(({ orderLine }: Payload) => orderLine.position === 0);
    const atCheckout = await requestOf(own.id);
    expect(atCheckout.bindings).toEqual(expected);
    const { sku, quantity, payload: item } = order.lines[0]!;
    expect(atCheckout.input.order).toEqual(payload);
    expect(atCheckout.input.orderItem).toEqual({ ...item, sku, quantity });
    expect(atCheckout.input.cart).toEqual(cart);
    expect(atCheckout.context).toEqual({ checkout: { step: 'paid' } });

    const automation = await automate(app, { orderId: checkout.order.id, sku, componentId: [component] });
    const afterwards = await requestOf(automation.runs[0].id);
    expect(afterwards.bindings).toEqual(expected);
    const { cart: _, ...shared } = atCheckout.input;
    expect(afterwards.input).toEqual(shared);
  });
});

/** What the runner got of a run, once it has ended. */
async function requestOf(runId: string): Promise<JourneyScriptRequest> {
  const events = await untilEvent(app.db, runId, 'COMPLETED', 'FAILED');
  expect(events.at(-1)).toMatchObject({ type: 'COMPLETED' });
  const call = host.calls.find(({ request }: HostCall) => request.headers['journey-run-id'] === runId);
  return JSON.parse(call!.body);
}
