import type { Binding } from './bindings/binding.ts';
import type { Definition } from './components/component.ts';
import type { JsonObject as AnyObject, Json as JsonValue } from './json/json.ts';
import type { RunError as Failure } from './model/run-error.ts';
import type { RunTelemetry as Telemetry } from './model/telemetry.ts';

/** What the JSON columns of prisma/schema.prisma hold; prisma-json-types-generator puts these types into Prisma's client. */
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
