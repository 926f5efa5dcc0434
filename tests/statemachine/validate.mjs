// Validates state machine files with two validators: node validate.mjs <folder of node_modules> <file>…
// Prints a JSON object: for each file the faults that each validator found.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, ...files] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/`));
const { TextDocument } = require("vscode-languageserver-textdocument");
const language = require("amazon-states-language-service");
const validator = require("asl-validator");

const faults = {};
for (const file of files) {
  const text = readFileSync(file, "utf8");
  const document = TextDocument.create(`file://${file}`, "asl", 1, text);
  const service = language.getLanguageService({});
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  const checked = validator(JSON.parse(text));
  faults[file] = {
    "amazon-states-language-service": found.map((each) => `line ${each.range.start.line + 1}: ${each.message}`),
    "asl-validator": checked.errors.map((each) => each.Message ?? each.message ?? JSON.stringify(each)),
  };
}
console.log(JSON.stringify(faults));
