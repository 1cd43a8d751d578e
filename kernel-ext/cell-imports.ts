import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";

/**
 * The packages that a cell imports at run time, also through the local files that it imports.
 * Imports of types only are left out: such packages may have no code at all.
 */
export function importedPackages(
  ts: typeof TypeScript,
  source: string,
  folder: string,
): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const follow = (text: string, from: string): void => {
    for (const specifier of valueImports(ts, text)) {
      if (!/^[./]/.test(specifier)) {
        packages.add(specifier);
        continue;
      }
      const file = localSource(resolve(from, specifier));
      if (file === undefined || seen.has(file)) continue;
      seen.add(file);
      follow(readFileSync(file, "utf8"), dirname(file));
    }
  };
  follow(source, folder);
  return packages;
}

function valueImports(ts: typeof TypeScript, source: string): Set<string> {
  const found = new Set<string>();
  const add = (node: TypeScript.Node | undefined): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) found.add(node.text);
  };
  const visit = (node: TypeScript.Node): void => {
    if (ts.isImportDeclaration(node)) {
      if (!importsOnlyTypes(ts, node)) add(node.moduleSpecifier);
    } else if (ts.isExportDeclaration(node)) {
      if (!node.isTypeOnly) add(node.moduleSpecifier);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", source, ts.ScriptTarget.Latest));
  return found;
}

function importsOnlyTypes(ts: typeof TypeScript, node: TypeScript.ImportDeclaration): boolean {
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  if (clause.name !== undefined || named === undefined || !ts.isNamedImports(named)) return false;
  return named.elements.length > 0 && named.elements.every((element) => element.isTypeOnly);
}

function localSource(path: string): string | undefined {
  const stem = path.replace(/\.[jt]sx?$/, "");
  const candidates = [path, `${stem}.ts`, `${stem}.tsx`, `${path}/index.ts`];
  return candidates.find((name) => existsSync(name) && statSync(name).isFile());
}
