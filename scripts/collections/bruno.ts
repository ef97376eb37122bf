// The collection as Bruno has it: its files, by `@usebruno/lang`, and as one document, which `@usebruno/converters` turns into
// Postman's. That converter is Bruno's own, and takes tests and saved answers along; one from OpenAPI brings samples of the signing
// headers, which a proxy that keeps the caller's headers would keep, and no tests.
import { createRequire } from "node:module";
import type { Call, Collection, Folder } from "./collection.ts";

/** A file's path below the collection's folder, and its text. */
export type Files = Map<string, string>;

/** The two packages, which have no types. They are installed here, and not with the project. */
function load() {
  const require = createRequire(import.meta.url);
  const { jsonToBruV2, jsonToCollectionBru } = require("@usebruno/lang") as {
    jsonToBruV2(request: object): string;
    jsonToCollectionBru(folder: object): string;
  };
  const { brunoToPostman } = require("@usebruno/converters") as {
    brunoToPostman(collection: object): Promise<{ variable?: { key: string }[] }>;
  };
  return { jsonToBruV2, jsonToCollectionBru, brunoToPostman };
}

const written = (body: unknown) => JSON.stringify(body, null, 2);
const urlOf = ({ path }: Call) => `{{baseUrl}}${path}`;
const headersOf = ({ prefer }: Call) => [
  { name: "Content-Type", value: "application/json", enabled: true },
  ...(prefer === undefined ? [] : [{ name: "Prefer", value: prefer, enabled: true }]),
];
const ANSWER_HEADERS = [{ name: "Content-Type", value: "application/json", enabled: true }];

/** The files of the collection. */
export function brunoFiles(collection: Collection): Files {
  const { jsonToBruV2, jsonToCollectionBru } = load();
  const { name, docs, variables, folders } = collection;
  const files: Files = new Map();
  files.set("bruno.json", `${written({ version: "1", name, type: "collection", ignore: ["node_modules", ".git"] })}\n`);
  const vars = Object.entries(variables).map(([key, value]) => ({ name: key, value, enabled: true }));
  files.set("collection.bru", jsonToCollectionBru({ meta: { type: "collection" }, vars: { req: vars }, docs }));

  function addFolder(folder: Folder, seq: number, parent: string): void {
    const at = `${parent}${folder.file}/`;
    files.set(`${at}folder.bru`, jsonToCollectionBru({ meta: { name: folder.name, seq }, docs: folder.docs }));
    for (const [index, call] of folder.calls.entries())
      files.set(`${at}${call.file}.bru`, requestFile(call, index + 1));
    for (const [index, inner] of folder.folders.entries()) addFolder(inner, index + 1, at);
  }

  function requestFile(call: Call, seq: number): string {
    const json = written(call.body);
    return jsonToBruV2({
      meta: { name: call.name, type: "http", seq },
      http: { method: "post", url: urlOf(call), body: "json", auth: "none" },
      headers: headersOf(call),
      body: { json },
      ...(call.script !== undefined && { script: { req: call.script } }),
      tests: call.tests,
      docs: call.docs,
      examples: call.answers.map((answer) => ({
        name: answer.name,
        description: answer.description,
        request: { url: urlOf(call), method: "post", mode: "none", headers: headersOf(call) },
        response: {
          status: answer.status,
          statusText: answer.name,
          headers: ANSWER_HEADERS,
          body: { type: "json", content: written(answer.body) },
        },
      })),
    });
  }

  for (const [index, folder] of folders.entries()) addFolder(folder, index + 1, "");
  return files;
}

/** The collection as Postman has it. */
export async function postmanCollection({ name, docs, variables, folders }: Collection): Promise<object> {
  const itemOf = (call: Call, seq: number) => ({
    type: "http-request",
    name: call.name,
    seq,
    request: {
      method: "POST",
      url: urlOf(call),
      params: [],
      headers: headersOf(call),
      auth: { mode: "none" },
      body: { mode: "json", json: written(call.body) },
      script: call.script === undefined ? {} : { req: call.script },
      tests: call.tests,
      docs: call.docs,
    },
    examples: call.answers.map((answer) => ({
      name: answer.name,
      type: "http-request",
      request: { url: urlOf(call), method: "POST", params: [], headers: headersOf(call), body: { mode: "none" } },
      response: {
        status: String(answer.status),
        statusText: answer.name,
        headers: ANSWER_HEADERS,
        body: { type: "json", content: written(answer.body) },
      },
    })),
  });
  const folderOf = (folder: Folder, seq: number): object => ({
    type: "folder",
    name: folder.name,
    seq,
    items: [
      ...folder.calls.map((call, at) => itemOf(call, at + 1)),
      ...folder.folders.map((inner, at) => folderOf(inner, folder.calls.length + at + 1)),
    ],
  });
  const vars = Object.entries(variables).map(([key, value]) => ({ name: key, value, enabled: true }));
  const converted = await load().brunoToPostman({
    version: "1",
    name,
    root: { docs, request: { vars: { req: vars } } },
    items: folders.map((folder, at) => folderOf(folder, at + 1)),
  });
  // the converter adds an empty variable for each {{name}} that it finds, which hides Postman's own {{$guid}}
  const variable = (converted.variable ?? []).filter(({ key }) => key in variables);
  return withoutEmpty({ ...converted, variable }) as object;
}

/** Without the lists, objects and texts that say nothing, which would be a third of the file. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, withoutEmpty(member)] as const);
  const isEmpty = (member: unknown) =>
    member === "" || (typeof member === "object" && member !== null && Object.keys(member).length === 0);
  return Object.fromEntries(members.filter(([, member]) => !isEmpty(member)));
}
