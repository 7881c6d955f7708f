// Neo4j's own Cypher parser over texts: a JSON array of texts on standard input, for each a list of errors on the output.
import { readFileSync } from "node:fs";
import { isNotParamError, lintCypherQuery } from "@neo4j-cypher/language-support";

const ERROR = 1;
// Parameters are bound when a statement runs; here none is known.
const texts = JSON.parse(readFileSync(0, "utf8"));
const found = texts.map((text) => {
  const { diagnostics } = lintCypherQuery(text, {});
  return diagnostics
    .filter((one) => one.severity === ERROR && isNotParamError(one))
    .map((one) => ({ line: one.range.start.line + 1, column: one.range.start.character + 1, message: one.message }));
});
process.stdout.write(JSON.stringify(found));
