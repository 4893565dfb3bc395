let name = 'journey-runtime';

/** Names this process as it shows in logs, in metrics and traces, and in PostgreSQL, such as journey-runtime-api. */
export function setServiceName(value: string): void {
  name = value;
}

export const serviceName = (): string => name;
