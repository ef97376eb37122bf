// What is of this machine: names and addresses that lead nowhere else.

const NAME = /^((.+\.)?localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/;

/** Whether a host name, as a URL has it, is of this machine. */
export function isLocalName(name: string): boolean {
  return NAME.test(name);
}

/** Whether an address to listen on is reached from this machine alone. */
export function isLoopback(address: string): boolean {
  return isLocalName(address.toLowerCase()) || /^(0*:)*0*1$/.test(address);
}

/** Whether an origin, as a browser sends it, is a page of this machine. */
export function isLocalOrigin(origin: string): boolean {
  return /^https?:/.test(origin) && URL.canParse(origin) && isLocalName(new URL(origin).hostname);
}
