// The evidence: what stands in the form, what is masked, what is cut, and that it is text and nothing else.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formOf } from "../../src/conform/evidence/form.ts";
import { htmlOf } from "../../src/conform/evidence/html.ts";
import { junitOf } from "../../src/conform/evidence/junit.ts";
import { markdownOf } from "../../src/conform/evidence/markdown.ts";
import { maskOf } from "../../src/conform/evidence/mask.ts";
import { evidenceIn } from "../../src/conform/evidence/write.ts";
import type { Report } from "../../src/conform/row.ts";
import { CLIENT_SECRET } from "../support/receiver.ts";
import { difficultReport, newFolder, textsIn } from "./evidence-support.ts";

let report: Report;
/** The access token of the run. */
let token = "";

test("a run against a subject with hostile and long answers comes to its end", async () => {
  report = await difficultReport();
  token = report.secrets.find((secret) => secret !== CLIENT_SECRET) ?? expect.unreachable();
  expect(token.length).toBeGreaterThan(30);
});

describe("the form", () => {
  test("has a row for each scenario, with the request as sent, the answer as it came, and the result", () => {
    const { head, rows } = formOf(report, { language: "en" });
    expect(head.map(([label]) => label)).toEqual(["Provider", "User", "API service", "Date", "Target", "Result"]);
    expect(Object.fromEntries(head)).toMatchObject({
      Provider: "PT Contoh PJP",
      "API service": "CPM Payment (60), Access Token B2B (73)",
      Date: "November 26, 2026 at 7:00:00 AM GMT+7",
      Result: "10 PASS, 2 NOT PASS, 2 not tested",
    });
    const [first] = rows;
    expect(first).toMatchObject({
      number: "2.1",
      service: "CPM Payment (60)",
      scenario: "Access token invalid",
      expected: "HTTP 401\nresponseCode 4016001\nresponseMessage Invalid Token (B2B)",
      result: "PASS",
    });
    const sent = report.rows[0]?.shown ?? expect.unreachable();
    const lines = first?.request.split("\n") ?? [];
    expect(lines[0]).toBe(`POST ${sent.request.url}`);
    for (const name of ["Content-Type", "X-SIGNATURE", "X-TIMESTAMP", "X-EXTERNAL-ID", "X-PARTNER-ID", "CHANNEL-ID"])
      expect(lines).toContain(`${name}: ${sent.request.headers[name]}`);
    expect(lines.at(-1)).toBe(sent.request.body);
    expect(first?.response).toContain("HTTP 401\n");
    expect(first?.response).toContain("\nx-timestamp: 2026-11-26T07:00:00+07:00\n");
  });

  test("has its own scenarios first, and those that were added at its end, with a note", () => {
    const { rows } = formOf(report, { language: "en" });
    expect(rows.map(({ number }) => number)).toEqual([
      ...["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "8.1", "8.2", "8.3", "8.4", "8.5", "8.6", "2.8"],
    ]);
    expect(rows.filter(({ notes }) => notes.includes("own scenario, not one of the form"))).toEqual(rows.slice(-1));
  });

  test("leaves the result of what was not tested empty, with the reason in the notes", () => {
    const row = formOf(report, { language: "id" }).rows.find(({ number }) => number === "8.1");
    expect(row).toMatchObject({ request: "", response: "", result: "", file: undefined });
    expect(row?.notes).toBe("tidak berlaku, permintaan token tidak membawa token");
  });

  test("says why a row did not pass, in the language asked for", () => {
    const notes = (language: "en" | "id") =>
      formOf(report, { language }).rows.find(({ number }) => number === "2.7")?.notes;
    expect(notes("en")).toContain("responseCode must be 4036002, but is 4036014 =HYPERLINK(");
    expect(notes("id")).toContain("responseCode harus 4036002, tetapi 4036014 =HYPERLINK(");
  });

  test("has a title and columns in Bahasa Indonesia", () => {
    const { title, labels } = formOf(report, { language: "id" });
    expect([title, ...labels.columns]).toEqual([
      "Skenario dan Hasil Uji Fungsionalitas",
      ...["No", "Layanan", "Skenario", "Hasil yang Diharapkan", "Request", "Response", "Hasil", "Catatan"],
    ]);
  });
});

describe("a folder of evidence", () => {
  test("has the form three times, and the exchanges of each row", async () => {
    const folder = newFolder();
    const write = await evidenceIn(folder);
    const files = await write(report, { language: "en" });
    const sent = report.rows.filter(({ exchanges }) => exchanges.length > 0);
    const exchanges = sent.map(({ scenario }) => `exchanges/${scenario.number}.txt`);
    expect(files.slice(0, 3)).toEqual(["functional-test.xlsx", "functional-test.html", "functional-test.md"]);
    expect(files.slice(3).sort()).toEqual(exchanges.sort());
    const text = readFileSync(join(folder, "exchanges/2.5.txt"), "utf8");
    expect(text.match(/^==== .*$/gm)).toEqual([
      expect.stringMatching(/^==== 2\.5, 1: qrCpmGenerate, preparation, \d+ ms ====$/),
      expect.stringMatching(/^==== 2\.5, 2: qrCpmPayment, \d+ ms ====$/),
      expect.stringMatching(/^==== 2\.5, 3: qrCpmGenerate, preparation, \d+ ms ====$/),
      expect.stringMatching(/^==== 2\.5, 4: qrCpmPayment, \d+ ms ====$/),
    ]);
    expect(readdirSync(join(folder, "exchanges"))).toHaveLength(exchanges.length);
  });

  test("masks tokens and secrets everywhere, and shows them when it is told to", async () => {
    const [masked, unmasked] = [newFolder(), newFolder()];
    await (await evidenceIn(masked))(report, { language: "en" });
    await (await evidenceIn(unmasked))(report, { language: "en", unmasked: true });
    const [hidden, shown] = [textsIn(masked), textsIn(unmasked)];
    expect(Object.keys(hidden).length).toBeGreaterThan(20);
    for (const [name, text] of Object.entries(hidden)) {
      for (const secret of [token, CLIENT_SECRET]) expect(text.includes(secret), name).toBe(false);
      expect(text, name).not.toContain(token.slice(5, 25));
    }
    expect(hidden["functional-test.md"]).toContain("Access tokens and secrets are masked.");
    expect(hidden["functional-test.md"]).toContain(`Authorization: Bearer ${token.slice(0, 4)}*** (${token.length})`);
    expect(shown["functional-test.md"]).toContain(`Authorization: Bearer ${token}`);
    expect(shown["functional-test.md"]).toContain("Nothing is masked");
    expect(shown["exchanges/8.6.txt"]).toContain(`"accessToken":"`);
  });

  test("is not written over, nor into a file", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "mine.txt"), "");
    await expect(evidenceIn(folder)).rejects.toMatchObject({
      code: "ERR_SNAP_INVALID_OPTION",
      message: "evidence must be a new or an empty folder, but it has files in it: evidence is not written over",
    });
    await expect(evidenceIn(join(folder, "mine.txt"))).rejects.toThrow(
      "evidence must be a new or an empty folder, but EEXIST",
    );
    expect(statSync(folder).isDirectory()).toBe(true);
  });
});

