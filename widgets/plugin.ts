import { IJupyterWidgetRegistry } from "@jupyter-widgets/base";
import { version } from "../src/version.js";

/** The part of JupyterLab's plugins that this one uses. */
interface Plugin {
  readonly id: string;
  readonly autoStart: boolean;
  readonly requires: readonly unknown[];
  activate(app: unknown, registry: IJupyterWidgetRegistry): void;
}

/** Tells JupyterLab and Notebook where the views of widgets are; they are loaded with the first one. */
const plugin: Plugin = {
  id: "cakelab:widgets",
  autoStart: true,
  requires: [IJupyterWidgetRegistry],
  activate: (_app, registry) => {
    registry.registerWidget({
      name: "cakelab",
      version,
      exports: () => import("./index.js") as never,
    });
  },
};

export default plugin;
