// Colours SPARQL and Cypher: texts that are only read, and fields while somebody types. A field stays a plain field;
// its text, made transparent, stands exactly over the same text in colour, which nothing but the eye meets. Text is
// only ever set as text.

const STRING = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/u;
const NUMBER = /(?<![\p{L}\p{N}_])\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/u;

/** Some words of a language as whole words in any case; not where they are a part of a longer name. */
const words = (text) => new RegExp(`(?<![\\p{L}\\p{N}_:.-])(?:${text.trim().split(/\s+/).join("|")})(?![\\p{L}\\p{N}_:-])`, "iu");

const GRAMMARS = {
  sparql: {
    iri: /<[^<>"{}|^`\\\s]*>/u,
    comment: /#[^\n]*/u,
    string: new RegExp(`"""[\\s\\S]*?"""|'''[\\s\\S]*?'''|${STRING.source}|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*`, "u"),
    variable: /[?$][\p{L}\p{N}_]+/u,
    number: NUMBER,
    keyword: words(`
      SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK FROM NAMED WHERE PREFIX BASE GROUP BY HAVING ORDER ASC DESC LIMIT
      OFFSET VALUES UNDEF OPTIONAL UNION MINUS GRAPH SERVICE SILENT FILTER BIND AS NOT EXISTS IN a true false
      COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL
      FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY
      NOW UUID STRUUID COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE`),
    name: /[\p{L}\p{N}_-]*:[\p{L}\p{N}_%.~-]*/u,
  },
  cypher: {
    comment: /\/\/[^\n]*|\/\*[\s\S]*?\*\//u,
    string: STRING,
    variable: /\$[\p{L}\p{N}_]+/u,
    number: NUMBER,
    name: /(?<=[(\[|:&!\p{L}\p{N}_]):[\p{L}_][\p{L}\p{N}_]*|(?<=:[\p{L}\p{N}_|:]*\|):?[\p{L}_][\p{L}\p{N}_]*|`[^`\n]*`/u,
    keyword: words(`
      MATCH OPTIONAL WHERE RETURN WITH UNWIND AS ORDER BY SKIP LIMIT ASC ASCENDING DESC DESCENDING DISTINCT UNION ALL
      AND OR XOR NOT IN IS NULL STARTS ENDS CONTAINS CASE WHEN THEN ELSE END EXISTS COUNT COLLECT CALL YIELD true false
      SUM MIN MAX AVG SIZE LABELS TYPE ID KEYS NODES RELATIONSHIPS LENGTH COALESCE HEAD LAST RANGE REDUCE TOSTRING TOINTEGER
      TOFLOAT TOLOWER TOUPPER TRIM REPLACE SPLIT SUBSTRING DATE SHORTESTPATH ANY NONE SINGLE`),
  },
};

const READERS = Object.fromEntries(Object.entries(GRAMMARS).map(([language, kinds]) => [
  language, new RegExp(Object.entries(kinds).map(([kind, one]) => `(?<${kind}>${one.source})`).join("|"), "giu"),
]));

/** A text in pieces: plain text, and a span for each piece of a kind. */
export function coloured(language, text) {
  const found = document.createDocumentFragment();
  let last = 0;
  for (const match of text.matchAll(READERS[language])) {
    const [kind] = Object.entries(match.groups).find(([, piece]) => piece !== undefined);
    found.append(text.slice(last, match.index));
    const span = document.createElement("span");
    span.className = `t-${kind}`;
    span.textContent = match[0];
    found.append(span);
    last = match.index + match[0].length;
  }
  found.append(text.slice(last));
  return found;
}

for (const one of document.querySelectorAll("pre[data-code]")) {
  one.replaceChildren(coloured(one.dataset.code, one.textContent));
}

for (const field of document.querySelectorAll("textarea[data-code]")) {
  const behind = document.createElement("pre");
  behind.setAttribute("aria-hidden", "true");
  behind.lang = field.lang;
  field.before(behind);
  // The last line is there also while it is empty.
  const draw = () => behind.replaceChildren(coloured(field.dataset.code, field.value), "\n");
  field.addEventListener("input", draw);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
  });
  field.form.querySelector("button").title = "Ctrl+Enter";
  addEventListener("pageshow", draw);  // the browser puts back what was typed before
  draw();
  field.parentElement.classList.add("live");
}
