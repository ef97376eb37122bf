// Go: quicktype's models from the contract's schemas, with Go's own HTTP client.
import { largeLetter } from "../support/calls.ts";
import type { Check } from "../support/context.ts";

export const go: Check = async (context) => {
  const source = `${context.contract.json}#/components/schemas/`;
  await context.tool("quicktype", "quicktype", [
    "-s",
    "schema",
    "-l",
    "go",
    "--package",
    "main",
    "-o",
    "models.go",
    source,
  ]);
  const requests = new Set(context.calls.map(({ schema }) => schema));
  const answers = new Set(context.calls.flatMap(({ answerSchema }) => answerSchema ?? []));
  const reader = (schema: string, code: string) => `	"${schema}": func(body []byte) (string, []byte, error) {
		model, err := Unmarshal${largeLetter(schema)}(body)
		if err != nil {
			return "", nil, err
		}
		written, err := model.Marshal()
		return ${code}, written, err
	},
`;
  const readers = [
    ...[...requests].map((schema) => reader(schema, '""')),
    ...[...answers].map((schema) => reader(schema, "string(model.ResponseCode)")),
  ];
  context.write("readers.go", `package main\n\nvar readers = map[string]reader{\n${readers.join("")}}\n`);
  context.copy("go/main.go");
  context.write("go.mod", "module snap\n\ngo 1.19\n");
  context.needNames();
  context.writeCalls();
  const env = { GOFLAGS: "-mod=mod", GOPROXY: "off", GOCACHE: context.path("cache"), GOPATH: context.path("path") };
  await context.run("go", ["vet", "."], { env });
  await context.run("go", ["run", "."], { env });
  context.checkExchange({ nullIsMissing: true, emptyIsMissing: true });
};
