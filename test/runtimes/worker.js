// A Cloudflare Worker: a receiver, and under /checks the checks, a line for each.
import { checksOf, receiverOf, runChecks } from "./checks.js";

export default {
  /**
   * @param {Request} request
   * @param {{ SETTINGS: import("./checks.js").Settings }} env
   */
  async fetch(request, { SETTINGS: settings }) {
    const { origin, pathname } = new URL(request.url);
    if (pathname !== "/checks") return (await receiverOf(settings))(request);
    // it calls itself over HTTP
    const checks = checksOf(settings, async () => ({ url: origin, close() {} }));
    /** @type {string[]} */
    const lines = [];
    await runChecks(checks, (line) => lines.push(line));
    return new Response(lines.join("\n"));
  },
};
