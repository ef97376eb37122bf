// Turns the bundle into generated/types.ts: what openapi-typescript writes, with every schema under its own name.
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

/** The text of generated/types.ts. */
export async function typesModule(document: object): Promise<string> {
  const nodes = await openapiTS(document as never, {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    defaultNonNullable: false,
  });
  // a description is the text of a comment, before its tags; as a tag of its own, editors set it apart
  return astToString(nameSchemas(nodes))
    .replace(/^(\s*\* )@deprecated\n\s*\* @description (.*)$/gm, "$1$2\n$1@deprecated")
    .replace(/^(\s*\/?\*\*?) @description /gm, "$1 ");
}

/**
 * Has `QrCpmPaymentRequest` be the type itself and `components["schemas"]["QrCpmPaymentRequest"]` refer to it, in place of the other
 * way around: editors and compilers show the name of the former, and the whole structure of the latter.
 */
function nameSchemas(nodes: ts.Node[]): ts.Node[] {
  const schemas = schemasIn(nodes);
  return nodes.map((node) => {
    if (ts.isTypeAliasDeclaration(node)) {
      const schema = schemas.get(node.name.text);
      if (!schema?.type) return node;
      const named = ts.factory.updateTypeAliasDeclaration(node, node.modifiers, node.name, undefined, schema.type);
      return ts.setSyntheticLeadingComments(named, ts.getSyntheticLeadingComments(schema));
    }
    return isComponents(node) ? referring(node, new Set(schemas.values())) : node;
  });
}

const isComponents = (node: ts.Node): node is ts.InterfaceDeclaration =>
  ts.isInterfaceDeclaration(node) && node.name.text === "components";

/** The members of `components.schemas` by name. */
function schemasIn(nodes: ts.Node[]): Map<string, ts.PropertySignature> {
  const schemas = nodes.find(isComponents)?.members.find((member) => nameOf(member) === "schemas");
  if (!schemas || !ts.isPropertySignature(schemas) || !schemas.type || !ts.isTypeLiteralNode(schemas.type)) {
    throw new Error("openapi-typescript wrote no components.schemas");
  }
  return new Map(schemas.type.members.filter(ts.isPropertySignature).map((member) => [nameOf(member), member]));
}

function nameOf({ name }: ts.TypeElement): string {
  return name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : "";
}

function referring(components: ts.InterfaceDeclaration, schemas: ReadonlySet<ts.Node>): ts.Node {
  const toNames = (context: ts.TransformationContext) => (root: ts.Node) => {
    const visit = (node: ts.Node): ts.Node => {
      if (!schemas.has(node) || !ts.isPropertySignature(node)) return ts.visitEachChild(node, visit, context);
      const type = ts.factory.createTypeReferenceNode(nameOf(node));
      return ts.factory.updatePropertySignature(node, node.modifiers, node.name, node.questionToken, type);
    };
    return ts.visitNode(root, visit);
  };
  return ts.transform(components, [toNames]).transformed[0] ?? components;
}
