import type { RegisterComponentInput } from '../catalogue/components/register.ts';
import type { JsonObject } from '../json/json.ts';
import type { EnqueueCheckoutRunsInput } from '../orders/checkout.ts';

/** A small outdoor shop's journey components, such as its merchandisers would register first. */
export const DEMO_COMPONENTS: RegisterComponentInput[] = [
  {
    key: 'engraving-preview',
    name: 'Engraving preview',
    description: 'Renders the engraving that the shopper typed, if any, for the order confirmation.',
    triggers: ['CHECKOUT', 'PRESET'],
    script: { slug: 'engraving/preview', runtime: 'node-22', metadata: { team: 'personalisation' } },
    inputSchema: {
      type: 'object',
      properties: {
        text: { type: 'string', maxLength: 40 },
        material: { enum: ['steel', 'titanium', 'wood'] },
        font: { type: 'string', default: 'Inter' },
      },
      required: ['material'],
    },
    providerDependencies: [{ key: 'renderer' }, { key: 'cdn', optional: true }],
    retryPolicy: { maxAttempts: 3, backoff: 'EXPONENTIAL', initialDelaySeconds: 2, maxDelaySeconds: 60 },
  },
  {
    key: 'loyalty-points',
    name: 'Loyalty points',
    description: "Books the order's points to the shopper's account.",
    triggers: ['POST_CHECKOUT', 'AUTOMATION'],
    script: { slug: 'loyalty/book-points', runtime: 'node-22', version: '2.4.0' },
    inputSchema: {
      type: 'object',
      properties: {
        sku: { type: 'string' },
        pointsPerUnit: { type: 'integer', minimum: 0 },
        email: { type: 'string', format: 'email' },
      },
      required: ['sku', 'pointsPerUnit'],
    },
    providerDependencies: [{ key: 'loyalty-api' }],
    retryPolicy: { maxAttempts: 8, backoff: 'EXPONENTIAL', initialDelaySeconds: 5, maxDelaySeconds: 900 },
    timeoutSeconds: 10,
  },
  {
    key: 'warranty-registration',
    name: 'Warranty registration',
    description: 'Registers the item with its maker and keeps the certificate.',
    triggers: ['POST_CHECKOUT', 'OPERATOR'],
    script: { slug: 'warranty/register', runtime: 'python-3.12' },
    inputSchema: {
      type: 'object',
      properties: {
        sku: { type: 'string' },
        years: { type: 'integer', minimum: 1, maximum: 25 },
        apiToken: { type: 'string' },
      },
      required: ['sku', 'years'],
    },
    providerDependencies: [{ key: 'maker-registry' }],
    retryPolicy: { maxAttempts: 5, backoff: 'FIXED', initialDelaySeconds: 30, maxDelaySeconds: 30 },
  },
  {
    key: 'size-advisor',
    name: 'Size advisor',
    description: 'Suggests a size from the measurements that the shopper gave.',
    triggers: ['PRESET'],
    script: { slug: 'advice/size', runtime: 'node-22' },
    inputSchema: {
      type: 'object',
      properties: {
        fit: { enum: ['slim', 'regular', 'loose'] },
        chestCm: { type: 'number', minimum: 50, maximum: 180 },
      },
      required: ['fit'],
    },
  },
  {
    key: 'care-guide-mail',
    name: 'Care guide mail',
    description: 'Mails how to care for what was bought, some days after it arrived.',
    triggers: ['AUTOMATION', 'OPERATOR'],
    script: { slug: 'mail/care-guide', runtime: 'node-22', version: '1.1.3' },
    inputSchema: {
      type: 'object',
      properties: { guide: { type: 'string' }, title: { type: 'string' }, email: { type: 'string' } },
      required: ['guide', 'title'],
    },
    providerDependencies: [{ key: 'mailer' }],
    retryPolicy: { maxAttempts: 4, backoff: 'EXPONENTIAL', initialDelaySeconds: 10, maxDelaySeconds: 3600 },
  },
];

export type DemoProduct = {
  sku: string;
  slug: string;
  title: string;
  attributes: JsonObject;
  journeyComponents: DemoAttachment[];
};
/** An attachment of a demo product: it names its component by key, because the id is not known yet. */
export type DemoAttachment = {
  componentKey: string;
  isRequired?: boolean;
  channelEligibility?: string[];
  bindings?: DemoBinding[];
  metadata?: Record<string, string>;
};
type DemoBinding =
  | { static: { inputKey: string; value: string | number; secret?: boolean } }
  | { productField: { inputKey: string; path: string; required?: boolean } }
  | { runtime: { inputKey: string; path: string; required?: boolean } };

