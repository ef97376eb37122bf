// `snap-bi mock`, which `npm start` runs: serves the mock until Ctrl-C.
import { readFileSync } from "node:fs";
import { headers } from "../../generated/operations.ts";
import type { Contract } from "../contract/contract.ts";
import { documentFile } from "../host/document.ts";
import { startMock } from "../mock/mock.ts";
import { command } from "./args.ts";
import { checksOf, listen, readServeOptions, refuseWords, SERVE_NOTES, SERVE_OPTIONS, untilStopped } from "./serve.ts";
import { fitted, labelled, type Terminal } from "./terminal.ts";

/** Serves the mock until SIGINT or SIGTERM. */
export const run = command(
  {
    usage: ["snap-bi mock [OPTIONS]"],
    about: [
      "Serves the SNAP mock, and its documentation under /docs, until Ctrl-C. It checks requests as a PJP does, answers with the contract's examples, and remembers nothing. Choose an answer with a header, such as Prefer: code=403, example=InsufficientFunds",
    ],
    examples: [["snap-bi mock --port 4011 --token env:SNAP_ACCESS_TOKEN --client-secret env:SNAP_CLIENT_SECRET"]],
    options: {
      ...SERVE_OPTIONS,
      "check-replay": {
        type: "boolean",
        default: false,
        about: "accept an X-EXTERNAL-ID once a day only; again is 409 00",
      },
    },
    notes: SERVE_NOTES,
  },
  async (values, positionals, terminal) => {
    refuseWords("mock", positionals);
    const serveOptions = await readServeOptions(values, terminal);
    const checkReplay = values["check-replay"];
    const mock = await listen(() => startMock({ ...serveOptions, checkReplay }), serveOptions);
    if (values.json) terminal.out(JSON.stringify({ url: mock.url, docs: `${mock.url}/docs` }));
    else terminal.out(startUp(mock.url, serveOptions, checkReplay, terminal));
    await untilStopped(mock);
    return 0;
  },
);

function startUp(
  url: string,
  options: Awaited<ReturnType<typeof readServeOptions>>,
  checkReplay: boolean,
  terminal: Terminal,
): string {
  const { clientSecret, publicKey, accessToken } = options;
  const isChecked = clientSecret !== undefined || publicKey !== undefined || accessToken !== undefined;
  const rows: [string, string][] = [
    ["SNAP mock", url],
    ["requests", `${url}/`],
    ["documentation", `${url}/docs`],
    ...checksOf(options),
    ["X-EXTERNAL-ID", checkReplay ? "accepted once a day (409 00)" : "may be used again; --check-replay refuses it"],
  ];
  return [
    ...labelled(rows, terminal),
    "",
    isChecked ? "Sign calls with the client, or with snap-bi sign --help" : `Try it:\n${curl(url, options)}`,
    "",
    fitted("For another answer add a header, such as  -H 'Prefer: code=403, example=InsufficientFunds'", terminal),
    "Ctrl-C stops it.\n",
  ].join("\n");
}

/** The document, as far as a call is made from it. */
interface Documented {
  paths: Record<
    string,
    {
      post: {
        operationId: string;
        security?: unknown[];
        parameters: { $ref: string }[];
        requestBody: { content: Content };
      };
    }
  >;
  components: {
    parameters: Record<string, { name: string; required: boolean; example: string }>;
    examples: Record<string, { value: unknown }>;
  };
}
interface Content {
  "application/json": { examples: Record<string, { $ref: string }> };
}

/** A curl call of a payment, or of what the profile has, made from the contract's own examples. */
function curl(url: string, { profile, basePath }: { profile: Contract; basePath: string }): string {
  const { paths, components } = JSON.parse(readFileSync(documentFile(profile), "utf8")) as Documented;
  const all = Object.entries(paths).map(([path, { post }]) => ({ path, ...post }));
  const called = all.find(({ operationId }) => operationId === "qrCpmPayment") ?? all[0];
  if (!called) return url;
  const { path, parameters, requestBody, security } = called;
  const nameIn = ({ $ref }: { $ref: string }) => $ref.split("/").at(-1) ?? "";
  const mandatory = parameters
    .map((reference) => components.parameters[nameIn(reference)])
    .flatMap((header) => (header?.required ? [`-H '${header.name}: ${header.example}'`] : []));
  const [example] = Object.values(requestBody.content["application/json"].examples);
  const token = security === undefined ? ` -H '${headers.authorization}: Bearer any-token'` : "";
  return [
    "curl -i",
    `-H '${headers.contentType}: application/json'${token}`,
    ...mandatory,
    `-d '${JSON.stringify(example && components.examples[nameIn(example)]?.value)}'`,
    url + basePath + path,
  ].join(" \\\n  ");
}
