// Writes the classes of all controls of ipywidgets from schema.json, which make_schema.py has made:
// `node kernel-ext/widgets/controls/generate.mjs`. What a class does besides holding values is in the
// class above it, written by hand.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { bases, files } from "./plan.mjs";

const LINE = 100;

/** The sources by their file names, for the schema of make_schema.py. */
export function sourcesOf(schema) {
  const classes = new Map(schema.widgets.map((widget) => [widget.name, widget]));
  const fileOf = new Map(
    Object.entries(files).flatMap(([file, names]) => names.map((name) => [name, file])),
  );
  const missing = [...classes.keys()].filter((name) => !fileOf.has(name));
  if (missing.length > 0) throw new Error(`plan.mjs has no file for ${missing.join(", ")}`);
  return new Map(
    Object.entries(files).map(([file, names]) => [
      `${file}.ts`,
      sourceOf(
        file,
        names.map((name) => classes.get(name)),
        fileOf,
        schema,
      ),
    ]),
  );
}

function sourceOf(file, widgets, fileOf, schema) {
  const imports = new Map();
  const use = (path, name) => imports.set(path, (imports.get(path) ?? new Set()).add(name));
  const refer = (name) => {
    if (fileOf.get(name) !== file) use(`./${fileOf.get(name)}.js`, name);
  };
  const classes = widgets.map((widget) => classOf(widget, use, refer));
  const lines = [...imports].sort(([a], [b]) => order(a, b)).map(importLine);
  const made = `// Made by generate.mjs from schema.json, of ipywidgets ${schema.ipywidgets}. Do not edit.`;
  return `${made}\n${lines.join("\n")}\n\n${classes.join("\n\n")}\n`;
}

// Parent folders first, as the linter sorts imports.
function order(a, b) {
  return Number(a.startsWith("./")) - Number(b.startsWith("./")) || (a < b ? -1 : 1);
}

function importLine([path, names]) {
  const sorted = [...names].sort((a, b) => (plain(a) < plain(b) ? -1 : 1));
  const allTypes = sorted.every((name) => name.startsWith("type "));
  const list = allTypes ? sorted.map(plain) : sorted;
  const head = allTypes ? "import type" : "import";
  const line = `${head} { ${list.join(", ")} } from "${path}";`;
  if (line.length <= LINE) return line;
  return `${head} {\n${list.map((name) => `  ${name},`).join("\n")}\n} from "${path}";`;
}

function plain(name) {
  return name.replace(/^type /, "");
}

function classOf(widget, use, refer) {
  const { name, help, model, view, traits } = widget;
  const base = baseOf(widget);
  const { path, table, has = [], of = "", more = [] } = bases[base];
  use(path, base);
  if (table !== undefined) use(bases[table.from].path, table.name);
  for (const { path: from, name: other } of more) use(from, other);
  use("../trait-spec.js", "type TraitTable");
  use("../widget.js", "type PageClass");

  const own = traits.filter((trait) => !has.includes(trait.name));
  const fields = own
    .filter((trait) => !trait.name.startsWith("_"))
    .flatMap((trait) => fieldOf(trait, use, refer));
  const inTable = table === undefined ? [] : table.has;
  const entries = [
    ...(table === undefined ? [] : [`    ...${table.name},`]),
    ...more.map(({ name: other }) => `    ...${other},`),
    ...traits
      .filter((trait) => !inTable.includes(trait.name) || !isUsual(trait))
      .map((trait) => `    ${trait.name}: ${specOf(trait, refer)},`),
  ];
  const generic = of === "" ? ["", ""] : [`<${of} = any>`, `<${of}>`];
  const self = `${name}${generic[1]}`;
  return [
    `/** ${sentence(help, name)} */`,
    ...(of === ""
      ? []
      : ["// biome-ignore lint/suspicious/noExplicitAny: whatever the options are"]),
    `export class ${name}${generic[0]} extends ${base}${generic[1]} {`,
    `  static override readonly model: PageClass = ${list(model)};`,
    `  static override readonly view: PageClass = ${list(view)};`,
    entries.length === 0
      ? "  static override readonly traits: TraitTable = {};"
      : `  static override readonly traits: TraitTable = {\n${entries.join("\n")}\n  };`,
    ...fields,
    "",
    ...constructorOf(base, self, use),
    "}",
  ].join("\n");
}

/** Whether a trait of a table has the table's default, which is an empty value. */
function isUsual({ default: value }) {
  return value === null || value === "" || value === false || value.length === 0;
}

function constructorOf(base, self, use) {
  if (bases[base].content === true) {
    use("../box-widget.js", "type BoxContent");
    use("../widget-types.js", "type WidgetOptions");
    const types = `content?: BoxContent<${self}>, options?: WidgetOptions<${self}>`;
    return [`  constructor(${types}) {`, "    super(content, options);", "  }"];
  }
  use("../widget-types.js", "type WidgetOptions");
  return [`  constructor(options?: WidgetOptions<${self}>) {`, "    super(options);", "  }"];
}

