import { type Binary, type BufferPath, removeBuffers } from "./buffers.js";
import type { Comm } from "./comm.js";

/** The comm over which a page that was loaded anew asks for the states of all widgets. */
export const CONTROL_TARGET = "jupyter.widget.control";

/** The comms of widgets, one for each. */
export const WIDGET_TARGET = "jupyter.widget";

/** Answers `request_states` on a control comm with the states of the widgets among `comms`. */
export function answerStateRequests(control: Comm, comms: () => Iterable<Comm>): void {
  control.onMessage = ({ data }) => {
    if (data.method !== "request_states") return;
    const states: Record<string, unknown> = {};
    const bufferPaths: BufferPath[] = [];
    const all: Binary[] = [];
    for (const comm of comms()) {
      const snapshot = comm.target === WIDGET_TARGET ? comm.snapshot?.() : undefined;
      if (snapshot === undefined) continue;
      const { state, paths, buffers } = removeBuffers(snapshot);
      states[comm.id] = {
        model_name: state._model_name,
        model_module: state._model_module,
        model_module_version: state._model_module_version,
        state,
      };
      // Paths begin at the message's `states`, not at the state of one widget.
      bufferPaths.push(...paths.map((path) => [comm.id, "state", ...path]));
      all.push(...buffers);
    }
    control.send({ method: "update_states", states, buffer_paths: bufferPaths }, { buffers: all });
  };
}
