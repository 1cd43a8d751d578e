import { History } from "../parameters/history.js";
import type { ViewState } from "../view-state.js";
import {
  type CalibrationState,
  readState,
  STATE_TRAITS,
  sameState,
  writeState,
} from "./calibration-state.js";

/** The state of a calibration on the page: changed by the user or the kernel, undone and done again. */
export class CalibrationSession {
  readonly #view: ViewState;
  readonly #onState: () => void;
  readonly #history: History<CalibrationState>;
  #state: CalibrationState;
  /** What the kernel was told last: its echo is no news. */
  #told: CalibrationState;

  constructor(view: ViewState, onState: () => void) {
    this.#view = view;
    this.#onState = onState;
    this.#state = this.#told = readState(view);
    this.#history = new History(this.#state, sameState);
    view.onChange(STATE_TRAITS, () => this.#hear());
  }

  get state(): CalibrationState {
    return this.#state;
  }

  get canUndo(): boolean {
    return this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** Takes another state; `done`: it is at rest, and the kernel is told. */
  change(state: CalibrationState, done: boolean): void {
    this.#state = state;
    if (done) {
      this.#history.keep(state);
      this.#tell();
    }
    this.#onState();
  }

  undo(): void {
    this.#go(this.#history.undo());
  }

  redo(): void {
    this.#go(this.#history.redo());
  }

  #go(state: CalibrationState | undefined): void {
    if (state === undefined) return;
    this.#state = state;
    this.#tell();
    this.#onState();
  }

  #tell(): void {
    this.#told = this.#state;
    writeState(this.#view, this.#state);
  }

  #hear(): void {
    const state = readState(this.#view);
    if (sameState(state, this.#told)) return;
    this.#told = this.#state = state;
    this.#history.keep(state);
    this.#onState();
  }
}
