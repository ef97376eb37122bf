// `snap-bi mock`, which `npm start` runs: serves the mock until Ctrl-C.
import { headers } from "../../generated/operations.ts";
import { startMock } from "../mock/mock.ts";
import { command } from "./args.ts";
import { curlOf, exampleCall } from "./example-call.ts";
import {
  checksOf,
  listen,
  readServeOptions,
  refuseWords,
  SERVE_NOTES,
  SERVE_OPTIONS,
  SIGN,
  untilStopped,
} from "./serve.ts";
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
    [headers.externalId, checkReplay ? "accepted once a day (409 00)" : "may be used again; --check-replay refuses it"],
  ];
  return [
    ...labelled(rows, terminal),
    "",
    isChecked ? SIGN : `Try it:\n${curlOf(url + options.basePath, exampleCall(options.profile))}`,
    "",
    fitted("For another answer add a header, such as  -H 'Prefer: code=403, example=InsufficientFunds'", terminal),
    "Ctrl-C stops it.\n",
  ].join("\n");
}
