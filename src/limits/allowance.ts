/** The most that one client may use. A client that was idle may use `costPerMinute`, or ten seconds' worth, at once. */
export type Allowance = {
  /** The cost of operations, as cost.ts estimates it, and 1 for each KiB of a request. */
  costPerMinute: number;
  /** Tokens of documents that the service has to parse and validate. */
  tokensPerSecond: number;
  /** Messages and pings over WebSockets. */
  messagesPerSecond: number;
  /** Operations that are being executed or wait for their turn. */
  operations: number;
  subscriptions: number;
  /** Subscriptions that differ in their document or variables, and so cannot share their work. */
  distinctSubscriptions: number;
  /** Bytes of requests that are being received or wait, and of responses that the client has not read. */
  bytes: number;
  /** Requests with a credential that is not valid. They use up no other allowance. */
  failedSignInsPerMinute: number;
};

const MIB = 1024 * 1024;

/** The allowance of a principal, or of the service's own machine. */
export const allowanceOfPrincipal = (costPerMinute: number): Allowance => ({
  costPerMinute,
  tokensPerSecond: 50_000,
  messagesPerSecond: 5_000,
  operations: 1_000,
  subscriptions: 10_000,
  distinctSubscriptions: 500,
  bytes: 256 * MIB,
  failedSignInsPerMinute: 600,
});

/** The allowance of an address from which nobody has signed in. */
export const allowanceOfAddress = (costPerMinute: number): Allowance => ({
  costPerMinute: Math.ceil(costPerMinute / 50),
  tokensPerSecond: 5_000,
  messagesPerSecond: 500,
  operations: 100,
  subscriptions: 1_000,
  distinctSubscriptions: 200,
  bytes: 32 * MIB,
  failedSignInsPerMinute: 60,
});
