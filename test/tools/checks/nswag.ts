// C#: NSwag's program for .NET Framework, and what it generates, under Debian's mono.
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, packageFolder } from "../support/context.ts";

const LIBRARIES = ["System.Net.Http", "System.ComponentModel.DataAnnotations", "System.Runtime.Serialization"];

/** The program also validates each sample by the generated attributes. */
export const copy30: Check = async (context) => {
  const folder = join(packageFolder("nswag"), "bin/binaries/Win");
  // without it a status that is missing from a 202 reads as the first value, "00", success
  const nullable = "/generateOptionalPropertiesAsNullable:true";
  const options = ["/output:Client.cs", "/namespace:Snap", "/className:SnapClient", nullable];
  const input = `/input:${context.contract.openapi30}`;
  await context.run("mono", [join(folder, "NSwag.exe"), "openapi2csclient", input, ...options]);
  copyFileSync(join(folder, "Newtonsoft.Json.dll"), context.path("Newtonsoft.Json.dll"));
  context.copy("csharp/Main.cs");
  context.writeCalls();
  const references = [...LIBRARIES, "Newtonsoft.Json", "Facades/netstandard"].map((name) => `-r:${name}.dll`);
  await context.run("mcs", ["-nowarn:1591", "-out:main.exe", ...references, "Client.cs", "Main.cs"]);
  await context.run("mono", ["main.exe"]);
  context.checkExchange({ nullIsMissing: true });
};
