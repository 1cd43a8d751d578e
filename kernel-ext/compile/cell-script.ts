import type * as TypeScript from "@tslab/typescript-for-tslab";
import { addGuards, GUARD_VARIABLES } from "./guards.js";
import type { Compiler } from "./load-compiler.js";
import { assignment, handOver, namesInFunctions } from "./shared-variables.js";
import { TextEdits } from "./text-edits.js";

/** A cell as the body of a function `(exports: CellRuntime, require) => …`. */
export interface CellScript {
  /** Line for line what tslab emitted. */
  code: string;
  /** Whether the function is to be async. */
  awaits: boolean;
  /** What the cell imports, to be loaded before it runs. */
  imports: string[];
}

/**
 * Makes what tslab's converter emits, an ES module that finds the variables of other cells in
 * `exports`, into a script for the runtime: with the cell's variables open to other cells, imports
 * from modules already loaded, and guards.
 *
 * @param lastExpression the name that tslab gave to the value of the last expression.
 */
export function cellScript(
  ts: Compiler,
  emitted: string,
  lastExpression: string | undefined,
): CellScript {
  const source = ts.createSourceFile("cell.js", emitted, ts.ScriptTarget.ES2022, true);
  const edits = new TextEdits();
  const replace = (node: TypeScript.Node, by: string, end = node.end): void =>
    edits.replace(emitted, node.getStart(source), end, by);
  const names = new Set<string>();
  const readOnly = new Set<string>();
  const imported = new Set<string>();
  const others = new Set<string>();
  const imports: { specifier: string; binding: string }[] = [];
  let head = "";
  edits.insert(0, () => head);
  // Before what is replaced, because a guard may stand before the same word.
  const awaits = addGuards(ts, source, edits);

  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      for (const name of exportedNames(ts, statement)) names.add(name);
      replace(statement, "");
    } else if (ts.isImportDeclaration(statement)) {
      const specifier = (statement.moduleSpecifier as TypeScript.StringLiteral).text;
      imports.push({ specifier, binding: importBinding(ts, statement, imported) });
      replace(statement, "");
    } else if (ts.isVariableStatement(statement)) {
      const { declarations, flags } = statement.declarationList;
      const first = declarations[0];
      if (first && ts.isIdentifier(first.name) && first.name.text === lastExpression) {
        const value = first.initializer!.getStart(source);
        const length = value - statement.getStart(source);
        // Columns stay as they are, for tracebacks.
        replace(statement, "$cell.last =".padEnd(length), value);
      }
      const isConst = (flags & ts.NodeFlags.Const) !== 0;
      if (isConst) for (const { name } of declarations) addNames(ts, name, readOnly);
    }
  }

  const visit = (node: TypeScript.Node): void => {
    if (isOtherCells(ts, node)) {
      const { text } = node.name;
      others.add(text);
      const parent = node.parent;
      const isCalled = ts.isCallExpression(parent) && parent.expression === node;
      const isTag = ts.isTaggedTemplateExpression(parent) && parent.tag === node;
      // Called by its name, a function has no `this`.
      replace(node, isCalled || isTag ? `(0, $cell_${text}.v)` : `$cell_${text}.v`);
      return;
    }
    replaceImportKeyword(ts, source, node, replace);
    ts.forEachChild(node, visit);
  };
  visit(source);

  const shared = namesInFunctions(ts, source, names);
  const own = new Set([...names].filter((name) => !shared.has(name)));
  handOver(ts, source, own, edits);
  const accesses = [...shared].map((name) => {
    const set = readOnly.has(name) || imported.has(name) ? "" : ` set v($) { ${name} = $; }`;
    return `${name}: class { get v() { return ${name}; }${set} }`;
  });
  head = [
    "const $cell = exports, $cell$imports = $cell.imports;",
    GUARD_VARIABLES,
    ...[...new Set([...others, ...own])].map(
      (name) => `const $cell_${name} = $cell.variables.access(${JSON.stringify(name)});`,
    ),
    accesses.length === 0 ? "" : `$cell.variables.share({ ${accesses.join(", ")} });`,
    own.size === 0 ? "" : `$cell.variables.handOver(${JSON.stringify([...own])});`,
    ...imports.map(({ specifier, binding }) => {
      const from = `$cell$imports.module(${JSON.stringify(specifier)});`;
      return binding === "" ? from : `const ${binding} = ${from}`;
    }),
    ...[...imported].filter((name) => own.has(name)).map(assignment),
  ].join(" ");
  return { code: edits.apply(emitted), awaits, imports: imports.map((one) => one.specifier) };
}

/** `import()` and `import.meta`, which scripts do not have. */
export function replaceImportKeyword(
  ts: Compiler,
  source: TypeScript.SourceFile,
  node: TypeScript.Node,
  replace: (node: TypeScript.Node, by: string) => void,
): void {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    replace(node.expression, "$cell$imports.import");
  } else if (ts.isMetaProperty(node) && node.getText(source) === "import.meta") {
    replace(node, "$cell$imports.meta");
  }
}

type NamedAccess = TypeScript.PropertyAccessExpression & { name: TypeScript.Identifier };

function isOtherCells(ts: Compiler, node: TypeScript.Node): node is NamedAccess {
  return (
    ts.isPropertyAccessExpression(node) &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === "exports" &&
    ts.isIdentifier(node.name)
  );
}

function exportedNames(ts: Compiler, { exportClause }: TypeScript.ExportDeclaration): string[] {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(({ name }) => name.text);
}

/** @returns what the module is assigned to; nothing for an import without names. */
function importBinding(
  ts: Compiler,
  { importClause }: TypeScript.ImportDeclaration,
  names: Set<string>,
): string {
  if (importClause === undefined) return "";
  const { name, namedBindings } = importClause;
  const parts: string[] = [];
  const add = (exported: string, local: string): void => {
    names.add(local);
    parts.push(`${JSON.stringify(exported)}: ${local}`);
  };
  if (name !== undefined) add("default", name.text);
  if (namedBindings === undefined) return `{ ${parts.join(", ")} }`;
  if (ts.isNamespaceImport(namedBindings)) {
    names.add(namedBindings.name.text);
    const all = namedBindings.name.text;
    return parts.length === 0 ? all : `${all}, { ${parts.join(", ")} } = ${all}`;
  }
  for (const element of namedBindings.elements) {
    add((element.propertyName ?? element.name).text, element.name.text);
  }
  return `{ ${parts.join(", ")} }`;
}

function addNames(ts: Compiler, name: TypeScript.BindingName, names: Set<string>): void {
  if (ts.isIdentifier(name)) {
    names.add(name.text);
    return;
  }
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) addNames(ts, element.name, names);
  }
}
