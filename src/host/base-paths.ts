// A receiver under any base path: where the caller, and not the server, says what stands before the path of an operation.
import type { SnapHandler } from "../receiver/handler.ts";
import { pathOf, targetInRequestLine, targetOf, WireRequest } from "../receiver/target.ts";

/** How many base paths are kept apart: beyond that it is somebody who tries them out. */
const MAX_BASE_PATHS = 100;

/**
 * Makes a receiver of many, one a base path, each made when it is called first.
 * @param paths the paths of the operations, which stand at the end of a request's path
 */
export function underAnyBasePath(paths: readonly string[], make: (basePath: string) => SnapHandler): SnapHandler {
  const plain = make("");
  const made = new Map([["", plain]]);
  const at = (target: string): SnapHandler => {
    const path = pathOf(target);
    const operation = paths.find((each) => path.endsWith(each));
    const basePath = operation === undefined ? "" : path.slice(0, -operation.length);
    // a slash at its end would not be one before the operation's
    if (!/^(\/[\w.~-]+)*$/.test(basePath)) return plain;
    const known = made.get(basePath);
    if (known || made.size === MAX_BASE_PATHS) return known ?? plain;
    const handler = make(basePath);
    made.set(basePath, handler);
    return handler;
  };
  const receive = (request: Request, second?: unknown) => {
    const wire = second instanceof WireRequest ? second : undefined;
    const handler = at(targetOf(request, wire));
    return wire ? handler(request, wire) : handler(request);
  };
  return Object.assign(receive, {
    refuse: (...[status, about]: Parameters<SnapHandler["refuse"]>) =>
      at(targetInRequestLine(about.target ?? "/")).refuse(status, about),
    serves: (target: string) => at(targetInRequestLine(target)).serves(target),
  });
}