describe("what others wrote", () => {
  test("is text in HTML", () => {
    const page = htmlOf(formOf(report, { language: "en" }));
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(page).not.toContain("<script>");
    expect(page).toContain("\\u0007");
  });

  test("is text in Markdown, whatever fence it brings", () => {
    const text = markdownOf(formOf(report, { language: "en" }));
    expect(text).toContain("\n`````http\n");
    expect(text.match(/^\| 2\.7 \|.*$/m)?.[0]).toContain("\\<script\\>");
    expect(text.match(/^\| 2\.7 \|.*$/m)?.[0].match(/(?<!\\)\|/g)).toHaveLength(7);
  });

  test("is text in JUnit's XML", () => {
    const xml = junitOf(report, "en");
    expect(xml).toContain('<testsuite name="CPM Payment (60)" tests="8" failures="2" errors="0" skipped="0"');
    expect(xml).toContain('<failure type="code" message="responseCode must be 4036002');
    expect(xml).toContain("&lt;script&gt;");
    expect(xml).not.toContain("<script>");
  });
});

describe("the mask", () => {
  const mask = maskOf(['s3cret/with+signs=&"quotes', "short"]);
  test.each([
    ["as it is", 's3cret/with+signs=&"quotes'],
    ["in JSON", 's3cret/with+signs=&\\"quotes'],
    ["in JSON with escaped slashes", 's3cret\\/with+signs=&\\"quotes'],
    ["in a URL", "s3cret%2Fwith%2Bsigns%3D%26%22quotes"],
  ])("finds a secret %s", (_, text) => {
    expect(mask(`before ${text} behind`)).toBe("before s3cr*** (26) behind");
  });
  test("shows nothing of a short one", () => expect(mask("a short one")).toBe("a *** (5) one"));
  test("hides every bearer token, and every token that an answer gives out", () => {
    expect(mask("Authorization: Bearer some-token-of-somebody-else")).toBe("Authorization: Bearer some*** (27)");
    expect(mask('{"accessToken" : "some-token-of-somebody\\/else"}')).toBe('{"accessToken" : "some*** (28)"}');
  });
});
