// What differs between a profile and its base is what the actions of its overlay say, and each of them says something.
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { derive } from "../../src/generate/derive.ts";
import type { Facts } from "../../src/generate/facts.ts";
import type { Action } from "../../src/generate/overlay.ts";
import {
  baseOf,
  documentOf,
  factsOf,
  historyOf,
  type Json,
  type Location,
  locationsOf,
  names,
  nodeAt,
  overlayOf,
} from "../support/profiles.ts";

/** Where two documents differ: the deepest places, a list as a whole, and the order of an object's members at the object. */
function differences(before: unknown, after: unknown, at: Location = []): Location[] {
  if (isDeepStrictEqual(before, after)) return [];
  const isObject = (node: unknown): node is Json => typeof node === "object" && node !== null && !Array.isArray(node);
  if (!isObject(before) || !isObject(after)) return [at];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) => {
    if (!Object.hasOwn(before, key) || !Object.hasOwn(after, key)) return [[...at, key]];
    return differences(before[key], after[key], [...at, key]);
  });
}

/** The places where the order of members differs, which equality looks past. */
function orders(before: unknown, after: unknown, at: Location = []): Location[] {
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null) return [];
  const shared = Object.keys(before).filter((key) => Object.hasOwn(after, key));
  const now = Object.keys(after).filter((key) => Object.hasOwn(before, key));
  return [
    ...(shared.join() === now.join() ? [] : [at]),
    ...shared.flatMap((key) => orders((before as Json)[key], (after as Json)[key], [...at, key])),
  ];
}

const isWithin = (place: Location, outer: Location) =>
  outer.every((key, index) => String(place[index]) === String(key));

/** Whether an action, in the state that it finds, changes a place, something in it, or something that it is in. */
function explains({ target, update, remove }: Action, before: Facts, place: Location): boolean {
  return locationsOf(before, target).some((location) => {
    // of a list, any item explains that it differs as a whole
    if (isWithin(location, place)) return true;
    if (!isWithin(place, location)) return false;
    if (remove) return true;
    const rest = place.slice(location.length);
    const owner = nodeAt(update, rest.slice(0, -1));
    return typeof owner === "object" && owner !== null && Object.hasOwn(owner, String(rest.at(-1)));
  });
}

const nameOf = (place: Location) => place.join(".");

describe.each(names)("%s", (name) => {
  const { actions, info } = overlayOf(name);
  const states = historyOf(name);
  const base = factsOf(baseOf(name));
  const found = differences(base, factsOf(name));
  const moved = orders(base, factsOf(name));
  const explainers = (place: Location) =>
    actions.flatMap((action, at) => (explains(action, states[at] as Facts, place) ? [at] : []));

  test("every difference lies under an action's target and in what it says", () => {
    expect([...found, ...moved].filter((place) => explainers(place).length === 0).map(nameOf)).toEqual([]);
  });

  test("every action explains a difference", () => {
    const idle = new Set(actions.keys());
    for (const place of [...found, ...moved]) for (const at of explainers(place)) idle.delete(at);
    expect([...idle].map((at) => actions[at]?.target)).toEqual([]);
  });

  test("every action says where it was read, and when", () => {
    for (const { target, description = "" } of actions) {
      expect(description, target).toMatch(/ https:\/\/\S+\.\S+, 20\d\d-\d\d(-\d\d)?\.$/);
      expect(description.split(" https://")[0]?.length, target).toBeGreaterThan(10);
    }
  });

  test("says whose dialect it is, what it builds on, and that it is not theirs officially", () => {
    expect(info.description).toMatch(/not official|not \S+( \S+)? own/);
    expect(info.description).toMatch(/[Bb]uilt on\s+the\s+(2025\s+edition|published\s+contract)/);
    expect(info.title.length).toBeGreaterThan(2);
  });

  test("its document is what is derived from its facts, and differs from its base's only in what follows from them", () => {
    const document = documentOf(name);
    const { info: _info, ...derived } = JSON.parse(JSON.stringify(derive(factsOf(name)))) as Facts;
    const { info: _told, ...written } = document;
    expect(written).toEqual(derived);
    const before = documentOf(baseOf(name));
    const untouched = Object.keys(document.components.schemas).filter(
      (schema) =>
        base.components.schemas[schema] !== undefined &&
        reachOf(base, schema) === reachOf(factsOf(name), schema) &&
        !acceptsNull(factsOf(name), schema),
    );
    for (const schema of untouched)
      expect(document.components.schemas[schema], schema).toEqual(before.components.schemas[schema]);
    expect(untouched.length).toBeGreaterThan(1);
  });
});

/** A schema with all that it refers to, as text. */
function reachOf({ components }: Facts, name: string): string {
  const seen = new Set([name]);
  for (const each of seen)
    for (const [, other = ""] of JSON.stringify(components.schemas[each] ?? {}).matchAll(
      /"#\/components\/schemas\/(\w+)"/g,
    ))
      seen.add(other);
  return JSON.stringify([...seen].map((each) => components.schemas[each]));
}

/** Whether null is written into a schema, for it is the request of an operation that allows it. */
function acceptsNull({ paths }: Facts, name: string): boolean {
  return Object.values(paths).some(
    ({ post }) =>
      post["x-snap-null"] === "optional" &&
      post.requestBody.content["application/json"].schema.$ref === `#/components/schemas/${name}`,
  );
}

test("a difference that no action explains is found, and an action that explains none", () => {
  const facts = structuredClone(factsOf("dana"));
  Object.assign(facts.components.schemas.QrCpmPaymentRequest?.properties?.title ?? {}, { maxLength: 9 });
  const [place = []] = differences(factsOf("dana"), facts);
  expect(nameOf(place)).toBe("components.schemas.QrCpmPaymentRequest.properties.title.maxLength");
  const { actions } = overlayOf("dana");
  expect(actions.some((action, at) => explains(action, historyOf("dana")[at] as Facts, place))).toBe(false);
  const idle: Action = { target: "$.components.schemas.Amount", update: { title: "Money" } };
  expect(differences(factsOf("dana"), facts).some((each) => explains(idle, factsOf("dana"), each))).toBe(false);
});
