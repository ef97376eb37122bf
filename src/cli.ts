#!/usr/bin/env node
import { readFileSync } from "node:fs";
// The command line. `npm start` is `snap-bi mock`.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { startMock } from "./mock.ts";

const HELP = `npm start [-- --port 4010] [--host 127.0.0.1]

Serves the SNAP mock, and its documentation under /docs. Stop it with Ctrl-C.

  --port PORT   port to listen on, 0 for a free one (default 4010)
  --host HOST   address to listen on (default 127.0.0.1)
  --help        this text

Choose an answer with a header, such as  Prefer: code=403, example=InsufficientFunds
Exit codes: 0 stopped (npm itself says 130 after Ctrl-C), 2 used wrongly or the port is taken.`;

const CONTRACT = fileURLToPath(new URL("../generated/openapi.yaml", import.meta.url));
const DOCS = fileURLToPath(new URL("../dist/docs/index.html", import.meta.url));

/** Ends the program because of how it was called: one line, exit code 2. */
function refuse(line: string): never {
  console.error(line);
  process.exit(2);
}

function readOptions(args: string[]): { port: number; host: string } {
  const { values, positionals } = read();
  if (values.help) {
    console.log(HELP);
    process.exit(0);
  }
  const [command, ...rest] = positionals;
  if (command !== "mock" || rest.length)
    refuse(`snap-bi: unknown command "${positionals.slice(command === "mock" ? 1 : 0).join(" ")}"; try --help`);
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) refuse(`snap-bi: --port takes a number from 0 to 65535, not "${values.port}"`);
  if (!values.host) refuse("snap-bi: --host takes an address, such as 127.0.0.1");
  return { port, host: values.host };

  function read() {
    try {
      return parseArgs({
        args,
        allowPositionals: true,
        options: {
          help: { type: "boolean", short: "h" },
          port: { type: "string", default: "4010" },
          host: { type: "string", default: "127.0.0.1" },
        },
      });
    } catch (error) {
      refuse(`snap-bi: ${(error as Error).message.split(/[.\n]/)[0]}; try --help`);
    }
  }
}

/** A curl call of qrCpmPayment, made from the contract's own examples. */
function curl(url: string): string {
  const contract = parse(readFileSync(CONTRACT, "utf8"));
  const path = "/v1.0/qr/qr-cpm-payment";
  const parameters: { $ref: string }[] = contract.paths[path].post.parameters;
  const headers = parameters
    .map(({ $ref }) => contract.components.parameters[$ref.split("/").at(-1) ?? ""])
    .filter(({ required }) => required)
    .map(({ name, example }) => `-H '${name}: ${example}'`);
  const body = JSON.stringify(contract.components.examples.QrCpmPaymentRequest.value);
  return [
    "curl -i",
    "-H 'Content-Type: application/json' -H 'Authorization: Bearer any-token'",
    ...headers,
    `-d '${body}'`,
    url + path,
  ].join(" \\\n  ");
}

// whoever reads the log may leave, as in `npm start | head`; the mock goes on
process.stdout.on("error", () => {});
const { port, host } = readOptions(process.argv.slice(2));
try {
  const mock = await startMock({ contract: CONTRACT, docs: DOCS, port, host, log: console.log });
  console.log(`SNAP mock       ${mock.url}
documentation   ${mock.url}/docs

Try it:
${curl(mock.url)}

For another answer add a header, such as  -H 'Prefer: code=403, example=InsufficientFunds'
Ctrl-C stops it.
`);
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void mock.close().then(() => process.exit(0)));
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE")
    refuse(
      `snap-bi: port ${port} on ${host} is taken; choose another with --port, such as --port ${port < 65_535 ? port + 1 : 4010}`,
    );
  if (code === "EACCES") refuse(`snap-bi: not allowed to listen on port ${port}; choose one above 1023 with --port`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    refuse(`snap-bi: ${host} is no address of this machine; choose another with --host`);
  refuse(`snap-bi: ${message}`);
}
