import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type LintSubject, lintAttachment } from '../../../src/catalogue/lint/lint.ts';
import type { JsonObject } from '../../../src/json/json.ts';
import type { Binding } from '../../../src/script-request/bindings/binding-model.ts';

const INNOCENT = { triggers: ['PRESET'] as LintSubject['triggers'] };

function subject(
  inputSchema: JsonObject,
  bindings: Binding[],
  given: Partial<LintSubject> = INNOCENT,
): LintSubject {
  return {
    product: {
      id: 'p',
      sku: 'A',
      slug: 'a',
      title: 'A',
      attributes: { weight: 3, sizes: ['M'], label: null },
    },
    attachment: {
      id: 'a',
      displayOrder: 0,
      isRequired: false,
      channelEligibility: [],
      metadata: { drawer: 'left' },
    },
    bindings,
    version: {
      id: randomUUID(),
      version: 1,
      scriptSlug: 's',
      scriptRuntime: 'node',
      scriptVersion: null,
      scriptMetadata: {},
      providerDependencies: [],
      inputSchema,
      component: { id: 'c', key: 'gift' },
    },
    triggers: ['CHECKOUT'],
    isArchived: false,
    secrets: new Set(),
    ...given,
  };
}

const field = (inputKey: string, path: string, required = true): Binding => ({
  kind: 'product_field',
  inputKey,
  path,
  required,
});
const fixed = (inputKey: string, value: string | number, secret = false): Binding => ({
  kind: 'static',
  inputKey,
  value,
  required: true,
  secret,
});
const runtime = (inputKey: string): Binding => ({
  kind: 'runtime',
  inputKey,
  path: 'input.order.note',
  required: true,
});
const found = async (asked: LintSubject) =>
  (await lintAttachment(asked)).map(({ code, severity, path }) => [code, severity, path.join('.')]);

describe('the lint of an attachment', () => {
  it('finds nothing where all is well, and leaves alone what only a run knows', async () => {
    const schema = {
      properties: {
        weight: { type: 'number' },
        label: { type: ['string', 'null'] },
        note: { type: 'string' },
      },
      required: ['weight', 'note'],
      anyOf: [{ required: ['note'] }, { required: ['mail'] }],
    };
    const bindings = [
      field('weight', 'product.weight'),
      field('label', 'product.attributes.label'),
      field('drawer', 'productComponent.metadata.drawer'),
      field('key', 'component.key'),
      runtime('note'),
    ];
    expect(await found(subject(schema, bindings, {}))).toEqual([]);
  });

  it('finds an archived component, which makes all else idle', async () => {
    const asked = subject({ required: ['a'] }, [field('b', 'product.none')], { isArchived: true });
    expect(await found(asked)).toEqual([['COMPONENT_ARCHIVED', 'ERROR', 'componentId']]);
  });

  it('finds paths that lead nowhere: an error where a run fails by it, else a warning', async () => {
    const bindings = [
      field('a', 'product.colour'),
      field('b', 'product.sizes[1]', false),
      field('c', 'component.nothing', false),
    ];
    expect(await found(subject({ required: ['c'] }, bindings))).toEqual([
      ['PATH_NOT_FOUND', 'ERROR', 'bindings.0.path'],
      ['PATH_NOT_FOUND', 'WARNING', 'bindings.1.path'],
      ['PATH_NOT_FOUND', 'ERROR', 'bindings.2.path'],
    ]);
    const [first] = await lintAttachment(subject({}, bindings));
    expect(first!.message).toContain('product.colour finds nothing for the input a');
  });

  it('finds static values and product fields that the schema refuses, and never tells a secret', async () => {
    const schema = {
      $defs: { code: { type: 'string', maxLength: 4 } },
      properties: { weight: { type: 'string' }, years: { type: 'integer' }, code: { $ref: '#/$defs/code' } },
      additionalProperties: false,
    };
    const bindings = [
      field('weight', 'product.weight'),
      fixed('years', 'ten'),
      fixed('code', 'hush-hush', true),
      fixed('unknown', 1),
    ];
    const findings = await lintAttachment(subject(schema, bindings));
    expect(findings.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['INPUT_REFUSED', 'bindings.0.path'],
      ['INPUT_REFUSED', 'bindings.1.value'],
      ['INPUT_REFUSED', 'bindings.3.value'],
      ['INPUT_REFUSED', 'bindings.2.value'],
    ]);
    expect(JSON.stringify(findings)).not.toContain('hush');
  });

  it('finds required inputs that nothing fills: an error where a checkout would have to', async () => {
    const schema = { required: ['text', 'order', 'size'] };
    expect(await found(subject(schema, [field('size', 'product.sizes[0]')], {}))).toEqual([
      ['INPUT_MISSING', 'ERROR', 'bindings'],
    ]);
    expect(await found(subject(schema, [field('size', 'product.sizes[0]')]))).toEqual([
      ['INPUT_MISSING', 'WARNING', 'bindings'],
    ]);
  });

  it('finds schemas that no inputs meet, and schemas that cannot be used', async () => {
    const unusable = [['SCHEMA_UNUSABLE', 'ERROR', 'componentId']];
    const schemas: JsonObject[] = [
      { type: 'string' },
      { not: {} },
      { enum: [] },
      { $ref: '#/none' },
      { pattern: '(?=a)' },
    ];
    for (const schema of schemas) expect(await found(subject(schema, []))).toEqual(unusable);
    const [first] = await lintAttachment(subject({ type: 'string' }, []));
    expect(first!.message).toBe(
      'The inputSchema accepts no inputs at all, for its root has the type "string", and inputs are an object: every run fails. Correct the component\'s inputSchema.',
    );
  });

  it('finds schemas that do not let pass what checkouts hand over', async () => {
    const schema = { properties: { order: {} }, additionalProperties: false };
    expect(await found(subject(schema, [], {}))).toEqual([['INPUT_REFUSED', 'ERROR', 'componentId']]);
    expect((await lintAttachment(subject(schema, [], {})))[0]!.message).toContain('orderItem, orderItems');
    expect(await found(subject(schema, []))).toEqual([]);
  });
});
