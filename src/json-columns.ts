import type { Definition } from './catalogue/components/component-definition.ts';
import type { JsonObject as AnyObject, Json as JsonValue } from './json/json.ts';
import type { RunError as Failure } from './runs/model/run-error.ts';
import type { RunTelemetry as Telemetry } from './runs/model/telemetry.ts';
import type { Binding } from './script-request/bindings/binding-model.ts';

/**
 * The types of the JSON columns of prisma/schema.prisma; prisma-json-types-generator uses them in Prisma's client.
 */
declare global {
  namespace PrismaJson {
    type Json = JsonValue;
    type JsonObject = AnyObject;
    type Bindings = Binding[];
    type ProviderDependencies = Definition['providerDependencies'];
    type ResolvedBindings = AnyObject | null;
    type RunError = Failure | null;
    type RunTelemetry = Telemetry | null;
  }
}
