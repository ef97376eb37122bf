// Whether a call that failed on the network can have reached the other side.
import { subscribe, unsubscribe } from "node:diagnostics_channel";

const CHANNEL = "undici:client:connectError";
const NEVER_CONNECTED = Symbol("never connected");

/**
 * Marks the error of each connection that could not be made from now on, a failed TLS handshake included. undici, which is Node's
 * fetch, tells of these and of no other; the error alone does not say whether a handshake failed or a connection in use.
 */
export function watchConnections(): void {
  // one listener, however many clients there are
  unsubscribe(CHANNEL, mark);
  subscribe(CHANNEL, mark);
}

function mark(message: unknown): void {
  const { error } = message as { error?: unknown };
  if (typeof error === "object" && error !== null && Object.isExtensible(error))
    Object.defineProperty(error, NEVER_CONNECTED, { value: true });
}

/** The codes of a connection that was not made, for a fetch that is not undici's. */
const CODES = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_CERT_\w+|CERT_\w+)$/;
const CERTIFICATES = /^(UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_)/;

/** Whether an error of fetch says that no connection was made, at any address that was tried. */
export function neverConnected(error: unknown, depth = 0): boolean {
  // a cause may go round in a circle
  if (typeof error !== "object" || error === null || depth > 4) return false;
  if (NEVER_CONNECTED in error) return true;
  const { code, syscall, cause, errors, message } = error as Record<string, unknown>;
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => neverConnected(one, depth + 1));
  if (syscall === "connect" || syscall === "getaddrinfo") return true;
  // fetch connects to no port of another protocol, such as 6000
  if (message === "bad port" && code === undefined) return true;
  if (typeof code === "string" && (CODES.test(code) || CERTIFICATES.test(code))) return true;
  return neverConnected(cause, depth + 1);
}
