// What a property's type leaves out, in words at the end of its description: viewers and editors show a description, and no extension.
import { resolved, type Schema } from "./bundle.ts";

const PRESENCE: Readonly<Record<string, string>> = { M: "Mandatory.", O: "Optional." };

const capital = (text: string) => text.replace(/^[a-z]/, (letter) => letter.toUpperCase());

function wordsOf(property: Schema): string[] {
  const { maxLength, enum: values, const: value } = property;
  const { "x-snap-condition": condition, "x-snap-presence": presence = "", "x-snap-format": format } = property;
  const isListed = values !== undefined || value !== undefined;
  const words = [
    condition ?? PRESENCE[presence],
    format && `${capital(format)}.`,
    maxLength !== undefined && !isListed && !format && `At most ${maxLength} characters.`,
  ];
  return words.filter((word) => typeof word === "string" && word !== "") as string[];
}

/** Ends the description of every body property with its presence, its condition, and its form or length; that of a status lists them. */
export function sayInWords(schemas: Record<string, Schema>): void {
  const visit = (schema: Schema) => {
    const states = Object.entries(schema["x-snap-states"] ?? {});
    if (states.length)
      schema.description = `${schema.description} ${states.map(([status, { name }]) => `\`${status}\` ${name}`).join(", ")}.`;
    for (const property of Object.values(schema.properties ?? {})) {
      if (property["x-snap-presence"]) {
        const target = property.$ref ? resolved(property, schemas) : {};
        property.description = `${(property.description ?? "").trim()} ${wordsOf({ ...target, ...property }).join(" ")}`;
      }
      visit(property);
    }
    if (schema.items) visit(schema.items);
  };
  Object.values(schemas).forEach(visit);
}
