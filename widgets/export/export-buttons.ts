import { button } from "../controls/controls.js";
import type { Panel, ViewState } from "../view-state.js";
import { download, pngOf } from "./download.js";
import { type Column, csvText, datText } from "./table-text.js";

/** Buttons that save what a view shows: its picture, and its numbers. */
export function exportButtons(
  state: ViewState,
  panel: Pick<Panel, "toCanvas">,
  columns: () => readonly Column[],
  kinds: readonly ("csv" | "dat")[],
): HTMLElement {
  const name = (): string => state.get<string>("title") || "cakelab";
  const group = document.createElement("span");
  group.className = "cakelab-group";
  group.append(
    button("PNG", "Saves the picture", () => state.attend(savePicture(panel, `${name()}.png`))),
  );
  const formats = {
    csv: ["CSV", "Saves the numbers with commas between", csvText],
    dat: [".dat", "Saves the numbers with tabs between, as xrdfit reads them", datText],
  } as const;
  for (const kind of kinds) {
    const [text, title, format] = formats[kind];
    group.append(button(text, title, () => download(format(columns()), `${name()}.${kind}`)));
  }
  return group;
}

async function savePicture(panel: Pick<Panel, "toCanvas">, name: string): Promise<void> {
  download(await pngOf(await panel.toCanvas()), name);
}
