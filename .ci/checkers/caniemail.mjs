// Which features in HTML files are missing, or only partly there, in the mail programs that matter.
import { readFileSync } from "node:fs";
import { caniemail } from "caniemail";

const clients = ["outlook.windows", "outlook.outlook-com", "gmail.*"];
const found = {};
for (const file of process.argv.slice(2)) {
  const { issues } = caniemail({ clients, html: readFileSync(file, "utf8") });
  for (const kind of [issues.errors, issues.warnings]) {
    for (const [client, list] of kind) {
      for (const { title } of list) (found[title] ??= new Set()).add(client);
    }
  }
}
const sorted = Object.keys(found).sort().map((title) => [title, [...found[title]].sort()]);
console.log(JSON.stringify(Object.fromEntries(sorted)));
