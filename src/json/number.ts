/**
 * A number whose digits a double would change, such as 820982911946154508 or 1.50, as JSON.rawJSON makes it: a frozen
 * object that JSON.stringify writes as the number itself. Code that walks JSON asks isRawNumber (or isJsonObject) before
 * it takes an object for one with keys.
 */
export type RawNumber = { readonly rawJSON: string } & { readonly [BRAND]: true };

declare const BRAND: unique symbol;

declare global {
  interface JSON {
    rawJSON(text: string): RawNumber;
    isRawJSON(value: unknown): value is RawNumber;
  }
}

/** Whether a value is a RawNumber. An object {"rawJSON": "1"} that a client sends is not one. */
export const isRawNumber = (value: unknown): value is RawNumber => JSON.isRawJSON(value);

/** The number as it is written in JSON, digit by digit. */
export const numberText = (value: number | RawNumber): string =>
  typeof value === 'number' ? String(value) : value.rawJSON;
