import { inspect } from "node:util";
import { escapeHtml } from "./html.js";

/** An error for people: what went wrong and what to do, without the way there. */
export interface ErrorBox {
  readonly html: string;
  readonly text: string;
}

/** What the tags of the library's errors mean to people. */
const HEADINGS: Readonly<Record<string, string>> = {
  "file-access": "A file cannot be read",
  "file-format": "A file is not what its format promises",
  output: "An output could not be written",
  option: "An option is not possible",
  shape: "Shapes do not fit",
  engine: "An engine has stopped",
};

const NOT_SHOWN = new Set(["tag", "name", "message", "stack", "cause"]);

/**
 * A box for an error of the library's; undefined for any other error.
 *
 * Errors are known by their `tag`, as a notebook may have a copy of the library of its own.
 */
export function describeError(error: unknown): ErrorBox | undefined {
  if (!(error instanceof Error) || typeof (error as { tag?: unknown }).tag !== "string") {
    return undefined;
  }
  const { tag } = error as Error & { tag: string };
  const heading = HEADINGS[tag] ?? error.name;
  const facts = Object.entries(error)
    .filter(([name]) => !NOT_SHOWN.has(name))
    .map(([name, value]) => [name, brief(value)] as const)
    .filter(([, value]) => !error.message.includes(value.replace(/^'(.*)'$/, "$1")));
  const causes = causesOf(error);
  const rows = [...facts, ...causes.map((cause) => ["because of", cause] as const)];
  const table = rows.map(
    ([name, value]) =>
      `<tr><th style="text-align:left">${escapeHtml(name)}</th><td style="text-align:left">${escapeHtml(value)}</td></tr>`,
  );
  const style =
    "border-left:4px solid var(--jp-error-color1,#d32f2f);padding:6px 12px;margin:4px 0;" +
    "color:var(--jp-ui-font-color1,inherit);background:var(--jp-layout-color2,transparent)";
  const html =
    `<div role="alert" style="${style}"><strong>${escapeHtml(heading)}</strong>` +
    `<div>${escapeHtml(error.message)}</div>` +
    `${table.length > 0 ? `<table>${table.join("")}</table>` : ""}</div>`;
  const lines = rows.map(([name, value]) => `  ${name}: ${value}`);
  return { html, text: [`${heading}: ${error.message}`, ...lines].join("\n") };
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  for (let cause = error.cause; cause !== undefined && causes.length < 3; ) {
    causes.push(cause instanceof Error ? cause.message : brief(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return causes;
}

function brief(value: unknown): string {
  return inspect(value, { depth: 1, maxArrayLength: 6, maxStringLength: 120, breakLength: 100 });
}