const sku: DemoBinding = { productField: { inputKey: 'sku', path: 'product.sku' } };
const email: DemoBinding = {
  runtime: { inputKey: 'email', path: 'input.order.customer.email', required: false },
};

const engraving: DemoBinding = {
  runtime: { inputKey: 'text', path: 'input.orderItem.engraving.text', required: false },
};

export const DEMO_PRODUCTS: DemoProduct[] = [
  {
    sku: 'FLASK-750-STEEL',
    slug: 'trail-flask-750',
    title: 'Trail flask 750 ml',
    attributes: { material: 'steel', volumeMl: 750, care: { guide: 'steel-bottles' } },
    journeyComponents: [
      {
        componentKey: 'engraving-preview',
        isRequired: true,
        channelEligibility: ['storefront', 'app'],
        bindings: [
          engraving,
          { productField: { inputKey: 'material', path: 'product.attributes.material' } },
          { static: { inputKey: 'font', value: 'Inter' } },
        ],
        metadata: { drawer: 'primary' },
      },
      {
        componentKey: 'loyalty-points',
        bindings: [sku, { static: { inputKey: 'pointsPerUnit', value: 35 } }, email],
      },
      {
        componentKey: 'care-guide-mail',
        bindings: [
          { productField: { inputKey: 'guide', path: 'product.attributes.care.guide' } },
          { productField: { inputKey: 'title', path: 'product.title' } },
          email,
        ],
      },
    ],
  },
  {
    sku: 'KNIFE-FIELD-TI',
    slug: 'field-knife-titanium',
    title: 'Field knife, titanium',
    attributes: { material: 'titanium', warrantyYears: 10, care: { guide: 'titanium-blades' } },
    journeyComponents: [
      {
        componentKey: 'engraving-preview',
        channelEligibility: ['storefront'],
        bindings: [
          engraving,
          { productField: { inputKey: 'material', path: 'product.attributes.material' } },
        ],
      },
      {
        componentKey: 'warranty-registration',
        isRequired: true,
        bindings: [
          sku,
          { productField: { inputKey: 'years', path: 'product.attributes.warrantyYears' } },
          { static: { inputKey: 'apiToken', value: 'demo-registry-token', secret: true } },
        ],
      },
      {
        componentKey: 'loyalty-points',
        bindings: [sku, { static: { inputKey: 'pointsPerUnit', value: 120 } }, email],
      },
    ],
  },
  {
    sku: 'JACKET-RAIN-M',
    slug: 'rain-jacket-m',
    title: 'Rain jacket, M',
    attributes: { fit: 'regular', membrane: '3-layer', care: { guide: 'membranes' } },
    journeyComponents: [
      {
        componentKey: 'size-advisor',
        channelEligibility: ['storefront', 'app'],
        bindings: [
          { productField: { inputKey: 'fit', path: 'product.attributes.fit' } },
          { runtime: { inputKey: 'chestCm', path: 'context.measurements.chestCm', required: false } },
        ],
      },
      {
        componentKey: 'loyalty-points',
        bindings: [sku, { static: { inputKey: 'pointsPerUnit', value: 80 } }, email],
      },
      {
        componentKey: 'care-guide-mail',
        channelEligibility: ['storefront'],
        bindings: [
          { productField: { inputKey: 'guide', path: 'product.attributes.care.guide' } },
          { productField: { inputKey: 'title', path: 'product.title' } },
          email,
        ],
      },
    ],
  },
  {
    sku: 'TENT-RIDGE-2P',
    slug: 'ridge-tent-two',
    title: 'Ridge tent for two',
    attributes: { season: 3, weightGrams: 1840, warrantyYears: 5, care: { guide: 'tents' } },
    journeyComponents: [
      {
        componentKey: 'warranty-registration',
        bindings: [
          sku,
          { productField: { inputKey: 'years', path: 'product.attributes.warrantyYears' } },
          { static: { inputKey: 'apiToken', value: 'demo-registry-token', secret: true } },
        ],
      },
      {
        componentKey: 'loyalty-points',
        bindings: [sku, { static: { inputKey: 'pointsPerUnit', value: 250 } }, email],
      },
    ],
  },
];

/** A checkout of two of the products, as the shop's backend would send it. */
export const DEMO_CHECKOUT: EnqueueCheckoutRunsInput = {
  channel: 'storefront',
  order: {
    number: '2026-1001',
    payload: { currency: 'EUR', customer: { name: 'Ada Lovelace', email: 'ada@example.com' } },
    lines: [
      {
        sku: 'FLASK-750-STEEL',
        quantity: 1,
        payload: { engraving: { text: 'For Ada, from Charles' }, price: 35 },
      },
      { sku: 'TENT-RIDGE-2P', quantity: 1, payload: { price: 250 } },
    ],
  },
};
