// The orders that the names of a body may have been hashed in.
import { type Json, type Member, mapped } from "./json-tree.ts";

/** An object with more members is not tried in every order: 8 have 40,320. */
const MOST_MEMBERS = 7;
/** Nor is anything moved in one that no contract has. */
const MOST_MOVED = 40;
/** How many orders of a body are tried at most. */
export const MAX_ORDERS = 50_000;

/**
 * A body with the members of its objects in other orders: every order of every object of up to 7 members, together where these are
 * not too many, and otherwise one object after the other. Objects with the same names, as in a list, are put in the same order. Of
 * a larger object one member is moved, or two are swapped.
 */
export function* ordersOf(json: Json): Generator<Json> {
  const shapes = shapesIn(json);
  const small = shapes.filter(({ size }) => size <= MOST_MEMBERS);
  const together = small.reduce((product, { size }) => product * factorial(size), 1);
  let count = 0;
  // one object alone first, for that is the likelier mistake
  for (const shape of shapes.filter(({ size }) => size <= MOST_MOVED)) {
    for (const order of shape.size <= MOST_MEMBERS ? permutations(shape.size) : smallMoves(shape.size)) {
      if (count === MAX_ORDERS) return;
      count += 1;
      yield arranged(json, new Map([[shape.key, order]]));
    }
  }
  if (together > MAX_ORDERS || small.length < 2) return;
  for (const orders of product(small)) yield arranged(json, orders);
}

type Order = readonly number[];

/** Objects with the same names in the same order. */
interface Shape {
  key: string;
  size: number;
}

const keyOf = (members: readonly Member[]) => members.map(({ name }) => name).join();

function shapesIn(json: Json): Shape[] {
  const shapes = new Map<string, Shape>();
  mapped(json, (its) => {
    if ("members" in its && its.members.length > 1) {
      const key = keyOf(its.members);
      shapes.set(key, { key, size: its.members.length });
    }
    return its;
  });
  return [...shapes.values()];
}

function arranged(json: Json, orders: ReadonlyMap<string, Order>): Json {
  const inOrder = (its: Json): Json => {
    if ("text" in its) return its;
    if ("items" in its) return { items: its.items.map(inOrder) };
    const order = its.members.length > 1 ? orders.get(keyOf(its.members)) : undefined;
    const members = order ? order.map((at) => its.members[at] as Member) : its.members;
    return { members: members.map(({ name, value }) => ({ name, value: inOrder(value) })) };
  };
  return inOrder(json);
}

const factorial = (size: number): number => (size < 2 ? 1 : size * factorial(size - 1));

/** Every order of so many things, the given one first. */
export function* permutations(size: number): Generator<Order> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = 0; first < size; first += 1)
    for (const rest of permutations(size - 1)) yield [first, ...rest.map((at) => (at < first ? at : at + 1))];
}

/** The orders in which one thing is moved, or two are swapped. */
function* smallMoves(size: number): Generator<Order> {
  const given = Array.from({ length: size }, (_, at) => at);
  for (const from of given) {
    for (const to of given) {
      const without = given.filter((at) => at !== from);
      yield [...without.slice(0, to), from, ...without.slice(to)];
      if (to > from + 1) yield given.map((at) => (at === from ? to : at === to ? from : at));
    }
  }
}

function* product(shapes: readonly Shape[]): Generator<ReadonlyMap<string, Order>> {
  const [first, ...rest] = shapes;
  if (!first) {
    yield new Map();
    return;
  }
  for (const order of permutations(first.size))
    for (const others of product(rest)) yield new Map([[first.key, order], ...others]);
}
