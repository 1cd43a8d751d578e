import type { ViewArrays } from "../src/widget-messages.js";
import type { ViewState } from "./view-state.js";

/** The state of a panel that is a part of another view: known to the page only. */
export interface LocalState extends ViewState {
  /** Shows other arrays. */
  show(arrays: ViewArrays): void;
}

/** A state with traits of its own; what fails is told to `whole`, the view that the panel is in. */
export function localState(
  traits: Readonly<Record<string, unknown>>,
  whole?: Pick<ViewState, "attend">,
): LocalState {
  const values = new Map(Object.entries(traits));
  const changes: { names: readonly string[]; callback: () => void }[] = [];
  const arrivals: (() => void)[] = [];
  let arrays: ViewArrays | undefined;
  return {
    get: <T>(name: string) => values.get(name) as T,
    set: (next) => {
      for (const [name, value] of Object.entries(next)) values.set(name, value);
      for (const { names, callback } of changes) {
        if (names.some((name) => name in next)) callback();
      }
    },
    onChange: (names, callback) => {
      changes.push({ names, callback });
    },
    get arrays() {
      return arrays;
    },
    onArrays: (callback) => {
      arrivals.push(callback);
    },
    show: (next) => {
      arrays = next;
      for (const callback of arrivals) callback();
    },
    group: values,
    onMessage: () => undefined,
    send: () => undefined,
    attend: (work) => whole?.attend(work),
  };
}
