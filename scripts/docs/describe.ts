// Presence, conditions and errata of the contract as the page tells them: a page shows descriptions, and hides extensions or shows
// them raw.

/** A node of the document. */
export type Node = { [key: string]: unknown };

/** Where the page has an entry of the register. */
export const anchorOf = (id: string) => id.toLowerCase();
/** A link to it. */
export const linkTo = (id: string) => `[${id}](#/errata/${anchorOf(id)})`;

/** Writes the errata into the descriptions, everywhere in the document. */
export function spellOut(document: Node): void {
  const untouched = structuredClone((document.components as { schemas: Record<string, Node> }).schemas);
  /** A schema as it was before; undefined when a node does not refer to one. */
  const targetOf = (ref: unknown): Node | undefined =>
    typeof ref === "string" && ref.startsWith("#/components/schemas/")
      ? untouched[ref.split("/").at(-1) ?? ""]
      : undefined;

  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    if (typeof node !== "object" || node === null || Array.isArray(node)) return;
    const element = node as Node;
    if (typeof element.description === "string") {
      element.description = describe(element, element.description, targetOf(element.$ref));
    }
    for (const [key, value] of Object.entries(element)) if (key !== "examples" && key !== "example") visit(value);
  };
  visit(document);
}

/** A description with its errata. The page shows what stands beside a reference, and not what it leads to, so say both. */
function describe(element: Node, description: string, target: Node | undefined): string {
  const ids = [element, target].flatMap((source) => (source?.["x-snap-errata"] as string[] | undefined) ?? []);
  return [
    unwrapped(description),
    target && !description.includes(String(target.description).trim()) && unwrapped(String(target.description)),
    ids.length > 0 && `Errata: ${[...new Set(ids)].map(linkTo).join(", ")}`,
  ]
    .filter(Boolean)
    .join(" ");
}

/** A text in which each paragraph is one line: the page's search joins the words on both sides of a line break. */
export function unwrapped(text: string): string {
  const parts = text.trim().split(/(^```.*?^```$)/ms);
  // every other part is a block of code; lines of tables, lists and headings stay lines
  return parts.map((part, index) => (index % 2 ? part : part.replace(/^([^#\n].*)\n(?=[^\s|#-])/gm, "$1 "))).join("");
}