function baseOf({ name, traits }) {
  for (const [base, { classes = [] }] of Object.entries(bases)) {
    if (classes.includes(name)) return base;
  }
  const names = traits.map((trait) => trait.name);
  if (names.includes("description_allow_html")) return "DescriptionWidget";
  return names.includes("layout") ? "DOMWidget" : "Widget";
}

function fieldOf(trait, use, refer) {
  const property = trait.name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const doc = trait.help === "" ? [] : [`  /** ${sentence(trait.help, property)} */`];
  if (trait.type === "widget") {
    refer(trait.widget);
    use("../widget-types.js", "type WidgetOptions");
    const { widget } = trait;
    return [
      "",
      ...doc,
      `  get ${property}(): ${widget} {`,
      `    return this.get("${trait.name}") as ${widget};`,
      "  }",
      `  set ${property}(value: ${widget} | WidgetOptions<${widget}>) {`,
      `    this.set({ ${property}: value });`,
      "  }",
    ];
  }
  const nullable = trait.nullable === true ? " | null" : "";
  const type = `${typeOf(trait, use, refer)}${nullable}`;
  const modifier = trait.readOnly === true ? "readonly " : "";
  const lines = [...doc, `  declare ${modifier}${property}: ${type};`];
  if (property === trait.name) return lines;
  const alias = `  /** \`${property}\`, as ipywidgets spells it. */`;
  return [...lines, alias, `  declare ${modifier}${trait.name}: ${type};`];
}

function typeOf(trait, use, refer) {
  switch (trait.type) {
    case "string":
    case "color":
    case "numberFormat":
      return "string";
    case "boolean":
      return "boolean";
    case "integer":
    case "number":
      return "number";
    case "choice":
      return trait.values.map((value) => JSON.stringify(value)).join(" | ");
    case "date":
    case "datetime":
    case "naiveDatetime":
      return "Date";
    case "time":
      use("../time-of-day.js", "type TimeOfDay");
      return "TimeOfDay";
    case "files":
      use("../trait-wire.js", "type UploadedFile");
      return "readonly UploadedFile[]";
    case "bytes":
      return "Uint8Array";
    case "list": {
      const item = typeOf(trait.of, use, refer);
      return `readonly ${item.includes(" ") ? `(${item})` : item}[]`;
    }
    case "tuple":
      return `readonly [${trait.of.map((item) => typeOf(item, use, refer)).join(", ")}]`;
    case "union":
      return trait.of.map((item) => typeOf(item, use, refer)).join(" | ");
    case "widget":
      if (trait.widget === "Widget") use("../widget.js", "type Widget");
      else refer(trait.widget);
      return trait.widget;
    default:
      return "unknown";
  }
}

function specOf(trait, refer, item = false) {
  const parts = [`type: ${JSON.stringify(trait.type)}`];
  if (trait.type === "choice") parts.push(`values: ${list(trait.values)}`);
  if (trait.type === "list") parts.push(`of: ${specOf(trait.of, refer, true)}`);
  if (trait.type === "tuple" || trait.type === "union") {
    parts.push(`of: [${trait.of.map((part) => specOf(part, refer, true)).join(", ")}]`);
  }
  if (trait.type === "widget" && !item) {
    refer(trait.widget);
    parts.push(`make: () => ${trait.widget}`);
  }
  if (!item && trait.type === "bytes") parts.push("default: new Uint8Array()");
  else if (!item && trait.default !== null) parts.push(`default: ${JSON.stringify(trait.default)}`);
  for (const key of ["nullable", "readOnly"]) if (trait[key] === true) parts.push(`${key}: true`);
  if (trait.echo === false) parts.push("echo: false");
  return `{ ${parts.join(", ")} }`;
}

function list(values) {
  return `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;
}

/** A sentence of the schema's, on one line. */
function sentence(text, name) {
  const line = text.replaceAll("*/", "* /").replace(/\s+/g, " ").trim();
  if (line === "") return `\`${name}\` of ipywidgets.`;
  return /[.!?)]$/.test(line) ? line : `${line}.`;
}

/** A source as the formatter leaves it. */
export function formatted(name, text) {
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  const args = [biome, "check", "--write", `--stdin-file-path=kernel-ext/widgets/controls/${name}`];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { input: text });
  if (status !== 0) throw new Error(String(stderr));
  return String(stdout);
}

function main() {
  const here = (name) => fileURLToPath(new URL(name, import.meta.url));
  const schema = JSON.parse(readFileSync(here("schema.json"), "utf8"));
  for (const [name, text] of sourcesOf(schema)) writeFileSync(here(name), formatted(name, text));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
